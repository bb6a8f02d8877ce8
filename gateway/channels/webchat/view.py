"""What a page of the conversation shows, worked out before any template sees it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from gateway.channels.store import Held
from gateway.channels.transcript import OFFICER, PERSON, Asked, asked, shown, unanswered
from triage.ports import StoredMessage

WHO = {PERSON: "You", OFFICER: "A member of staff", "bot": "Computer", "system": "This page"}
CHANGE = "change:"
PASSED_OVER = frozenset({"not_known", "not_said", "skip"})
"""Choices that answer nothing: where there are no others, the question is answered in words."""
SAID = {"not_known": "I don’t know", "not_said": "I’d rather not say", "yes": "Yes", "no": "No"}


@dataclass(frozen=True, slots=True)
class Row:
    """A label with its answer, and the choice that changes it."""

    label: str
    answer: str
    change: str | None = None


@dataclass(frozen=True, slots=True)
class Bubble:
    number: int
    author: str
    who: str
    text: str
    kind: str
    language: str | None
    rows: Sequence[Row] = ()
    text_after: str = ""
    calls_999: bool = False


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
    def is_open(self) -> bool:
        """Whether the question wants words: its box stands open, and its choices only pass it over."""
        if self.asked.fields or not self.choices:
            return False
        return self.staff_spoke_last or {i for i, _ in self.choices} <= PASSED_OVER

    @property
    def staff_spoke_last(self) -> bool:
        """They may have asked something: the way to answer comes before the way to leave."""
        return bool(self.bubbles) and self.bubbles[-1].author == OFFICER

    @property
    def loose_changes(self) -> list[tuple[str, str]]:
        """Changes that no line of the summary carries."""
        drawn = {row.change for b in self.bubbles for row in b.rows}
        return [(i, label) for i, label in self.changes if i not in drawn]

    def after(self, number: int) -> list[Bubble]:
        return [b for b in self.bubbles if b.number > number]

    @property
    def turn(self) -> list[Bubble]:
        """What was said since the person last spoke: all that one page of the form alternative shows."""
        last = max((b.number for b in self.bubbles if b.author == PERSON), default=0)
        return self.after(last)


def screen(held: Held, *, key: str, form_token: str, **more: Any) -> Screen:
    on_offer = asked(held.messages)
    bubbles = list(_bubbles(shown(held.messages), on_offer.number))
    options = {c["id"] for f in on_offer.fields for c in f.get("choices") or ()}  # these are drawn in the form
    return Screen(
        bubbles=bubbles,
        asked=on_offer,
        changes=[(i, label) for i, label in on_offer.foremost if i.startswith(CHANGE)],
        choices=[(i, label) for i, label in on_offer.foremost if not i.startswith(CHANGE) and i not in options],
        key=key,
        form_token=form_token,
        waiting=is_waiting(held),
        state=held.conversation.state,
        audience=held.conversation.audience,
        question=_question(bubbles),
        **more,
    )


def _bubbles(messages: Sequence[StoredMessage], latest: int) -> Iterator[Bubble]:
    fields: Sequence[Mapping[str, Any]] = ()
    called = False
    for message in messages:
        fields = (message.payload.get("form") or {}).get("fields") or fields
        called = called and message.author != PERSON
        one = replace(
            bubble(message, fields, is_latest=message.number == latest), calls_999=not called and _calls(message)
        )
        called = called or one.calls_999
        yield one


def _calls(message: StoredMessage) -> bool:
    """Whether a button to call 999 belongs below these words; one a turn is enough."""
    return message.author == "bot" and message.payload.get("kind") == "safety" and "999" in message.text


def bubble(message: StoredMessage, fields: Sequence[Mapping[str, Any]], *, is_latest: bool) -> Bubble:
    payload = message.payload
    data = payload.get("data") or {}
    lines = data.get("lines") or ()
    answers = payload.get("answers")
    given = _answered(answers or {}, fields)
    only = given[0].answer if len(given) == 1 else ""  # its question stands right above
    before, after = _around(message.text, lines)
    return Bubble(
        number=message.number,
        author=message.author,
        who=WHO.get(message.author, "This page"),
        text=before if not answers else only,
        kind=payload.get("kind", "statement"),
        language=data.get("language"),
        rows=[*_rows(lines, payload.get("choices") or (), is_latest), *(given if not only else [])],
        text_after=after if not answers else "",
    )


def _around(text: str, lines: Sequence[Mapping[str, Any]]) -> tuple[str, str]:
    """The words of a summary before and after the lines that are drawn as rows."""
    drawn = "\n".join(f"{line['label']}: {line['answer']}" for line in lines)
    before, _, after = text.partition(drawn) if drawn else (text, "", "")
    return before.strip("\n"), after.strip("\n")


def _rows(lines: Sequence[Mapping[str, Any]], choices: Sequence[Mapping[str, str]], is_latest: bool) -> list[Row]:
    """The lines of a summary; those of the latest one can be changed."""
    offered = {c["id"] for c in choices} if is_latest else set()
    changes = [f"{CHANGE}{line.get('step')}" for line in lines]
    return [
        Row(str(line["label"]), str(line["answer"]), change if change in offered else None)
        for line, change in zip(lines, changes, strict=True)
    ]


def _answered(answers: Mapping[str, Any], fields: Sequence[Mapping[str, Any]]) -> list[Row]:
    """A filled-in form, in the words of its questions."""
    by_name = {f["name"]: f for f in fields}
    return [_answered_row(by_name.get(name, {"label": name}), value) for name, value in answers.items()]


def _answered_row(field: Mapping[str, Any], value: Any) -> Row:
    labels = SAID | {c["id"]: c["label"] for c in field.get("choices") or ()}
    values = value if isinstance(value, list) else [value]
    return Row(str(field["label"]), "; ".join(labels.get(str(v), str(v)) for v in values) or "None of these")


def _question(bubbles: Sequence[Bubble]) -> str:
    questions = [b.text for b in bubbles if b.author == "bot" and b.kind == "question"]
    return questions[-1] if questions else ""


def is_waiting(held: Held) -> bool:
    """Something may still be said without the person doing anything: a late answer, or a member of staff."""
    return held.messages[-1].author == OFFICER or bool(unanswered(held.messages))
