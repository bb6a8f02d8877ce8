"""Decision diagrams that share their nodes. A node is a fact with one branch for each of its cases; a minus sign says *not*.

No two nodes are alike, and none has the same branch for every case: equal conditions are therefore the same number, and a claim
about every situation is settled by comparing two. What was worked out once is remembered, for every pack that says the same.
"""

from __future__ import annotations

from threading import RLock
from typing import TYPE_CHECKING

from policies.engine.variables import Variable

if TYPE_CHECKING:
    from policies.engine.table import Table

Ref = int
YES: Ref = 1
NO: Ref = -1
_BELOW_ALL = 1 << 62
_MOST_VARIANTS = 1 << 20  # of one fact: numbers are cut differently by different packs
MOST_NODES = 400_000  # all real packs together take some twenty thousand


class Overgrown(Exception):
    """Conditions so entangled that settling them would take for ever."""


class Forest:
    """All nodes. Ranks order the facts from top to bottom: first by place in the vocabulary, then by how a number is cut."""

    def __init__(self) -> None:
        self.lock = RLock()  # packs are compiled when first asked for, and two threads may ask at once
        self.tables: dict[tuple[object, ...], Table] = {}
        self._rank: list[int] = [_BELOW_ALL, _BELOW_ALL]
        self._branches: list[tuple[Ref, ...]] = [(), ()]
        self._rests_on: list[int] = [0, 0]
        self._bits: dict[int, int] = {}
        self._variants: dict[tuple[int, tuple[int, ...]], int] = {}
        self._unique: dict[tuple[int, tuple[Ref, ...]], Ref] = {}
        self._both: dict[tuple[Ref, Ref], Ref] = {}
        self._given: dict[tuple[int, int], dict[Ref, Ref]] = {}

    def rank_of(self, place: int, variable: Variable) -> int:
        """The rank of a fact that stands at this place of the vocabulary."""
        variants = self._variants
        rank = variants.setdefault((place, variable.starts), place * _MOST_VARIANTS + len(variants))
        self._bits.setdefault(rank, 1 << len(self._bits))
        return rank

    # ---- nodes ------------------------------------------------------------------------------------

    def node(self, rank: int, branches: tuple[Ref, ...]) -> Ref:
        """The one node with these branches; no node at all where the fact makes no difference."""
        first = branches[0]
        if branches.count(first) == len(branches):
            return first
        if first < 0:  # of a condition and its opposite only one is kept
            return -self._kept(rank, tuple([-branch for branch in branches]))
        return self._kept(rank, branches)

    def _kept(self, rank: int, branches: tuple[Ref, ...]) -> Ref:
        found = self._unique.get((rank, branches))
        if found is None:
            if len(self._rank) >= MOST_NODES:
                raise Overgrown
            found = self._unique[rank, branches] = len(self._rank)
            self._rank.append(rank)
            self._branches.append(branches)
            rests_on = self._bits[rank]
            for branch in branches:
                rests_on |= self._rests_on[abs(branch)]
            self._rests_on.append(rests_on)
        return found

    def rank(self, ref: Ref) -> int:
        """Of the fact on top; yes and no stand below all facts."""
        return self._rank[abs(ref)]

    def branches(self, ref: Ref) -> tuple[Ref, ...]:
        """What is left in each case of the fact on top."""
        return self._branches[ref] if ref > 0 else tuple([-branch for branch in self._branches[-ref]])

    def rests_on(self, ref: Ref, rank: int) -> bool:
        """Whether the fact of that rank can make a difference."""
        return bool(self._rests_on[abs(ref)] & self._bits[rank])

    # ---- algebra ----------------------------------------------------------------------------------

    def both(self, a: Ref, b: Ref) -> Ref:
        if a == b or b == YES:
            return a
        if a == YES:
            return b
        if a == NO or b == NO or a == -b:
            return NO
        key = (a, b) if a < b else (b, a)
        found = self._both.get(key)
        if found is None:
            found = self._both[key] = self._met(a, b)
        return found

    def _met(self, a: Ref, b: Ref) -> Ref:
        both, first, second = self.both, self._rank[abs(a)], self._rank[abs(b)]
        if first == second:
            pairs = zip(self.branches(a), self.branches(b), strict=True)
            return self.node(first, tuple([both(x, y) for x, y in pairs]))
        if first > second:
            a, b, first = b, a, second
        return self.node(first, tuple([both(x, b) for x in self.branches(a)]))

    def given(self, ref: Ref, rank: int, case: int) -> Ref:
        """What is left once the fact is in that case."""
        return self._under(ref, rank, case, self._given.setdefault((rank, case), {}))

    def _under(self, ref: Ref, rank: int, case: int, done: dict[Ref, Ref]) -> Ref:
        if not self.rests_on(ref, rank):
            return ref
        if ref < 0:
            return -self._under(-ref, rank, case, done)
        if self._rank[ref] == rank:
            return self._branches[ref][case]
        if ref not in done:
            branches = [self._under(branch, rank, case, done) for branch in self._branches[ref]]
            done[ref] = self.node(self._rank[ref], tuple(branches))
        return done[ref]

    def way(self, ref: Ref) -> dict[int, int] | None:
        """Cases, by rank, in which the diagram holds whatever else is so: the first way; None where it never holds."""
        if ref == NO:
            return None
        found: dict[int, int] = {}
        while ref != YES:
            branches = self.branches(ref)
            case = next(case for case, branch in enumerate(branches) if branch != NO)
            found[self.rank(ref)] = case
            ref = branches[case]
        return found
