"""Reading a stored conversation: which message answers which, and what may be answered now. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from triage.ports import StoredMessage

START = "start"
PERSON, BOT, SYSTEM, OFFICER = "person", "bot", "system", "officer"


def is_start(message: StoredMessage) -> bool:
    return message.author == SYSTEM and message.payload.get("choice") == START


def expects_answer(message: StoredMessage) -> bool:
    return message.author == PERSON or is_start(message)


def replies_to(messages: Sequence[StoredMessage], message_id: str) -> list[StoredMessage]:
    """What was answered to one message: the bot's words, or the fallback's while there are none."""
    replies = [m for m in messages if m.payload.get("in_reply_to") == message_id]
    return [m for m in replies if m.author == BOT] or replies


def unanswered(messages: Sequence[StoredMessage]) -> list[StoredMessage]:
    """Messages that the bot has not answered yet, oldest first."""
    answered = {m.payload.get("in_reply_to") for m in messages if m.author == BOT}
    return [m for m in messages if expects_answer(m) and m.id not in answered]


def shown(messages: Sequence[StoredMessage]) -> list[StoredMessage]:
    """What the person sees: all but the silent start."""
    return [m for m in messages if not is_start(m)]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the last turn of the bot lets the person do. `number` is that turn's last message.

    `foremost` are the choices of its last question: a page shows these; the others still count where they are typed.
    """

    number: int
    choices: tuple[tuple[str, str], ...] = ()
    foremost: tuple[tuple[str, str], ...] = ()
    fields: tuple[Mapping[str, Any], ...] = ()

    def label(self, choice: str) -> str | None:
        return dict(self.choices).get(choice)

    @property
    def names(self) -> frozenset[str]:
        return frozenset(str(f["name"]) for f in self.fields)


def asked(messages: Sequence[StoredMessage]) -> Asked:
    """The choices and fields on offer now: those of the bot's latest turn, its last question's choices first."""
    turn = list(_latest_turn(messages))
    offers = [tuple((c["id"], c["label"]) for c in m.payload.get("choices") or ()) for m in reversed(turn)]
    choices = tuple(choice for offer in offers for choice in offer)
    foremost = next((offer for offer in offers if offer), ())
    fields = tuple(f for m in turn for f in (m.payload.get("form") or {}).get("fields", ()))
    return Asked(max((m.number for m in turn), default=0), choices, foremost, fields)


def _latest_turn(messages: Sequence[StoredMessage]) -> Iterator[StoredMessage]:
    bots = [m for m in messages if m.author == BOT]
    latest = bots[-1].payload.get("in_reply_to") if bots else None
    return (m for m in bots if m.payload.get("in_reply_to") == latest)
