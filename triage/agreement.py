"""Agreement at the desk: whether the consent table waits for somebody's yes, and the yes or no that an officer was told.

Four separate things stay separate (law.md C01): a service, sharing with one agency, and who was told are recorded here.
The lawful basis is the council's own and is never recorded as somebody's agreement.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from triage.consent import AGREES, ConsentKind, ConsentRecord
from triage.conversation.agreeing import AGENCIES
from triage.journeys import PUBLIC
from triage.ports import Policy
from triage.request import RequestForService

NO_SAY = PUBLIC | {"carer_without_pr", "child_under_16"}
"""Whose own yes the table does not take: for their requests the parent's is looked for."""

VALUES = {
    ConsentKind.SERVICE: ("given", "partial", "refused", "withdrawn", "other_parent_disagrees", "young_person_refuses",
                          "child_refuses_parent_contact"),
    ConsentKind.SHARING: ("given", "refused", "withdrawn"),
    ConsentKind.INFORMED: ("yes", "no", "unsafe"),
}  # fmt: skip
SPEAKERS = {
    "parent": "a parent with parental responsibility",
    "other_parent": "the other parent",
    "young_person_16_17": "young person 16-17",
    "child_judged_able": "child under 16, whom I judged able to decide this",
    "pregnant_person": "pregnant person",
    "carer": "carer without parental responsibility",
}
WAYS = {"telephone": "by telephone", "in_person": "face to face", "video": "by video", "written": "in writing"}
SPOKEN = "spoken"
"""In place of the version of the words that a page shows: these were said by a person."""


@dataclass(frozen=True, slots=True)
class Told:
    """What an officer was told, as the form names it. `at` is None where no moment could be read."""

    kind: str
    value: str
    speaker: str
    way: str
    at: datetime | None
    agency: str = ""


def standing(request: RequestForService) -> str:
    """What was last said about a service; `not_asked` where nobody was."""
    said = [record.value for record in request.consents if record.kind is ConsentKind.SERVICE]
    return said[-1] if said else "not_asked"


def wish_of_a_child(request: RequestForService) -> str | None:
    """What somebody young pressed for themselves: a wish and no agreement until an officer has judged it (law.md C66)."""
    wish = request.facts.known().get("service_agreement")
    return str(wish) if request.audience == "young_person" and standing(request) == "not_asked" and wish else None


def awaited(request: RequestForService, policy: Policy) -> bool:
    """Whether the consent table holds this back for want of a yes, and would let it go on with one."""
    if request.proposal is None:
        return False
    known = {**request.facts.known(), "service_agreement": standing(request)}
    if known.get("requester") in NO_SAY:
        known["requester"] = "parent"
    on = request.proposal.on
    now, agreed = policy.decide(known, on=on), policy.decide({**known, "service_agreement": "given"}, on=on)
    return bool(now.proceeds == "no" and agreed.proceeds == "yes")


def problems(told: Told, now: datetime) -> dict[str, str]:
    """What is missing or cannot be, by field, in words for the officer."""
    found = {}
    kind = next((kind for kind in VALUES if kind == told.kind), None)
    if kind is None or told.value not in VALUES[kind]:
        found["told"] = "Choose what was said."
    if kind is ConsentKind.SHARING and told.agency not in AGENCIES:
        found["agency"] = "Choose with whom it may be shared: each agency is asked about by itself."
    if told.speaker not in SPEAKERS:
        found["speaker"] = "Choose who said it."
    elif told.speaker == "carer" and kind is not ConsentKind.INFORMED and told.value in AGREES:
        found["speaker"] = "A carer without parental responsibility cannot agree to this. Find who can."
    if told.way not in WAYS:
        found["way"] = "Choose how they said it."
    if told.at is None or told.at > now:
        found["said_at"] = "Give the day and time when it was said, not later than now."
    return found


def record(told: Told, officer: str) -> ConsentRecord:
    """What was told, with who said it, when and how, and which officer wrote it down. Check `problems` first."""
    assert told.at is not None, "problems() names a missing moment"
    return ConsentRecord(
        kind=ConsentKind(told.kind), value=told.value, by=SPEAKERS[told.speaker], at=told.at, wording=SPOKEN,
        channel=WAYS[told.way], agency=told.agency or None, reason=f"written down by {officer}",
    )  # fmt: skip
