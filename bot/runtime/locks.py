"""One turn at a time in each conversation, first come first served.

Rasa's in-memory lock looks again once a second when two messages meet; this one hands over at once.
Right only while each conversation is served by one process, which is how we run (see docs/decisions).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from rasa.core.lock import TicketLock
from rasa.core.lock_store import LOCK_LIFETIME, LockStore
from rasa.utils.endpoints import EndpointConfig


class ConversationLocks(LockStore):
    """An asyncio lock (which is first in, first out) for each conversation that has somebody waiting."""

    def __init__(self, endpoint_config: EndpointConfig | None = None) -> None:
        self.held: dict[str, tuple[asyncio.Lock, int]] = {}

    @asynccontextmanager
    async def lock(
        self, conversation_id: str, lock_lifetime: float = LOCK_LIFETIME, wait_time_in_seconds: float = 1
    ) -> AsyncGenerator[TicketLock, None]:
        lock = self._enter(conversation_id)
        try:
            async with lock:
                yield TicketLock(conversation_id)
        finally:
            self._leave(conversation_id)

    def _enter(self, conversation_id: str) -> asyncio.Lock:
        lock, users = self.held.get(conversation_id) or (asyncio.Lock(), 0)
        self.held[conversation_id] = (lock, users + 1)
        return lock

    def _leave(self, conversation_id: str) -> None:
        lock, users = self.held[conversation_id]
        if users == 1:
            del self.held[conversation_id]
        else:
            self.held[conversation_id] = (lock, users - 1)
