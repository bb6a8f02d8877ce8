"""Situations to decide: the example cases of the packs, and the same with a few answers changed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from policies.engine import PolicySet
from policies.engine.cases import read_cases
from policies.engine.vocabulary import Value

POLICIES = Path(__file__).resolve().parents[2] / "policies"
DAY = date(2026, 11, 22)
MOST_CHANGED = 3
"""Answers of a case that may come out otherwise."""

Facts = dict[str, str | int]


def cases_of(packs: PolicySet) -> list[dict[str, Value]]:
    return [dict(c.facts) for pack in packs.packs.values() for c in read_cases(pack.text.cases, packs.vocabulary)]


def varied(packs: PolicySet, population: Sequence[dict[str, Value]], chance: random.Random) -> dict[str, Value]:
    """A case of the packs with up to three answers changed."""
    known = dict(chance.choice(population))
    for fact in chance.sample(list(packs.vocabulary.facts.values()), chance.randint(0, MOST_CHANGED)):
        known[fact.name] = (
            chance.randint(fact.least, fact.most) if fact.is_number else fact.plain(chance.choice(fact.values))
        )
    return known


def completed(packs: PolicySet, known: dict[str, Value]) -> Facts:
    """Every fact known: what is not said counts as presumed or mildest. The peers cannot do with less."""
    said = packs.vocabulary.checked(known)
    rest = {f.name: f.presumed or f.otherwise or f.mildest for f in packs.vocabulary.facts.values()}
    return {
        name: int(said.get(name, value)) if packs.vocabulary.facts[name].is_number else said.get(name, value)
        for name, value in rest.items()
    }
