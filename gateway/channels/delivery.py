"""Takes kept messages to the bot: one at a time for each conversation, in order, and again when it was down."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Sequence

from gateway.channels.bell import Bell
from gateway.channels.bot_client import Bot, BotUnavailable
from gateway.channels.forgetting import Forgetting
from gateway.channels.store import ConversationStore, Exchange, NoSuchConversation
from gateway.channels.threads import Threads
from triage.ports import Conversation, StoredMessage

log = logging.getLogger(__name__)

LeftBehind = Callable[[], Sequence[str]]
"""Conversations whose last message nobody has answered: what a stopped gateway left to do."""


class Delivery:
    def __init__(self, store: ConversationStore, bot: Bot, bell: Bell, threads: Threads | None = None) -> None:
        self._store, self._bot, self._bell = store, bot, bell
        self._threads = threads or Threads()
        self._forgetting = Forgetting(store, bot, self._threads)
        self._last: dict[str, asyncio.Task[Exchange]] = {}
        self._behind: dict[str, None] = {}  # in the order in which they are tried again

    def deliver(self, conversation: Conversation, message: StoredMessage) -> asyncio.Task[Exchange]:
        """Start taking one message to the bot, after those before it. The task raises BotUnavailable."""
        previous = self._last.get(conversation.id)
        task = asyncio.create_task(self._after(previous, conversation, message))
        self._last[conversation.id] = task
        task.add_done_callback(lambda done: self._tidy(conversation.id, done))
        return task

    def forget(self, conversation_id: str) -> None:
        """Have the bot forget a conversation that was left, after a turn of it that is on its way."""
        self._forgetting.soon(conversation_id, self._last.get(conversation_id))

    def _tidy(self, conversation_id: str, done: asyncio.Task[Exchange]) -> None:
        if self._last.get(conversation_id) is done:
            del self._last[conversation_id]
        if not done.cancelled() and (error := done.exception()):
            log.warning("conversation %s: message kept, not answered yet (%s)", conversation_id, error)

    async def _after(
        self, previous: asyncio.Task[Exchange] | None, conversation: Conversation, message: StoredMessage
    ) -> Exchange:
        if previous:
            await asyncio.wait([previous])
        if previous or conversation.id in self._behind:
            await self._catch_up(conversation.id)
            return await self._threads.run(self._store.exchange, message)
        return await self._exchange(conversation, message)

    async def _catch_up(self, conversation_id: str) -> None:
        conversation, backlog = await self._threads.run(self._store.backlog, conversation_id)
        for message in backlog:
            await self._exchange(conversation, message)
        self._behind.pop(conversation_id, None)

    async def _exchange(self, conversation: Conversation, message: StoredMessage) -> Exchange:
        self._behind[conversation.id] = None  # until it is answered, whatever goes wrong
        replies = await self._bot.turn(conversation, message)
        exchange = await self._threads.run(self._store.answer, message, replies)
        self._behind.pop(conversation.id, None)
        self._bell.ring(conversation.id)
        return exchange

    async def take_up(self) -> int:
        """Try kept messages again, until one fails, then what is to be forgotten.

        Returns how many conversations are up to date now.
        """
        done = 0
        for conversation_id in [c for c in self._behind if c not in self._last]:
            try:
                await self._catch_up(conversation_id)
                done += 1
            except NoSuchConversation:
                del self._behind[conversation_id]
            except BotUnavailable:
                self._to_the_end(conversation_id)
                return done
        with contextlib.suppress(BotUnavailable):  # tried again in the next round
            await self._forgetting.again(frozenset(self._behind))
        return done

    def _to_the_end(self, conversation_id: str) -> None:
        """One message that the bot cannot take must not hold up everybody else's."""
        self._behind.pop(conversation_id, None)
        self._behind[conversation_id] = None

    async def keep_trying(self, left_behind: LeftBehind, every_s: float) -> None:
        """For ever: take up what is behind. The first good round also finds what an earlier process left."""
        looked = False
        while True:
            try:
                if not looked:
                    self._behind |= dict.fromkeys(await self._threads.run(left_behind))
                    looked = True
                if count := await self.take_up():
                    log.info("%d conversations with kept messages are answered again", count)
            except Exception:
                log.exception("kept messages could not be taken up in this round")
            await asyncio.sleep(every_s)
