"""One request as an officer reads it: transcript beside facts, and what the law and safety put on top."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from gateway.channels.transcript import unanswered
from gateway.console.highlight import Mark, Piece, pieces
from triage.consent import ConsentKind, ConsentRecord
from triage.facts import Fact
from triage.permissions import Officer, Permission, may_role
from triage.ports import StoredMessage
from triage.request import RequestForService, SafeContact

PART = 200  # messages on one page of a transcript
_WITHHELD = SafeContact(phone="withheld", email="withheld", must_not_know="withheld")


@dataclass(frozen=True, slots=True)
class Said:
    """One message with the evidence marked in it."""

    message: StoredMessage
    pieces: list[Piece]
    given: list[tuple[str, str]] = field(default_factory=list)  # the questions of a form with what was answered
    unheard: bool = False  # the bot was away: these words are not screened for danger yet


@dataclass(frozen=True, slots=True)
class FactLine:
    number: int  # its place in all that was noted, from 1; also the number of its evidence
    fact: Fact
    mark: int | None  # the same number, where its words are in this transcript
    part: int  # the page of the transcript that the evidence is on
    meaning: str
    replaced: bool  # a later fact of the same name stands


@dataclass(frozen=True, slots=True)
class Transcript:
    said: list[Said]
    part: int
    parts: int


def fact_lines(
    request: RequestForService, messages: Sequence[StoredMessage], meanings: dict[str, str]
) -> list[FactLine]:
    numbers = {message.id: index for index, message in enumerate(messages)}
    latest = request.facts.latest()
    lines = []
    for number, fact in enumerate(request.facts.noted, start=1):
        shown = fact.evidence is not None and fact.evidence.message_id in numbers
        part = numbers[fact.evidence.message_id] // PART + 1 if shown and fact.evidence else 1
        replaced = latest[fact.name] is not fact
        lines.append(FactLine(number, fact, number if shown else None, part, meanings.get(fact.name, ""), replaced))
    return lines


def transcript(messages: Sequence[StoredMessage], lines: Sequence[FactLine], part: int) -> Transcript:
    parts = max(1, -(-len(messages) // PART))
    part = min(max(1, part), parts)
    page = list(zip(messages, _ticked(messages), strict=True))[(part - 1) * PART : part * PART]
    marks: dict[str, list[Mark]] = {}
    for line in lines:
        evidence = line.fact.evidence
        if evidence is not None and line.mark is not None:
            mark = Mark(line.mark, line.fact.name, evidence.start, evidence.end)
            marks.setdefault(evidence.message_id, []).append(mark)
    spoken = [(m, given) for m, given in page if m.text or given]
    unheard = {message.id for message in unanswered(messages)}
    said = [Said(m, pieces(m.text, marks.get(m.id, ())), given, m.id in unheard) for m, given in spoken]
    return Transcript(said, part, parts)


def _ticked(messages: Sequence[StoredMessage]) -> Iterator[list[tuple[str, str]]]:
    """Of each message what was chosen in a form, in the words of the form; what was written in it is the message's text."""
    labelled: dict[str, Mapping[str, Any]] = {}
    for message in messages:
        labelled |= {str(one["name"]): one for one in (message.payload.get("form") or {}).get("fields") or ()}
        given = (message.payload.get("answers") or {}).items()
        yield [
            _in_words(labelled.get(name, {"label": name}), value)
            for name, value in given
            if value not in message.text.split("\n")
        ]


def _in_words(asked: Mapping[str, Any], value: Any) -> tuple[str, str]:
    labels = {c["id"]: c["label"] for c in asked.get("choices") or ()}
    chosen = value if isinstance(value, list) else [value]
    return str(asked["label"]), "; ".join(str(labels.get(one, one)) for one in chosen)


def standing_consents(request: RequestForService) -> dict[str, list[ConsentRecord]]:
    """The four records, each with the latest that stands (for sharing: the latest of each agency)."""
    found: dict[str, list[ConsentRecord]] = {}
    for kind in ConsentKind:
        latest = {record.agency: record for record in request.consents if record.kind is kind}
        found[kind.value] = list(latest.values())
    return found


def for_eyes_of(officer: Officer, request: RequestForService) -> RequestForService:
    """The request with what this officer's role may not see taken out."""
    seen = request
    if not may_role(officer, Permission.READ_CONTACT):
        seen = replace(seen, safe_contact=_WITHHELD)
    if request.anonymous and not may_role(officer, Permission.READ_REPORTER):
        seen = replace(seen, requester_name="withheld: asked to stay anonymous")
    return seen


def proposal_view(request: RequestForService, titles: Mapping[str, str]) -> dict[str, Any]:
    """The engine's answer as kept with the proposal, whatever keys that version of the engine wrote.

    `why` are the first reasons that set the level; `reasons` are all of them, each with its source by name.
    """
    kept = request.proposal.indication if request.proposal else {}
    reasons = [{**reason, "title": titles.get(reason.get("source", ""), "")} for reason in kept.get("reasons") or []]
    thresholds = [reason for reason in reasons if reason.get("kind", "threshold") == "threshold"]
    next_step = kept.get("next_step") or ""
    return {
        "why": (thresholds or reasons)[:2],
        "reasons": reasons,
        "matters": kept.get("matters") or [],
        "could_be": [level for level in kept.get("could_be") or [] if level != kept.get("level")],
        "duties": kept.get("duties") or [],
        "clocks": kept.get("clocks") or [],
        "label": kept.get("label") or "",
        "offer": kept.get("offer_title") or "",
        "next_step": next_step.get("staff", "") if isinstance(next_step, dict) else next_step,
    }
