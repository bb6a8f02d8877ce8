"""Tells open pages that something new was said in a conversation. Within this process, nothing stored."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager


class Bell:
    def __init__(self) -> None:
        self._listeners: dict[str, set[asyncio.Event]] = defaultdict(set)
        self.closing = False

    def ring(self, conversation_id: str) -> None:
        for listener in self._listeners.get(conversation_id, ()):
            listener.set()

    def listeners(self, conversation_id: str) -> int:
        """How many open pages would hear it."""
        return len(self._listeners.get(conversation_id, ()))

    @contextmanager
    def listen(self, conversation_id: str) -> Iterator[asyncio.Event]:
        listener = asyncio.Event()
        self._listeners[conversation_id].add(listener)
        try:
            yield listener
        finally:
            self._listeners[conversation_id].discard(listener)
            if not self._listeners[conversation_id]:
                del self._listeners[conversation_id]

    def close(self) -> None:
        """Wake everybody for the last time: an open stream would otherwise hold up the shutdown."""
        self.closing = True
        for conversation_id in list(self._listeners):
            self.ring(conversation_id)
