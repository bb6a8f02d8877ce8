"""Who must not be told (law.md C50-C55)."""

from __future__ import annotations

from triage.facts import Known

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
