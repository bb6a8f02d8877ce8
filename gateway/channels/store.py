"""Short transactions of one conversation: begin, keep, answer, read, leave. Blocking: call from a thread."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from gateway.channels.bot_client import BotMessage
from gateway.channels.forms import worded
from gateway.channels.said import Said
from gateway.channels.transcript import BOT, PERSON, START, SYSTEM, Asked, asked, replies_to, unanswered
from triage.ports import AuditEvent, Clock, Conversation, Ids, Standing, StoredMessage, UnitOfWork, UnitOfWorkFactory

REVOKED = "-"  # no token has this hash
PASSED_OVER = frozenset({"not_known", "not_said", "skip"})


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Held:
    """A conversation as it stands, with what has become of its request."""

    conversation: Conversation
    messages: Sequence[StoredMessage]
    request: Standing | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """A conversation as it stands, without its messages: a turn costs the same however long the talk is."""

    conversation: Conversation
    request: Standing | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """What one message brought: the conversation as it stands now, and the answers to this message."""

    held: Unread
    replies: Sequence[StoredMessage]


@dataclass(frozen=True, slots=True)
class Kept:
    """A message that is stored, and what was answered to it before (it may have come twice)."""

    conversation: Conversation
    message: StoredMessage
    replies: Sequence[StoredMessage] = ()


class NoSuchConversation(Exception):
    """Unknown, left, or not yours: which of these is never said."""


class NotOffered(Exception):
    """A choice or field that the last question did not offer."""


def no_label(response: str, audience: str) -> str:
    return response.removeprefix("utter_").replace("_", " ")


Label = Callable[[str, str], str]
"""The words of a response that is only a label, for an audience."""


class AlreadySent(Exception):
    """What was sent to the council is not forgotten by leaving."""


@dataclass(frozen=True, slots=True)
class ConversationStore:
    units: UnitOfWorkFactory
    clock: Clock
    ids: Ids
    label: Label = no_label

    def begin(
        self, channel: str, audience: str, authority: str | None, language: str
    ) -> tuple[Conversation, str, StoredMessage]:
        """A new conversation, its token (told once, kept as a hash) and the silent message that starts it."""
        token, now = secrets.token_urlsafe(32), self.clock.now()
        conversation = Conversation(
            id=self.ids.new(), token_hash=hash_of(token), channel=channel, audience=audience,
            started_at=now, authority=authority, language=language, last_at=now,
        )  # fmt: skip
        start = StoredMessage(self.ids.new(), conversation.id, 0, SYSTEM, "", now, {"choice": START})
        with self.units() as unit:
            unit.conversations.add(conversation, self._event(now, "conversation.begun", conversation.id))
            start = unit.conversations.add_message(start, self._event(now, "message.kept", conversation.id, SYSTEM))
            unit.commit()
        return conversation, token, start

    def open(self, conversation_id: str, token: str) -> Held:
        with self.units() as unit:
            conversation = _mine(unit, conversation_id, token)
            return _held(unit, conversation)

    def keep(self, conversation_id: str, token: str, said: Said) -> Kept:
        """Store one message before anything is done with it; one with a key already kept is not stored again."""
        with self.units() as unit:
            conversation = _mine(unit, conversation_id, token)
            before = unit.conversations.message_by_client_key(conversation_id, said.key) if said.key else None
            if before:
                return Kept(conversation, before, _by_bot(unit.conversations.messages(conversation_id), before))
            message = self._message(conversation, said, unit.conversations.latest_turn(conversation_id))
            event = self._event(message.at, "message.kept", conversation.id)
            message = unit.conversations.add_message(message, event)
            unit.commit()
            return Kept(conversation, message)

    def _message(self, conversation: Conversation, said: Said, messages: Sequence[StoredMessage]) -> StoredMessage:
        payload: dict[str, Any] = {}
        text, now = said.text, self.clock.now()
        on_offer = asked(messages)
        if said.choice is not None:
            label = on_offer.label(said.choice)
            if label is None:
                raise NotOffered(said.choice)
            text, payload["choice"] = label, said.choice
        if said.answers:
            if unknown := {*(set(said.answers) - on_offer.names), *_not_on_the_list(said.answers, on_offer)}:
                raise NotOffered(", ".join(sorted(unknown)))
            payload["answers"] = dict(said.answers)
            text = _words_in(said.answers)
        return StoredMessage(self.ids.new(), conversation.id, 0, PERSON, text, now, payload, said.key)

    def answer(self, message: StoredMessage, replies: Sequence[BotMessage]) -> Exchange:
        """Store what the bot answered to one kept message, its forms put into words."""
        now = self.clock.now()
        with self.units() as unit:
            conversation = _there(unit, message.conversation_id)
            new = [self._reply(message, reply, conversation.audience, now) for reply in replies]
            event = self._event(now, "message.shown", conversation.id, BOT)
            stored = unit.conversations.add_messages(new, [event] * len(new))
            exchange = Exchange(Unread(conversation, unit.requests.standing(conversation.id)), stored)
            unit.commit()
        return exchange

    def _reply(self, message: StoredMessage, reply: BotMessage, audience: str, now: datetime) -> StoredMessage:
        payload = {**reply.model_dump(exclude={"text"}), "in_reply_to": message.id}
        voice = str(reply.data.get("audience") or audience)
        payload["form"] = worded(reply.form, lambda response: self.label(response, voice))
        return StoredMessage(self.ids.new(), message.conversation_id, 0, BOT, reply.text, now, payload)

    def fall_back(self, message: StoredMessage, words: str) -> Exchange:
        """Store the fallback words that were shown for one message: once, however often it is tried."""
        now, key = self.clock.now(), f"fallback:{message.id}"
        payload = {"kind": "safety", "in_reply_to": message.id}
        shown = StoredMessage(self.ids.new(), message.conversation_id, 0, SYSTEM, words, now, payload, key)
        with self.units() as unit:
            if unit.conversations.message_by_client_key(message.conversation_id, key) is None:
                event = self._event(now, "message.fallback", message.conversation_id, SYSTEM)
                unit.conversations.add_message(shown, event)
            exchange = _exchange(unit, message)
            unit.commit()
        return exchange

    def exchange(self, message: StoredMessage) -> Exchange:
        """What one message has brought by now."""
        with self.units() as unit:
            return _exchange(unit, message)

    def held(self, conversation_id: str) -> Held:
        with self.units() as unit:
            return _whole(unit, conversation_id)

    def backlog(self, conversation_id: str) -> tuple[Conversation, list[StoredMessage]]:
        held = self.held(conversation_id)
        return held.conversation, unanswered(held.messages)

    def leave(self, conversation_id: str, token: str) -> None:
        """End the visit: the token is worthless from now on. What was said stays for the staff who must read it."""
        now = self.clock.now()
        with self.units() as unit:
            conversation = _mine(unit, conversation_id, token)
            state = "left" if conversation.state == "open" else conversation.state
            left = replace(conversation, token_hash=REVOKED, state=state, last_at=now)
            unit.conversations.save(left, self._event(now, "conversation.left", conversation_id))
            unit.commit()

    def forget(self, conversation_id: str, token: str) -> bool:
        """Leave, and erase what was never sent. False where a sign of danger means that staff must still read it.

        Raises AlreadySent where a request was sent: that is withdrawn, not forgotten.
        """
        with self.units() as unit:
            messages = unit.conversations.messages(_mine(unit, conversation_id, token).id)
            request = unit.requests.for_conversation(conversation_id)
        if request and request.sent_at:
            raise AlreadySent
        if (request and request.danger != "none") or unanswered(messages):
            self.leave(conversation_id, token)
            return False
        with self.units() as unit:
            event = self._event(self.clock.now(), "conversation.forgotten", conversation_id)
            unit.conversations.delete(conversation_id, event)
            unit.commit()
        return True

    def _event(self, at: datetime, action: str, conversation_id: str, actor: str = PERSON) -> AuditEvent:
        return AuditEvent(at, actor, action, f"conversation:{conversation_id}")


def _not_on_the_list(answers: Mapping[str, Any], on_offer: Asked) -> set[str]:
    """Ticks that no list has. A list holds no words: they would be kept where the safety screen does not look."""
    lists = {str(field["name"]): {str(c["id"]) for c in field.get("choices") or ()} for field in on_offer.fields}
    ticked = ((lists.get(name, set()), value) for name, value in answers.items() if isinstance(value, list))
    return {str(one) for listed, ticks in ticked for one in ticks if one not in listed | PASSED_OVER}


def _words_in(answers: Mapping[str, Any]) -> str:
    """What was written into a form, one answer a line: evidence counts its characters in this text."""
    return "\n".join(value for value in answers.values() if isinstance(value, str))


def _mine(unit: UnitOfWork, conversation_id: str, token: str) -> Conversation:
    conversation = unit.conversations.get(conversation_id)
    known = conversation.token_hash if conversation else REVOKED
    if not hmac.compare_digest(known, hash_of(token)) or conversation is None:
        raise NoSuchConversation
    return conversation


def _there(unit: UnitOfWork, conversation_id: str) -> Conversation:
    conversation = unit.conversations.get(conversation_id)
    if conversation is None:
        raise NoSuchConversation
    return conversation


def _whole(unit: UnitOfWork, conversation_id: str) -> Held:
    return _held(unit, _there(unit, conversation_id))


def _held(unit: UnitOfWork, conversation: Conversation) -> Held:
    messages = unit.conversations.messages(conversation.id)
    return Held(conversation, messages, unit.requests.standing(conversation.id))


def _exchange(unit: UnitOfWork, message: StoredMessage) -> Exchange:
    held = _whole(unit, message.conversation_id)
    return Exchange(Unread(held.conversation, held.request), replies_to(held.messages, message.id))


def _by_bot(messages: Sequence[StoredMessage], message: StoredMessage) -> list[StoredMessage]:
    return [m for m in replies_to(messages, message.id) if m.author == BOT]
