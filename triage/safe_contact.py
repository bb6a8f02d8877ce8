"""Who must not be told (law.md C50-C55)."""

from __future__ import annotations

from collections.abc import Collection

from triage.facts import Known, is_so

PACK_FLAG = "do_not_tell_family"
HEARD = frozenset({"fgm", "forced_marriage", "honour_based_abuse", "fabricated_illness", "sexual_abuse_family"})
"""Categories of the safety screen that hide by being mentioned at all: there may be one chance (law.md C51)."""
AT_HOME = ("physical_harm", "emotional_harm", "neglect", "domestic_abuse", "dangerous_adult")


def must_not_tell_family(
    known: Known, *, flags: Collection[str] = (), heard: Collection[str] = (), harmed_teller: bool = False
) -> bool:
    """Whether a word to the family could raise the risk. Once set it is only cleared by named officers.

    `flags` are those of the pack that are up, `heard` the categories of the safety screen, `harmed_teller` whether a child
    or young person tells of significant harm themselves. What stands here is the floor: a pack may add to it, and never takes anything away.
    """
    return (
        PACK_FLAG in flags
        or not HEARD.isdisjoint(heard)
        or _named(known)
        or (harmed_teller and any(is_so(known.get(name)) for name in AT_HOME))
    )


def _named(known: Known) -> bool:
    return (
        known.get("sexual_harm") is True
        or known.get("forced_marriage_or_honour") is True
        or known.get("fgm") in {"at_risk", "known"}
        or known.get("fabricated_illness") is True
        or known.get("informing_unsafe") is True
        or known.get("service_agreement") in {"unsafe_to_ask", "child_refuses_parent_contact"}
    )
