"""The use case that every channel shares: begin, say, read, leave. A channel only adapts to and from it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from weakref import WeakValueDictionary

from gateway.channels.delivery import Delivery
from gateway.channels.said import Said
from gateway.channels.store import ConversationStore, Exchange, Held
from gateway.channels.threads import Threads
from triage.ports import Conversation, StoredMessage

Fallback = Callable[[Conversation], str]
"""The words for a person whom the bot cannot answer now, in the language and voice of the conversation."""


@dataclass(frozen=True, slots=True)
class Begun:
    token: str
    exchange: Exchange


@dataclass(frozen=True, slots=True)
class Conversing:
    store: ConversationStore
    delivery: Delivery
    fallback: Fallback
    patience_s: float
    threads: Threads = field(default_factory=Threads)
    _keeping: WeakValueDictionary[str, asyncio.Lock] = field(default_factory=WeakValueDictionary)

    async def begin(self, channel: str, audience: str, authority: str | None, language: str = "en") -> Begun:
        begin = self.store.begin
        conversation, token, start = await self.threads.run(begin, channel, audience, authority, language)
        return Begun(token, await self._answered(conversation, start))

    async def say(self, conversation_id: str, token: str, said: Said) -> Exchange:
        """Keep one message, then have it answered. Raises NoSuchConversation, NotOffered."""
        async with self._keeping.setdefault(conversation_id, asyncio.Lock()):  # two presses at once are one message
            kept = await self.threads.run(self.store.keep, conversation_id, token, said)
        if kept.replies:
            return await self.threads.run(self.store.exchange, kept.message)
        return await self._answered(kept.conversation, kept.message)

    async def have_screened(self, conversation_id: str) -> bool:
        """Take words that stand in no open chat to the bot. False where it does not answer now: it is tried until it does."""
        conversation, backlog = await self.threads.run(self.store.backlog, conversation_id)
        turns = [self.delivery.deliver(conversation, message) for message in backlog]
        if not turns:
            return True
        done, _ = await asyncio.wait(turns, timeout=self.patience_s)
        return len(done) == len(turns) and not any(turn.cancelled() or turn.exception() for turn in turns)

    async def _answered(self, conversation: Conversation, message: StoredMessage) -> Exchange:
        """The bot's answer, or after `patience_s` (or at once if it is down) the fallback words."""
        task = self.delivery.deliver(conversation, message)
        done, _ = await asyncio.wait([task], timeout=self.patience_s)
        if done and not task.cancelled() and not task.exception():
            return task.result()
        words = self.fallback(conversation)
        return await self.threads.run(self.store.fall_back, message, words)

    async def read(self, conversation_id: str, token: str) -> Held:
        return await self.threads.run(self.store.open, conversation_id, token)

    async def leave(self, conversation_id: str, token: str) -> None:
        await self.threads.run(self.store.leave, conversation_id, token)
        self.delivery.forget(conversation_id)

    async def forget(self, conversation_id: str, token: str) -> bool:
        """Leave, and erase what was never sent, here and at the bot. Raises NoSuchConversation, AlreadySent."""
        erased = await self.threads.run(self.store.forget, conversation_id, token)
        self.delivery.forget(conversation_id)
        return erased
