"""A diagram flattened for quick reading: each node is a fact with one branch for each of its cases, each leaf a result.

Where nothing is known of a fact, every branch is still open: reading then gives the *set* of results that are still possible,
exactly. Sets of results and of facts are bit masks of whole numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from policies.engine.diagram import Diagram, Ref

Codes = Mapping[int, int]  # number of the fact → number of its case


class Table:
    """A function from situations to results 0…n-1. Nodes below `n` are the results themselves."""

    def __init__(self, diagram: Diagram, results: Sequence[Ref], numbers: Mapping[str, int]) -> None:
        self.results = len(results) + 1  # the last: no result at all (a pack that is not total)
        self.fact: list[int] = [-1] * self.results
        self.branches: list[tuple[int, ...]] = [()] * self.results
        self.reached: list[int] = [1 << i for i in range(self.results)]
        self.rests_on: list[int] = [0] * self.results
        self._unique: dict[tuple[int, tuple[int, ...]], int] = {}
        self._diagram, self._numbers = diagram, numbers
        self._seen: dict[tuple[Ref, ...], int] = {}
        self.root = self._flat(tuple(results))
        del self._seen, self._diagram

    def _flat(self, refs: tuple[Ref, ...]) -> int:
        if refs not in self._seen:
            self._seen[refs] = self._flattened(refs)
        return self._seen[refs]

    def _flattened(self, refs: tuple[Ref, ...]) -> int:
        tops = [top for ref in refs if (top := self._diagram.top_fact(ref))]
        if not tops:
            return next((i for i, ref in enumerate(refs) if ref == self._diagram.yes), self.results - 1)
        fact = min(tops)[1]
        cases = range(len(self._diagram.variables[fact].cases))
        return self._node(
            self._numbers[fact],
            tuple(self._flat(tuple(self._diagram.stepped(ref, fact, case) for ref in refs)) for case in cases),
        )

    def _node(self, fact: int, branches: tuple[int, ...]) -> int:
        """The one node with these branches; no node at all where the fact makes no difference."""
        if all(branch == branches[0] for branch in branches):
            return branches[0]
        key = (fact, branches)
        if key not in self._unique:
            self._unique[key] = len(self.fact)
            self.fact.append(fact)
            self.branches.append(branches)
            reached, rests_on = 0, 1 << fact
            for branch in set(branches):
                reached |= self.reached[branch]
                rests_on |= self.rests_on[branch]
            self.reached.append(reached)
            self.rests_on.append(rests_on)
        return self._unique[key]

    def possible(self, codes: Codes, mask: int) -> int:
        """The mask of results still possible. `mask` holds the facts of `codes`."""
        fact, branches, rests_on, reached = self.fact, self.branches, self.rests_on, self.reached
        found, todo, seen = 0, [self.root], set()
        while todo:
            node = todo.pop()
            while rests_on[node] & mask and fact[node] in codes:
                node = branches[node][codes[fact[node]]]
            if node in seen or reached[node] | found == found:
                continue
            seen.add(node)
            if rests_on[node] & mask:
                todo.extend(branches[node])
            else:
                found |= reached[node]
        return found

    def under(self, codes: Codes, mask: int) -> Reduced:
        """The table that is left once these facts are known, with nothing in it that no longer matters."""
        return Reduced(self, codes, mask)


class Reduced:
    """What is left of a table under what is known. `matters` is the mask of facts that can still change the result."""

    def __init__(self, table: Table, codes: Codes, mask: int) -> None:
        self._table, self._codes, self._mask = table, codes, mask
        self.fact: list[int] = list(table.fact[: table.results])
        self.branches: list[tuple[int, ...]] = list(table.branches[: table.results])
        self._unique: dict[tuple[int, tuple[int, ...]], int] = {}
        self._seen: dict[int, int] = {i: i for i in range(table.results)}
        self.root = self._reduce(table.root)
        self.matters = 0
        for fact in self.fact[table.results :]:
            self.matters |= 1 << fact

    def _reduce(self, node: int) -> int:
        """Each node once; a node is kept only where its branches still differ. Depth is at most the number of facts."""
        if node not in self._seen:
            fact = self._table.fact[node]
            case = self._codes.get(fact)
            if case is not None:
                self._seen[node] = self._reduce(self._table.branches[node][case])
            else:
                branches = tuple(self._reduce(branch) for branch in self._table.branches[node])
                self._seen[node] = branches[0] if len(set(branches)) == 1 else self._kept(fact, branches)
        return self._seen[node]

    def _kept(self, fact: int, branches: tuple[int, ...]) -> int:
        key = (fact, branches)
        if key not in self._unique:
            self._unique[key] = len(self.fact)
            self.fact.append(fact)
            self.branches.append(branches)
        return self._unique[key]

    def telling(self) -> dict[int, float]:
        """How much each fact tells, between 0 and 1: how often it is met on the way down, times how far apart its branches lie.

        All cases count as equally likely: no view is taken of any person.
        """
        shares = self._shares()
        weight = [0.0] * len(self.fact)
        weight[self.root] = 1.0
        found: dict[int, float] = {}
        for node in range(len(self.fact) - 1, self._table.results - 1, -1):  # parents come after their branches
            branches = self.branches[node]
            for branch in branches:
                weight[branch] += weight[node] / len(branches)
            apart = _apart([shares[branch] for branch in branches])
            found[self.fact[node]] = found.get(self.fact[node], 0.0) + weight[node] * apart
        return found

    def _shares(self) -> list[list[float]]:
        """For each node, the share of situations that end in each result."""
        count = self._table.results
        shares = [[float(i == j) for j in range(count)] for i in range(count)]
        for branches in self.branches[count:]:
            columns = zip(*(shares[branch] for branch in branches), strict=True)
            shares.append([sum(column) / len(branches) for column in columns])
        return shares


def _apart(shares: Sequence[Sequence[float]]) -> float:
    """The greatest distance between two of the branches: 0 the same, 1 never the same result."""
    return max(sum(abs(a - b) for a, b in zip(one, two, strict=True)) / 2 for one in shares for two in shares)
