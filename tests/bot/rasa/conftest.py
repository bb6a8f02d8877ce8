from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest

from bot import launch
from bot.components import sentence_vector
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


@pytest.fixture(scope="session")
def shared_bot(model: Path) -> Bot:
    return make_bot(model)


@pytest.fixture
def bot(shared_bot: Bot, monkeypatch: pytest.MonkeyPatch) -> Bot:
    """A new conversation with an agent that is loaded once; what it reads is decided by the test."""
    monkeypatch.setattr(reading, "understood", understood)
    monkeypatch.setattr(sentence_vector, "put_vector", lambda message, words: None)
    return shared_bot.anew()
