"""Ask: exactly the facts that can still change the result, and the best question to put next."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from policies.engine.coding import Coded
from policies.engine.compiled import Compiled
from policies.engine.table import Reduced
from policies.engine.vocabulary import GROUPS, Fact


def matters(compiled: Compiled, known: Coded) -> tuple[str, ...]:
    """Facts, in the order of the vocabulary, whose value can still change level, route, offer or consent outcome."""
    found = 0
    for table in _left(compiled, known):
        found |= table.matters
    return tuple(variable.fact.name for number, variable in enumerate(compiled.variables) if found >> number & 1)


def _left(compiled: Compiled, known: Coded) -> list[Reduced]:
    return [table.under(known.codes, known.mask) for table in compiled.outcome_tables]


@dataclass(frozen=True, slots=True)
class Asking:
    """Who is asked, what is known, and what is never to be asked (facts or questions, said in vain before)."""

    known: Mapping[str, str | int]
    audience: str
    never: Collection[str] = ()

    def may_ask(self, fact: Fact) -> bool:
        """Whether this person can be asked this fact now."""
        return (
            fact.question is not None
            and self.audience in fact.asked_of
            and fact.name not in self.never
            and fact.question not in self.never
            and (fact.about is None or self.known.get(fact.about) == "yes")
        )


def questions(compiled: Compiled, known: Coded, asking: Asking) -> list[str]:
    """Names of the questions worth asking, best first: safety first, then the most telling, the most sensitive last."""
    telling: dict[int, float] = {}
    for table in _left(compiled, known):
        for number, share in table.telling().items():
            telling[number] = telling.get(number, 0.0) + share
    facts = {compiled.variables[number].fact: share for number, share in telling.items()}
    worth: dict[str, list[tuple[Fact, float]]] = {}
    for fact, share in facts.items():
        if fact.question is not None and asking.may_ask(fact):
            worth.setdefault(fact.question, []).append((fact, share))
    return sorted(worth, key=lambda name: (_rank(worth[name]), name))


def _rank(facts: list[tuple[Fact, float]]) -> tuple[int, bool, bool, float]:
    """Group, then danger itself, then not the most sensitive, then telling."""
    group = min(GROUPS.index(fact.group) for fact, _ in facts)
    floor = any(fact.floor for fact, _ in facts)
    sensitive = min(fact.sensitivity for fact, _ in facts) >= 3
    return group, not floor, sensitive, -sum(share for _, share in facts)
