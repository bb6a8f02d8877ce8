"""Our Rasa says and keeps exactly what stock Rasa does, only sooner."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import rasa

from bot.runtime import adjustments

ROOT = Path(__file__).resolve().parents[3]


def replayed(model: Path, **settings: str) -> Any:
    command = [sys.executable, str(Path(__file__).with_name("replay.py")), str(model)]
    env = {**os.environ, "PYTHONPATH": str(ROOT), **settings}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    return json.loads(done.stdout[done.stdout.index("[\n") :])


def test_dialogues_are_the_same_with_the_adjustments_and_without(model: Path) -> None:
    ours, stock = replayed(model), replayed(model, FRONTDOOR_STOCK_RASA="1")
    assert len(ours) == 10
    assert all(turn["complete"] for turn in ours)
    assert ours == stock


def test_another_rasa_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rasa, "__version__", "3.6.99")
    with pytest.raises(RuntimeError, match=r"3\.6\.99.*written for 3\.6\.21"):
        adjustments.apply()


def test_adjustments_can_be_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    applied: list[str] = []
    chosen = {name: (lambda name=name: applied.append(name)) for name in ("one", "two", "three")}
    monkeypatch.setattr(adjustments, "ADJUSTMENTS", chosen)
    monkeypatch.setenv("FRONTDOOR_WITHOUT", "two")
    assert adjustments.apply() == ["one", "three"] == applied
    monkeypatch.setenv("FRONTDOOR_STOCK_RASA", "1")
    assert adjustments.apply() == []
