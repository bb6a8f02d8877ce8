"""Policies that remember: the same facts on the same day give the same indication, so it is worked out once.

A turn asks for the decision several times over the same facts, and most turns of a conversation add none. Deciding is a
pure function of pack, facts and day; what is remembered is as good as worked out again, and is never changed by anybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from policies.engine import PolicySet
from triage.facts import Known, Value
from triage.ports import Policy

REMEMBERED = 512
"""Situations of one pack: some kilobytes each."""
Situation = frozenset[tuple[str, type, Value]]


class RememberingPolicy:
    """One pack whose decisions are kept."""

    def __init__(self, pack: Policy) -> None:
        self.name, self.version = pack.name, pack.version
        self._pack = pack
        self._decided = lru_cache(REMEMBERED)(self._decide)

    def decide(self, known: Known, *, on: date) -> Any:
        return self._decided(situation(known), on)

    def _decide(self, facts: Situation, on: date) -> Any:
        return self._pack.decide({name: value for name, _, value in facts}, on=on)

    def ask(self, known: Known, *, on: date, audience: str, never: Iterable[str] = ()) -> Sequence[str]:
        return self._pack.ask(known, on=on, audience=audience, never=never)


class RememberingPolicies:
    """All packs, each asked through its memory."""

    def __init__(self, packs: PolicySet) -> None:
        self._packs = packs
        self._remembering: dict[str, RememberingPolicy] = {}

    def for_authority(self, authority: str | None, *, on: date) -> Policy:
        pack = self._packs.for_authority(authority, on=on)
        name = f"{pack.name}@{pack.version}"
        if name not in self._remembering:
            self._remembering[name] = RememberingPolicy(pack)
        return self._remembering[name]

    @property
    def sources(self) -> Mapping[str, Mapping[str, Any]]:
        return self._packs.sources

    def locate(self, place: str) -> Any:
        return self._packs.locate(place)


def situation(known: Known) -> Situation:
    """The facts as something to look up by. The type is part of it: yes is not the number 1."""
    return frozenset((name, type(value), value) for name, value in known.items())
