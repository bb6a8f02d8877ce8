"""Who must not be told, and what may be sent to whom (law.md C50-C55, D03, D04)."""

from __future__ import annotations

from triage.facts import Known
from triage.request import RequestForService, SafeContact

TOLD_BY_SOMEBODY_ELSE = frozenset(
    {"professional", "relative", "public", "anonymous", "child_under_16", "young_person_16_17", "own_worker"}
)


def must_not_tell_family(known: Known) -> bool:
    """Whether a word to the family could raise the risk. Once set it is only cleared by named officers."""
    always = (
        known.get("forced_marriage_or_honour") is True,
        known.get("fgm") in {"at_risk", "known"},
        known.get("fabricated_illness") is True,
        known.get("informing_unsafe") is True,
        known.get("service_agreement") in {"unsafe_to_ask", "child_refuses_parent_contact"},
    )
    from_outside = known.get("requester") in TOLD_BY_SOMEBODY_ELSE
    return any(always) or (from_outside and known.get("sexual_harm") is True)


def may_use(contact: SafeContact, way: str) -> bool:
    """Whether one way of contact was said to be safe: call, text, voicemail, email or letter. Default: no."""
    return bool(getattr(contact, f"safe_{way}"))


def may_write_to_family(request: RequestForService) -> bool:
    """Whether anything at all may go to the family's own address."""
    return not request.do_not_tell_family
