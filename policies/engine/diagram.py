"""Conditions as decision diagrams, so that claims about *every* situation can be settled exactly.

Two conditions are equal exactly when their diagrams are the same node, and never hold together exactly when both is *no*.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from policies.engine.conditions import All, Any, AtLeast, Between, Condition, FlagUp, Is, Not, Outcome
from policies.engine.forest import NO, YES, Forest, Ref
from policies.engine.variables import Variable
from policies.engine.vocabulary import Vocabulary


class Diagram:
    """The conditions of one edition, read over its variables. Nodes are shared with other editions through the forest."""

    yes: Ref = YES
    no: Ref = NO

    def __init__(self, vocabulary: Vocabulary, variables: Iterable[Variable], forest: Forest) -> None:
        self.variables = {variable.fact.name: variable for variable in variables}
        self.forest = forest
        places = {name: place for place, name in enumerate(vocabulary.facts)}
        self._rank = {name: forest.rank_of(places[name], variable) for name, variable in self.variables.items()}
        self._fact_at = {rank: name for name, rank in self._rank.items()}
        self.flags: dict[str, Ref] = {}
        self.outcomes: dict[str, Mapping[str, Ref]] = {}

    @property
    def ranks(self) -> tuple[int, ...]:
        """The facts and how their numbers are cut, as ranks: equal for editions whose tables are alike."""
        return tuple(self._rank.values())

    # ---- boolean algebra ------------------------------------------------------------------------

    def both(self, a: Ref, b: Ref) -> Ref:
        return self.forest.both(a, b)

    def either(self, a: Ref, b: Ref) -> Ref:
        return -self.forest.both(-a, -b)

    def without(self, a: Ref, b: Ref) -> Ref:
        """Where a holds and b does not."""
        return self.forest.both(a, -b)

    def any_of(self, refs: Iterable[Ref]) -> Ref:
        """Where one or more hold. Stops reading as soon as the answer is yes everywhere."""
        found = self.no
        for ref in refs:
            found = self.either(found, ref)
            if found == self.yes:
                break
        return found

    # ---- conditions -----------------------------------------------------------------------------

    def of(self, condition: Condition) -> Ref:
        """The diagram of a condition. Flags and outcomes must have been set before."""
        match condition:
            case Is() | Between():
                return self.cases(condition.fact, self.variables[condition.fact].cases_in(condition))
            case All(parts):
                return -self.any_of(-self.of(part) for part in parts)
            case Any(parts):
                return self.any_of(self.of(part) for part in parts)
            case Not(part):
                return -self.of(part)
            case AtLeast(count, parts):
                return self._at_least(count, [self.of(part) for part in parts])
            case FlagUp(flag):
                return self.flags.get(flag, self.no)
            case Outcome(of, values):
                return self.any_of(self.outcomes[of].get(value, self.no) for value in sorted(values))

    def _at_least(self, count: int, parts: list[Ref]) -> Ref:
        """Row by row: reached[k] holds where k or more of the parts so far do."""
        reached = [self.yes] + [self.no] * count
        for part in parts:
            for k in range(count, 0, -1):
                reached[k] = self.either(reached[k], self.both(part, reached[k - 1]))
        return reached[count]

    def cases(self, fact: str, wanted: frozenset[int]) -> Ref:
        """Where the fact is in one of the wanted cases."""
        cases = range(len(self.variables[fact].cases))
        return self.forest.node(self._rank[fact], tuple([YES if case in wanted else NO for case in cases]))

    # ---- questions about a diagram ----------------------------------------------------------------

    def top_fact(self, refs: Iterable[Ref]) -> str | None:
        """The fact that stands first in any of the diagrams; None where all are yes or no."""
        return self._fact_at.get(min(map(self.forest.rank, refs)))

    def stepped(self, ref: Ref, fact: str) -> tuple[Ref, ...]:
        """What is left in each case of a fact that no other fact of the diagram stands before."""
        if self.forest.rank(ref) == self._rank[fact]:
            return self.forest.branches(ref)
        return (ref,) * len(self.variables[fact].cases)

    def given(self, ref: Ref, fact: str, case: int) -> Ref:
        """The diagram once the fact is in that case."""
        return self.forest.given(ref, self._rank[fact], case)

    def situation(self, ref: Ref) -> dict[str, str] | None:
        """One situation in which the diagram holds, as facts with example values; None where it never does.

        Facts that make no difference on the way are left out.
        """
        way = self.forest.way(ref)
        if way is None:
            return None
        return {self._fact_at[rank]: self.variables[self._fact_at[rank]].example(case) for rank, case in way.items()}
