"""Adding a channel is one adapter: here text messages, in forty lines, on the same use case and the same record.

docs/how-to/add-a-channel.md explains it with this file.
"""

from __future__ import annotations

import hashlib
import textwrap
from collections.abc import Sequence
from typing import Any

from gateway.channels.conversing import Conversing
from gateway.channels.said import Said, clean
from gateway.channels.transcript import asked
from gateway.keys import SERVICES
from tests.gateway.fake_bot import FakeBot
from triage.ports import StoredMessage

ONE_TEXT = 160  # characters


class TextMessages:
    """Adapts one provider of text messages. Who holds which conversation is the adapter's own small book."""

    def __init__(self, conversing: Conversing, authority: str) -> None:
        self._conversing, self._authority = conversing, authority
        self._book: dict[str, tuple[str, str]] = {}

    async def receive(self, sender: str, text: str, provider_id: str) -> list[str]:
        """Texts to send back. A provider delivers twice at times: its own id is the key of the message."""
        opening: Sequence[StoredMessage] = ()
        if sender not in self._book:
            begun = await self._conversing.begin("sms", "family", self._authority)
            self._book[sender] = (begun.exchange.held.conversation.id, begun.token)
            opening = begun.exchange.replies  # and go on: the first text is words like every other
        conversation_id, token = self._book[sender]
        key = hashlib.sha256(provider_id.encode()).hexdigest()[:32]
        held = await self._conversing.read(conversation_id, token)
        exchange = await self._conversing.say(conversation_id, token, _said(text, held.messages, key))
        return _texts([*opening, *exchange.replies])


def _said(text: str, messages: Sequence[StoredMessage], key: str) -> Said:
    """A number picks from the last list; everything else is words."""
    choices = asked(messages).choices
    if text.strip().isdecimal() and 1 <= int(text) <= len(choices):
        return Said(choice=choices[int(text) - 1][0], key=key)
    return Said(clean(text), key=key)


def _texts(messages: Sequence[StoredMessage]) -> list[str]:
    lines = [m.text for m in messages]
    lines += [f"{n} {label}" for n, (_, label) in enumerate(asked(messages).choices, start=1)]
    return [part for line in lines for part in textwrap.wrap(line, ONE_TEXT)]


def texts_of(client: Any) -> TextMessages:
    return TextMessages(client.app[SERVICES].conversing, "warwickshire")


async def test_the_same_conversation_over_text_messages(client: Any, bot: FakeBot) -> None:
    sms = texts_of(client)
    first = await sms.receive("07700 900001", "hello", "p1")
    assert first[:3] == ["Hello. I am a computer.", "What is going on?", "You said: hello"]
    texts = await sms.receive("07700 900001", "My son is 7", "p2")
    assert texts[-4:] == ["1 A group near me", "2 A talk with somebody", "3 Somebody alongside us", "4 I don’t know"]
    await sms.receive("07700 900001", "2", "p3")
    assert bot.asked[-1].payload["choice"] == "short_help"


async def test_a_text_that_is_delivered_twice_counts_once(client: Any, bot: FakeBot) -> None:
    sms = texts_of(client)
    await sms.receive("07700 900001", "hello", "p1")
    first = await sms.receive("07700 900001", "My son is 7", "p2")
    assert await sms.receive("07700 900001", "My son is 7", "p2") == first
    assert bot.texts == ["hello", "My son is 7"]


async def test_it_is_kept_and_audited_like_every_other_channel(client: Any, bot: FakeBot) -> None:
    sms = texts_of(client)
    await sms.receive("07700 900001", "hello", "p1")
    bot.down = True
    [fallback, *_] = await sms.receive("07700 900001", "he hits me", "p2")
    assert "999" in fallback
    bot.down = False
    assert await client.app[SERVICES].delivery.take_up() == 1
    assert bot.texts == ["hello", "he hits me"]
    assert all(len(text) <= ONE_TEXT for text in await sms.receive("07700 900001", "and now?", "p3"))


async def test_a_first_text_is_a_message_like_every_other(client: Any) -> None:
    """Who opens with the danger itself is not answered with an opening alone."""
    assert "Call 999 now." in await texts_of(client).receive("07700 900001", "he has a knife", "p1")


async def test_two_people_never_share_a_conversation(client: Any) -> None:
    sms = texts_of(client)
    for sender in ("07700 900001", "07700 900002"):
        await sms.receive(sender, "hello", "p1")
    assert len({conversation for conversation, _ in sms._book.values()}) == 2
