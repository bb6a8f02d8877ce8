"""The bot keeps what the next turn needs, and nothing that was said."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest

from bot.runtime import reading
from bot.runtime.tracker_store import innermost
from tests.bot.rasa.bot_kit import Bot, lines, make_bot, understood


def history(bot: Bot) -> int:
    """How many events Rasa replays at the beginning of the next turn."""
    tracker = asyncio.run(bot.agent.tracker_store.retrieve(bot.sender))
    return len(tracker.events)


def test_a_long_conversation_is_not_longer_to_replay(bot: Bot) -> None:
    for _ in range(10):
        bot.turn("my son does not sleep")
    after_ten = history(bot)
    for _ in range(190):
        bot.turn("my son does not sleep")
    assert history(bot) == after_ten


def test_no_word_that_was_said_stays_with_the_bot(model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "understood", understood)
    bot = make_bot(model, str(tmp_path / "trackers.db"))
    bot.turn("Zebediah is seven")
    bot.turn(answers={"name": "Zebediah"})
    kept = sqlite3.connect(tmp_path / "trackers.db").execute("SELECT events FROM trackers").fetchall()
    assert len(kept) == 1
    assert "Zebediah" not in str(kept)


def test_the_audience_is_still_known_after_a_restart(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "understood", understood)
    path = str(tmp_path / "trackers.db")
    before = make_bot(model, path)
    before.actions.says = lambda call: []
    before.turn("hello", audience="professional")
    after = make_bot(model, path)
    after.actions.down = True
    assert "child or adult" in lines(after.turn("he is hitting her"))[0]


def test_a_conversation_can_be_forgotten(bot: Bot) -> None:
    bot.turn("hello")
    innermost(bot.agent.tracker_store).forget(bot.sender)
    assert asyncio.run(bot.agent.tracker_store.retrieve(bot.sender)) is None
