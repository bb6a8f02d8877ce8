"""Explain, first half: which rules hold for certain, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from policies.engine.coding import Facts
from policies.engine.compiled import Compiled
from policies.engine.conditions import All, Between, Condition, Is, Outcome
from policies.engine.entries import Also, ConsentRule, Duty, Entry, Exclusion, Flag, Offer, Routing, Threshold
from policies.engine.indication import Reason
from policies.engine.table import Codes
from policies.engine.truth import Truth, View, truth

KINDS: dict[type[Entry], str] = {
    Flag: "flag",
    Threshold: "threshold",
    Duty: "duty",
    ConsentRule: "consent",
    Exclusion: "exclusion",
    Routing: "routing",
    Offer: "offer",
    Also: "also",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """An entry with all that explaining needs of it. Its number is its place in the order of reading."""

    entry: Entry
    kind: str
    holds: Condition
    named: tuple[str, ...]


class Reasons:
    """The rules of an edition, with an index of what rules each answer puts out of the question at once."""

    def __init__(self, compiled: Compiled) -> None:
        edition = compiled.edition
        kinds = list(KINDS)
        entries = sorted(edition.entries.values(), key=lambda entry: kinds.index(type(entry)))
        self.rules = tuple(
            Rule(e, KINDS[type(e)], edition.holds[e.name], tuple(sorted(compiled.facts_named[e.name]))) for e in entries
        )
        self._all = (1 << len(self.rules)) - 1
        self._ruled_out = tuple([0] * len(variable.cases) for variable in compiled.variables)
        self._needs: dict[tuple[str, frozenset[str]], int] = {}
        for i, rule in enumerate(self.rules):
            for part in _conjuncts(rule.holds):
                self._index(compiled, part, 1 << i)

    def _index(self, compiled: Compiled, part: Condition, rule: int) -> None:
        if isinstance(part, Is | Between):
            number = compiled.numbers[part.fact]
            holds_in = compiled.variables[number].cases_in(part)
            for case in range(len(compiled.variables[number].cases)):
                if case not in holds_in:
                    self._ruled_out[number][case] |= rule
        elif isinstance(part, Outcome):
            key = (part.of, part.values)
            self._needs[key] = self._needs.get(key, 0) | rule

    def _candidates(self, codes: Codes, outcomes: Mapping[str, frozenset[str]]) -> Iterator[Rule]:
        """The rules that no single answer has put out of the question."""
        out = 0
        for number, case in codes.items():
            out |= self._ruled_out[number][case]
        for (of, values), rules in self._needs.items():
            if not outcomes[of] <= values:
                out |= rules
        left = self._all & ~out
        while left:
            lowest = left & -left
            yield self.rules[lowest.bit_length() - 1]
            left ^= lowest

    def holding(self, facts: Facts, codes: Codes, outcomes: Mapping[str, frozenset[str]]) -> list[Rule]:
        """The rules that hold for certain, in order of reading. `facts` hold what is presumed as well."""
        flags: dict[str, Truth] = {}
        view = View(facts, flags, outcomes)
        found = []
        for rule in self._candidates(codes, outcomes):
            holds = truth(rule.holds, view)
            if rule.kind == "flag":
                flags[rule.entry.name] = holds
            if holds:
                found.append(rule)
        return found


def _conjuncts(condition: Condition) -> Iterator[Condition]:
    """The parts that must each hold."""
    if isinstance(condition, All):
        for part in condition.parts:
            yield from _conjuncts(part)
    else:
        yield condition


def reason(rule: Rule, said: Facts, presumed: Facts) -> Reason:
    """The rule as a reason: resting on what was said, and on what is presumed besides."""
    entry = rule.entry
    return Reason(
        rule=entry.name,
        kind=rule.kind,
        source=entry.citation.source,
        clause=entry.citation.clause,
        rests_on=entry.citation.rests_on,
        staff=entry.staff,
        family=entry.family,
        facts=tuple([name for name in rule.named if name in said]),
        presumed=tuple([name for name in rule.named if name in presumed and name not in said]),
    )
