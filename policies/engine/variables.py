"""Facts as finite variables. A number falls into the ranges between which the rules of an edition make a difference."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from policies.engine.conditions import Between, Condition, Is, leaves
from policies.engine.vocabulary import Fact, Vocabulary


@dataclass(frozen=True, slots=True)
class Variable:
    """One fact with finitely many cases, numbered from 0. `starts`: the first number of each case, for numbers only."""

    fact: Fact
    cases: tuple[str, ...]
    starts: tuple[int, ...] = ()

    def case_of(self, value: str | int) -> int:
        if self.starts:
            return bisect_right(self.starts, int(value)) - 1
        return self.cases.index(str(value))

    def cases_in(self, leaf: Is | Between) -> frozenset[int]:
        """The cases in which the leaf holds."""
        if isinstance(leaf, Is):
            return frozenset(self.cases.index(value) for value in leaf.values)
        return frozenset(i for i, start in enumerate(self.starts) if leaf.least <= start <= leaf.most)

    def example(self, case: int) -> str:
        """A value of the case, as text: the number that starts it, or the name."""
        return str(self.starts[case]) if self.starts else self.cases[case]


def variables_of(vocabulary: Vocabulary, conditions: Iterable[Condition]) -> tuple[Variable, ...]:
    """The variables that the conditions rest on, in the order of the vocabulary."""
    used: dict[str, set[int]] = {}
    for condition in conditions:
        for leaf in leaves(condition):
            if isinstance(leaf, Is):
                used.setdefault(leaf.fact, set())
            elif isinstance(leaf, Between):
                used.setdefault(leaf.fact, set()).update((leaf.least, leaf.most + 1))
    return tuple(_variable(fact, used[name]) for name, fact in vocabulary.facts.items() if name in used)


def _variable(fact: Fact, cuts: set[int]) -> Variable:
    if not fact.is_number:
        return Variable(fact, fact.values)
    starts = tuple(sorted({fact.least} | {cut for cut in cuts if fact.least < cut <= fact.most}))
    ends = [*(start - 1 for start in starts[1:]), fact.most]
    return Variable(fact, tuple(str(a) if a == b else f"{a} to {b}" for a, b in zip(starts, ends, strict=True)), starts)
