"""Keep, for each conversation, only what the next turn needs.

Rasa replays every stored event on every turn, so a long conversation grows slower and slower, and every
word that a person typed stays in a second place. Here each finished turn is folded into a snapshot (slots,
active loop, paused or not): turn 200 costs what turn 2 costs, and no words are left behind. The record of
what was said is the gateway's (`records/`), not this file.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, SESSION_START_METADATA_SLOT
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, ConversationPaused, Event, SlotSet, deserialise_events
from rasa.shared.core.trackers import DialogueStateTracker

TABLE = "CREATE TABLE IF NOT EXISTS trackers (sender_id TEXT PRIMARY KEY, events TEXT NOT NULL, saved_at REAL NOT NULL)"
PUT = "INSERT OR REPLACE INTO trackers VALUES (?, ?, ?)"


class BoundedTrackerStore(TrackerStore):
    """One row for each conversation, in SQLite, plain SQL. `path` ":memory:" keeps it in memory."""

    def __init__(
        self,
        domain: Domain | None,
        event_broker: EventBroker | None = None,
        path: str = ":memory:",
        **kwargs: Any,
    ) -> None:
        super().__init__(domain, event_broker)
        self.database = opened(path)

    async def save(self, tracker: DialogueStateTracker) -> None:
        await self.stream_events(tracker)
        events = json.dumps([event.as_dict() for event in worth_keeping(tracker)])
        self.database.execute(PUT, (tracker.sender_id, events, time.time()))

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        row = self.database.execute("SELECT events FROM trackers WHERE sender_id = ?", (sender_id,)).fetchone()
        if row is None:
            return None
        tracker = self.init_tracker(sender_id)
        tracker.update_with_events(deserialise_events(json.loads(row[0])), self.domain)
        return tracker

    async def keys(self) -> Iterable[str]:
        return [row[0] for row in self.database.execute("SELECT sender_id FROM trackers")]

    def forget(self, sender_id: str) -> None:
        """Leave nothing of a conversation."""
        self.database.execute("DELETE FROM trackers WHERE sender_id = ?", (sender_id,))


def innermost(store: TrackerStore) -> TrackerStore:
    """Our own store inside the wrappers that Rasa puts around any store it did not write itself."""
    while not isinstance(store, BoundedTrackerStore) and hasattr(store, "_tracker_store"):
        store = store._tracker_store
    return store


def opened(path: str) -> sqlite3.Connection:
    if path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=NORMAL")
    database.execute(TABLE)
    return database


def worth_keeping(tracker: DialogueStateTracker) -> list[Event]:
    """A snapshot at the end of a turn; in the middle of one, everything since the last snapshot."""
    return snapshot(tracker) if waits_for_the_person(tracker) else list(tracker.events)


def waits_for_the_person(tracker: DialogueStateTracker) -> bool:
    last = tracker.events[-1] if tracker.events else None
    return isinstance(last, ActionExecuted) and last.action_name == ACTION_LISTEN_NAME


def snapshot(tracker: DialogueStateTracker) -> list[Event]:
    """The shortest history with the same slots, loop and pause, waiting for the person.

    Rasa's note of how the session began is left out: it holds the first message.
    """
    changed = [slot for slot in tracker.slots.values() if slot.value != slot.initial_value]
    slots = [SlotSet(slot.name, slot.value) for slot in changed if slot.name != SESSION_START_METADATA_SLOT]
    loop = [ActiveLoop(tracker.active_loop_name)] if tracker.active_loop_name else []
    paused = [ConversationPaused()] if tracker.is_paused() else []
    return [*slots, *loop, *paused, ActionExecuted(ACTION_LISTEN_NAME)]
