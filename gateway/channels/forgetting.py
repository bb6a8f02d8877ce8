"""Has the bot forget a conversation that was left. Best effort at once, again while it is down, at last by the purge.

The note that it is still to be done is the audit log itself: a conversation that was left or forgotten, and no
`dialogue.forgotten` after it (`frontdoor retention purge` looks for these).
"""

from __future__ import annotations

import asyncio
import logging

from gateway.channels.bot_client import Bot, BotUnavailable
from gateway.channels.store import ConversationStore
from gateway.channels.threads import Threads
from triage.ports import AuditEvent

log = logging.getLogger(__name__)


class Forgetting:
    def __init__(self, store: ConversationStore, bot: Bot, threads: Threads) -> None:
        self._store, self._bot, self._threads = store, bot, threads
        self._waiting: dict[str, None] = {}
        self._now: set[asyncio.Task[None]] = set()

    def soon(self, conversation_id: str, after: asyncio.Task[object] | None) -> None:
        """Nobody who leaves waits for this. `after` is a turn on its way, which would write to the bot's store again."""
        self._waiting[conversation_id] = None
        task = asyncio.create_task(self._once(conversation_id, after))
        self._now.add(task)
        task.add_done_callback(self._now.discard)

    async def _once(self, conversation_id: str, after: asyncio.Task[object] | None) -> None:
        if after:
            await asyncio.wait([after])
        try:
            await self._forget(conversation_id)
        except BotUnavailable as error:
            log.warning("conversation %s: the bot still holds its part, to be tried again (%s)", conversation_id, error)

    async def again(self, behind: frozenset[str]) -> None:
        """Those that are left. `behind` have messages that are still to be answered. Raises BotUnavailable."""
        for conversation_id in [c for c in self._waiting if c not in behind]:
            await self._forget(conversation_id)

    async def _forget(self, conversation_id: str) -> None:
        await self._bot.forget(conversation_id)
        self._waiting.pop(conversation_id, None)
        await self._threads.run(self._note, conversation_id)

    def _note(self, conversation_id: str) -> None:
        event = AuditEvent(self._store.clock.now(), "system", "dialogue.forgotten", f"conversation:{conversation_id}")
        with self._store.units() as unit:
            unit.audit(event)
            unit.commit()
