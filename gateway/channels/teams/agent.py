"""One Teams activity: adapt, hold the conversation, draw the answer. The use cases are those of every channel."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from microsoft_agents.activity import (
    Activity,
    ActivityTypes,
    AdaptiveCardInvokeResponse,
    Attachment,
    InvokeResponse,
)
from microsoft_agents.hosting.core import Agent, TurnContext

from gateway.channels.conversing import Conversing
from gateway.channels.returning import LINK_LIFE, Returning
from gateway.channels.said import Said, clean, clean_answers
from gateway.channels.store import NoSuchConversation, NotOffered
from gateway.channels.teams.cards import answered_card, card_for
from gateway.channels.teams.inbound import Answer, answer_from_card, plain_words, understood
from gateway.channels.teams.payload import parts_of
from gateway.channels.teams.settings import TeamsSettings
from gateway.channels.teams.threads import Thread, Threads
from gateway.channels.teams.words import TeamsWords
from gateway.security.rates import Rates, TooMany
from triage.ports import StoredMessage

CARD = "application/vnd.microsoft.card.adaptive"
CHANNEL, AUDIENCE = "teams", "professional"
FRESH = ("new", "start again", "new request")
IN_BROWSER = ("web", "browser", "open in browser")
GREETINGS = frozenset({*FRESH, *IN_BROWSER, "hi", "hello", "hey", "hiya", "start", "good morning", "good afternoon"})
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FrontDoorAgent(Agent):
    conversing: Conversing
    threads: Threads
    returning: Returning
    settings: TeamsSettings
    words: TeamsWords
    address: str  # of the web chat, for people who would rather go on there
    rates: Rates

    async def on_turn(self, context: TurnContext) -> None:
        try:
            await self.rates.one_message("teams:{}:{}".format(*_whose(context.activity)))
        except TooMany:
            await _slow_down(context, self.words.too_much)
        else:
            await self._turn(context)

    async def _turn(self, context: TurnContext) -> None:
        activity = context.activity
        if activity.type == ActivityTypes.message:
            await self._message(context)
        elif activity.type == ActivityTypes.invoke and activity.name == "adaptiveCard/action":
            await self._pressed(context)
        elif activity.type == ActivityTypes.conversation_update and _we_were_added(activity):
            await self._begin(context)

    async def _message(self, context: TurnContext) -> None:
        answer = answer_from_card(context.activity.value) or Answer(clean(plain_words(context.activity.text)))
        thread = await self._thread(context)
        if thread is None:
            await self._begin_with(context, answer)
        elif answer.text.casefold() in FRESH:
            await self._begin(context)
        elif answer.text.casefold() in IN_BROWSER:
            await self._hand_over(context, thread)
        else:
            await self._take(context, thread, answer)

    async def _hand_over(self, context: TurnContext, thread: Thread) -> None:
        """A link that opens this conversation in the browser, once. From then on it goes on there."""
        give = self.returning.give
        code = await asyncio.to_thread(give, thread.conversation_id, thread.token, LINK_LIFE)
        await context.send_activity(self.words.go_on_there(f"{self.address}/come-back?code={code}"))

    async def _pressed(self, context: TurnContext) -> None:
        answer = answer_from_card(context.activity.value)
        thread = await self._thread(context)
        if answer is None or thread is None:
            await _replace(context, self.words.old_card, "")
            return
        await self._take(context, thread, answer)

    async def _take(self, context: TurnContext, thread: Thread, answer: Answer) -> None:
        """An answer on a card is read by its question first: what cannot be taken is said, and the question stays."""
        question = await self._question(thread, answer) if answer.turn else None
        answer = understood(answer, question.payload) if question else answer
        await self._acknowledge(context, answer)
        if question and answer.fault:
            await _show(context, [question])
        else:
            await self._say(context, thread, answer)

    async def _acknowledge(self, context: TurnContext, answer: Answer) -> None:
        """A pressed card is replaced where it stands; what was wrong is said in any case."""
        if context.activity.type == ActivityTypes.invoke:
            title = answer.fault or self.words.you_answered
            await _replace(context, title, "" if answer.fault else answer.text or self.words.form_filled)
        elif answer.fault:
            await context.send_activity(answer.fault)

    async def _question(self, thread: Thread, answer: Answer) -> StoredMessage | None:
        """The message whose card was pressed, where this conversation has it."""
        try:
            held = await self.conversing.read(thread.conversation_id, thread.token)
        except NoSuchConversation:
            return None
        return next((m for m in held.messages if m.id == answer.turn), None)

    async def _thread(self, context: TurnContext) -> Thread | None:
        tenant, chat, _ = _whose(context.activity)
        return await asyncio.to_thread(self.threads.get, tenant, chat)

    async def _begin_with(self, context: TurnContext, answer: Answer) -> None:
        """A first message that says something is no mere knock at the door: it is kept and screened like every other."""
        thread = await self._begin(context)
        if answer.turn is None and answer.text.casefold().strip(" .!,") not in {"", *GREETINGS}:
            await self._say(context, thread, answer)

    async def _begin(self, context: TurnContext) -> Thread:
        tenant, chat, user = _whose(context.activity)
        school = self.settings.school_of(tenant)
        begun = await self.conversing.begin(CHANNEL, AUDIENCE, school.authority if school else None)
        thread = Thread(tenant, chat, user, begun.exchange.held.conversation.id, begun.token)
        await asyncio.to_thread(self.threads.put, thread)
        await _show(context, begun.exchange.replies)
        return thread

    async def _say(self, context: TurnContext, thread: Thread, answer: Answer) -> None:
        said = Said(answer.text, answer.choice, clean_answers(answer.answers or {}), _key(context.activity, answer))
        if said.is_blank:
            await context.send_activity(self.words.nothing_came)
            return
        try:
            exchange = await self.conversing.say(thread.conversation_id, thread.token, said)
        except NotOffered:
            await context.send_activity(self.words.old_card)
        except NoSuchConversation:
            await self._begin_with(context, answer)
        else:
            await _show(context, exchange.replies)


def _whose(activity: Activity) -> tuple[str, str, str]:
    """(tenant, chat, person), as Microsoft's signed request names them."""
    sender = activity.from_property
    user = (sender.aad_object_id or sender.id) if sender else ""
    return activity.conversation.tenant_id or "", activity.conversation.id, user or ""


def _we_were_added(activity: Activity) -> bool:
    added = activity.members_added or []
    return any(member.id == activity.recipient.id for member in added) if activity.recipient else False


def _key(activity: Activity, answer: Answer) -> str:
    """The same card pressed twice, or the same message delivered twice, is one message."""
    return f"card:{answer.turn}" if answer.turn else f"teams:{activity.id}"


async def _show(context: TurnContext, messages: Sequence[StoredMessage]) -> None:
    for message in messages:
        for activity in drawn(message):
            await context.send_activity(activity)


def drawn(message: StoredMessage) -> list[Activity]:
    """One message as Teams activities: text in parts that fit, or a card with a plain-text fallback."""
    payload = {"text": message.text, **message.payload}
    card = card_for(payload, turn=message.id)
    if card is None:
        return [_activity(text=part) for part in parts_of(message.text)]
    *before, last = parts_of(message.text)
    card = card_for({**payload, "text": last}, turn=message.id)
    return [*(_activity(text=part) for part in before), _activity(attachments=[_attach(card)])]


def _activity(**content: Any) -> Activity:
    return Activity(type=ActivityTypes.message, **content)


def _attach(card: Any) -> Attachment:
    return Attachment(content_type=CARD, content=card)


async def _slow_down(context: TurnContext, words: str) -> None:
    """A pressed card stays as it is, to be pressed again."""
    await context.send_activity(words)
    if context.activity.type == ActivityTypes.invoke:
        await context.send_activity(Activity(type=ActivityTypes.invoke_response, value=InvokeResponse(status=429)))


async def _replace(context: TurnContext, title: str, detail: str) -> None:
    """Answer the press at once: the card is replaced where it stands."""
    value = AdaptiveCardInvokeResponse(status_code=200, type=CARD, value=answered_card(title, detail))
    body = InvokeResponse(status=200, body=value.model_dump(by_alias=True, exclude_none=True))
    await context.send_activity(Activity(type=ActivityTypes.invoke_response, value=body))
