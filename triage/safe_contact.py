"""Who must not be told (law.md C50-C55)."""

from __future__ import annotations

from collections.abc import Collection

from triage.facts import Known, Value, is_so

PACK_FLAG = "do_not_tell_family"
HEARD = frozenset({"fgm", "forced_marriage", "honour_based_abuse", "fabricated_illness", "sexual_abuse_family"})
"""Categories of the safety screen that hide by being mentioned at all: there may be one chance (law.md C51)."""
AT_HOME = ("physical_harm", "emotional_harm", "neglect", "domestic_abuse", "dangerous_adult")
SAID: dict[str, frozenset[Value]] = {
    "sexual_harm": frozenset({True}),
    "forced_marriage_or_honour": frozenset({True}),
    "fgm": frozenset({"at_risk", "known"}),
    "fabricated_illness": frozenset({True}),
    "informing_unsafe": frozenset({True}),
    "service_agreement": frozenset({"unsafe_to_ask", "child_refuses_parent_contact"}),
}
"""What hides when somebody said it, whatever the pack: a pack may add to it, and never takes anything away."""


def grounds_for_silence(
    known: Known, *, flags: Collection[str] = (), heard: Collection[str] = (), harmed_teller: bool = False
) -> frozenset[str]:
    """Why a word to the family could raise the risk, by name; empty where nothing says so.

    `flags` are those of the pack that are up, `heard` the categories of the safety screen, `harmed_teller` whether a
    child or young person tells of significant harm themselves.
    """
    said = {name for name, values in SAID.items() if known.get(name) in values}
    at_home = {name for name in AT_HOME if harmed_teller and is_so(known.get(name))}
    return frozenset(said | at_home | (HEARD & set(heard)) | ({PACK_FLAG} & set(flags)))
