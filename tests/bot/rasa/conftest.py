from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest

from bot import launch
from bot.runtime import reading
from tests.bot.rasa.bot_kit import Bot, make_bot, understood

os.environ.update({name: value for name, value in launch.SETTINGS.items() if name not in os.environ})


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dialogue model of this checkout, trained once for all tests of the room."""
    launch.prepare_rasa(logging.ERROR)
    trained = tmp_path_factory.mktemp("model") / "model.tar.gz"
    assert launch.train(trained) == 0
    return trained


@pytest.fixture
def bot(model: Path, monkeypatch: pytest.MonkeyPatch) -> Bot:
    monkeypatch.setattr(reading, "understood", understood)
    return make_bot(model)
