"""What a page of the conversation shows, worked out before any template sees it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gateway.channels.store import Held
from gateway.channels.transcript import OFFICER, PERSON, Asked, asked, shown, unanswered
from triage.ports import StoredMessage

WHO = {PERSON: "You", OFFICER: "A member of staff", "bot": "Computer", "system": "This page"}
CHANGE = "change:"
IN_OWN_WORDS = 3  # more choices than this are drawn as radio buttons, fewer as buttons


@dataclass(frozen=True, slots=True)
class Bubble:
    number: int
    author: str
    who: str
    text: str
    kind: str
    language: str | None
    rows: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class Screen:
    """One state of the page. `key` marks the next message, so that sending it twice is sending it once."""

    bubbles: Sequence[Bubble]
    asked: Asked
    changes: Sequence[tuple[str, str]]
    choices: Sequence[tuple[str, str]]
    key: str
    form_token: str
    waiting: bool
    state: str
    audience: str
    question: str = ""
    notice: str = ""
    typed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def last_asked(self) -> int:
        return self.asked.number

    def after(self, number: int) -> list[Bubble]:
        return [b for b in self.bubbles if b.number > number]

    @property
    def turn(self) -> list[Bubble]:
        """What was said since the person last spoke: all that one page of the form alternative shows."""
        last = max((b.number for b in self.bubbles if b.author == PERSON), default=0)
        return self.after(last)


def screen(held: Held, *, key: str, form_token: str, **more: Any) -> Screen:
    on_offer = asked(held.messages)
    bubbles = [bubble(m) for m in shown(held.messages)]
    return Screen(
        bubbles=bubbles,
        asked=on_offer,
        changes=[(i, label) for i, label in on_offer.choices if i.startswith(CHANGE)],
        choices=[(i, label) for i, label in on_offer.choices if not i.startswith(CHANGE)],
        key=key,
        form_token=form_token,
        waiting=is_waiting(held),
        state=held.conversation.state,
        audience=held.conversation.audience,
        question=_question(bubbles),
        **more,
    )


def bubble(message: StoredMessage) -> Bubble:
    payload = message.payload
    data = payload.get("data") or {}
    return Bubble(
        message.number, message.author, WHO.get(message.author, "This page"), _words(message),
        payload.get("kind", "statement"), data.get("language"), data.get("rows") or (),
    )  # fmt: skip


def _words(message: StoredMessage) -> str:
    """A filled-in form has no words of its own: say what was answered."""
    if message.text or not message.payload.get("answers"):
        return message.text
    return "\n".join(_plain(v) for v in message.payload["answers"].values() if v) or "(nothing ticked)"


def _plain(value: Any) -> str:
    words = ", ".join(value) if isinstance(value, list) else str(value)
    return words.replace("_", " ")


def _question(bubbles: Sequence[Bubble]) -> str:
    questions = [b.text for b in bubbles if b.author == "bot" and b.kind == "question"]
    return questions[-1] if questions else ""


def is_waiting(held: Held) -> bool:
    """Something may still be said without the person doing anything: an answer, or a member of staff."""
    officer = any(m.author == OFFICER for m in held.messages)
    return officer or bool(unanswered(held.messages))
