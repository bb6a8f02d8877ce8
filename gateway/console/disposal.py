"""Retention at work: what would go (a dry run), and what goes. The bot's own store is emptied with ours."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path

from gateway.channels.bot_client import BotUnavailable
from gateway.console.services import Console
from triage.retention import Verdict, judge_all, schedule_of


class BotStoreUnreachable(Exception):
    """What the bot keeps of a conversation could not be deleted; so ours stays too."""


def report(console: Console) -> tuple[tuple[Verdict, ...], Mapping[str, str]]:
    """Every conversation with its verdict, and the settings in force. Changes nothing."""
    with console.units() as unit:
        settings = {s.id: s.value for s in unit.desk.switches.find() if s.id.startswith("retention.")}
        items = unit.desk.disposal.candidates()
    return judge_all(items, schedule_of(settings), console.today()), settings


def purge(console: Console, actor: str) -> tuple[Verdict, ...]:
    """Delete what the schedule lets go, one transaction each, the bot's store first: if that fails, ours stays.

    Raises BotStoreUnreachable.
    """
    going = tuple(verdict for verdict in report(console)[0] if verdict.delete)
    for verdict in going:
        id_ = verdict.item.conversation_id
        if console.forget_dialogue is not None:
            console.forget_dialogue(id_)
        with console.units() as unit:
            event = console.event(actor, "conversation.purged", f"conversation:{id_}", verdict.why)
            unit.desk.disposal.remove(id_, event)
            unit.commit()
    return going


def finish_forgetting(console: Console, actor: str) -> int:
    """Have the bot forget those who left while it was down. Returns how many. Raises BotStoreUnreachable."""
    if console.forget_dialogue is None:
        return 0
    with console.units() as unit:
        left = unit.desk.disposal.dialogues_left()
    for id_ in left:
        console.forget_dialogue(id_)
        with console.units() as unit:
            unit.audit(console.event(actor, "dialogue.forgotten", f"conversation:{id_}"))
            unit.commit()
    return len(left)


def forget_at(client: Callable[[str], None] | None, trackers: Path) -> Callable[[str], None]:
    """Through the bot's own channel where it answers, else in its file where that is on this machine."""

    def forget(conversation_id: str) -> None:
        try:
            if client is None:
                raise BotUnavailable("its key is not set (FRONTDOOR_BOT_KEY)")
            client(conversation_id)
        except BotUnavailable as error:
            if not trackers.exists():
                raise BotStoreUnreachable(f"the bot's own store could not be reached: {error}") from error
            forget_in(trackers)(conversation_id)

    return forget


def forget_in(trackers: Path) -> Callable[[str], None]:
    """Removes one conversation from the dialogue manager's own file, where there is one."""

    def forget(conversation_id: str) -> None:
        if not trackers.exists():
            return
        with sqlite3.connect(trackers, timeout=10) as database:
            database.execute("DELETE FROM trackers WHERE sender_id = ?", (conversation_id,))
        database.close()

    return forget
