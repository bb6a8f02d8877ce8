"""Which letters there are, and what keeps one from leaving. A letter that may not leave is written down as blocked.

Every way out of the house asks here, at the moment of sending (hazards H06, H07; law.md D03, D04, T02).
"""

from __future__ import annotations

from dataclasses import dataclass

from triage import journeys
from triage.consent import ConsentKind
from triage.request import RequestForService

FAMILY, REFERRER = "family", "referrer"
CHANNELS = ("letter", "email", "phone")


@dataclass(frozen=True, slots=True)
class LetterKind:
    """A kind of letter. `details` is False where only the outcome may be said (law.md T02)."""

    name: str
    recipient: str
    means: str
    after: tuple[str, ...]  # states of the request in which it makes sense
    details: bool


KINDS = (
    LetterKind("next_step", FAMILY, "what happens next, and who does it", ("to_allocate", "allocated", "referred"), True),
    LetterKind("cannot_offer", FAMILY, "we cannot offer this now, and what helps meanwhile", ("unmet",), True),
    LetterKind("closure", FAMILY, "we are closing this, and where help is", ("closed", "withdrawn"), True),
    LetterKind("exit", FAMILY, "the work is done, and who stays in touch", ("closed", "allocated"), True),
    LetterKind("outcome", REFERRER, "the outcome, without details",
               ("to_allocate", "allocated", "referred", "transferred", "unmet", "closed"), False),
    LetterKind("closure_referrer", REFERRER, "that it was closed, and where help is", ("closed",), False),
)  # fmt: skip
_BY_NAME = {kind.name: kind for kind in KINDS}


def kind_named(name: str) -> LetterKind | None:
    return _BY_NAME.get(name)


def kinds_for(request: RequestForService) -> tuple[LetterKind, ...]:
    """Letters that make sense now. A family that asks for itself has no referrer."""
    return tuple(
        kind
        for kind in KINDS
        if request.state in kind.after and (kind.recipient == FAMILY or request.audience == "professional")
    )


def why_blocked(request: RequestForService, kind: LetterKind, channel: str) -> str:
    """In words for the officer, or "" where it may leave. Unknown is no."""
    if channel not in CHANNELS:
        return f"There is no such way of sending: {channel}."
    return _family(request, channel) if kind.recipient == FAMILY else _referrer(request, channel)


def _family(request: RequestForService, channel: str) -> str:
    if request.do_not_tell_family:
        return "The family must not be told. Two people have to clear this first."
    if _informing_unsafe(request):
        return "It was recorded that telling the family is not safe."
    if request.audience == "professional":
        return "The safe contact on this request is the referrer's. Ask the family first how to reach them safely."
    if request.requester_role in journeys.PUBLIC:
        return "The safe contact on this request is of somebody else than the family, who learns nothing about them."
    return _way(request, channel)


def _referrer(request: RequestForService, channel: str) -> str:
    if request.anonymous:
        return "The referrer asked to stay anonymous."
    if channel == "email" and request.safe_contact.email:
        return ""  # a professional's work address was given in order to be answered
    return _way(request, channel)


def _way(request: RequestForService, channel: str) -> str:
    contact = request.safe_contact
    safe = {"letter": contact.safe_letter, "email": contact.safe_email, "phone": contact.safe_call}[channel]
    if not safe:
        return f"They did not say that it is safe to use this way: {channel}."
    if channel == "email" and not contact.email:
        return "There is no e-mail address."
    if channel == "phone" and not contact.phone:
        return "There is no telephone number."
    return ""


def _informing_unsafe(request: RequestForService) -> bool:
    told = [record.value for record in request.consents if record.kind is ConsentKind.INFORMED]
    return bool(told and told[-1] == "unsafe") or request.facts.known().get("informing_unsafe") is True
