"""A diagram flattened for quick reading: each node is a fact with one branch for each of its cases, each leaf a result.

Where nothing is known of a fact, every branch is still open: reading then gives the *set* of results that are still possible,
exactly. Sets of results and of facts are bit masks of whole numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from policies.engine.diagram import Diagram
from policies.engine.forest import MOST_NODES, Overgrown, Ref

Codes = Mapping[int, int]  # number of the fact → number of its case


class Table:
    """A function from situations to results 0…n-1. Nodes below `results` are the results themselves; the last is *no result*.

    Children have smaller numbers than their parents, and no two nodes are alike, so equal functions are the same node.
    """

    def __init__(self, results: int) -> None:
        self.results = results + 1
        self.fact: list[int] = [-1] * self.results
        self.branches: list[tuple[int, ...]] = [()] * self.results
        self.reached: list[int] = [1 << i for i in range(self.results)]
        self.rests_on: list[int] = [0] * self.results
        self.root = results
        self._unique: dict[tuple[int, tuple[int, ...]], int] = {}

    def node(self, fact: int, branches: tuple[int, ...]) -> int:
        """The one node with these branches; no node at all where the fact makes no difference."""
        if all(branch == branches[0] for branch in branches):
            return branches[0]
        key = (fact, branches)
        if key not in self._unique:
            if len(self.fact) >= MOST_NODES:
                raise Overgrown
            self._unique[key] = len(self.fact)
            self.fact.append(fact)
            self.branches.append(branches)
            reached, rests_on = 0, 1 << fact
            for branch in branches:
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

    def can_be(self, wanted: int, codes: Codes, mask: int) -> bool:
        """Whether one of the results of the mask `wanted` is still possible: the first way to one is enough."""
        fact, branches, rests_on, reached = self.fact, self.branches, self.rests_on, self.reached
        todo, seen = [self.root], set()
        while todo:
            node = todo.pop()
            while rests_on[node] & mask and fact[node] in codes:
                node = branches[node][codes[fact[node]]]
            if node in seen or not reached[node] & wanted:
                continue
            if not rests_on[node] & mask:
                return True
            seen.add(node)
            todo.extend(branches[node])
        return False

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

    def way_to(self, fact: int) -> tuple[int, dict[int, int]] | None:
        """A node of the fact, with the cases on the way to it; None where the fact does not matter."""
        todo: list[tuple[int, dict[int, int]]] = [(self.root, {})]
        seen = set()
        while todo:
            node, path = todo.pop()
            if self.fact[node] == fact:
                return node, path
            if node not in seen:
                seen.add(node)
                todo.extend(
                    (branch, {**path, self.fact[node]: case}) for case, branch in enumerate(self.branches[node])
                )
        return None

    def parting(self, one: int, two: int) -> dict[int, int]:
        """Cases after which two different nodes come to different results."""
        todo: list[tuple[int, int, dict[int, int]]] = [(one, two, {})]
        while todo:
            a, b, path = todo.pop()
            if a == b:
                continue
            facts = [fact for fact in (self.fact[a], self.fact[b]) if fact >= 0]
            if not facts:
                return path
            fact = min(facts)
            for case in range(len(self.branches[a if self.fact[a] == fact else b])):
                todo.append((self._step(a, fact, case), self._step(b, fact, case), {**path, fact: case}))
        raise ValueError("the two nodes are one")

    def _step(self, node: int, fact: int, case: int) -> int:
        return self.branches[node][case] if self.fact[node] == fact else node

    def telling(self) -> dict[int, float]:
        """How much each fact tells, between 0 and 1: how often it is met on the way down, times how far apart its branches lie.

        Results stand in a meaningful order (levels do; routes nearly), so the distance is that of their mean numbers. No view is
        taken of any person: this only orders questions that all matter.
        """
        mean, met = self._mean(), self._met()
        found: dict[int, float] = {}
        for node in range(self._table.results, len(self.fact)):
            ends = [mean[branch] for branch in self.branches[node]]
            found[self.fact[node]] = found.get(self.fact[node], 0.0) + met[node] * (max(ends) - min(ends))
        return found

    def _mean(self) -> list[float]:
        """For each node, the mean number of its results, from 0 to 1, all cases being equally likely."""
        count = self._table.results
        mean = [number / (count - 1) for number in range(count)]
        for branches in self.branches[count:]:
            mean.append(sum([mean[branch] for branch in branches]) / len(branches))
        return mean

    def _met(self) -> list[float]:
        """For each node, the share of situations whose way down meets it, all cases being equally likely."""
        share = [0.0] * len(self.fact)
        share[self.root] = 1.0
        for node in range(len(self.fact) - 1, self._table.results - 1, -1):  # parents come after their branches
            part = share[node] / len(self.branches[node])
            for branch in self.branches[node]:
                share[branch] += part
        return share


def flatten(diagram: Diagram, results: Sequence[Ref], numbers: Mapping[str, int]) -> Table:
    """The table of diagrams that exclude each other: result i where the i-th holds."""
    table = Table(len(results))
    seen: dict[tuple[Ref, ...], int] = {}

    def flat(refs: tuple[Ref, ...]) -> int:
        if refs not in seen:
            fact = diagram.top_fact(refs)
            seen[refs] = branch(refs, fact) if fact else end(refs)
        return seen[refs]

    def branch(refs: tuple[Ref, ...], fact: str) -> int:
        cases = zip(*[diagram.stepped(ref, fact) for ref in refs], strict=True)
        return table.node(numbers[fact], tuple([flat(case) for case in cases]))

    def end(refs: tuple[Ref, ...]) -> int:
        return refs.index(diagram.yes) if diagram.yes in refs else table.results - 1

    table.root = flat(tuple(results))
    return table


def choose(by: Table, tables: Sequence[Table]) -> Table:
    """The table that first reads `by`, then whichever of `tables` that says (the last for no result)."""
    table = Table(tables[0].results - 1)
    seen: dict[tuple[int, tuple[int, ...]], int] = {}
    dropped = -1

    def chosen(node: int, nodes: tuple[int, ...]) -> int:
        live = tuple(inner if by.reached[node] >> i & 1 else dropped for i, inner in enumerate(nodes))
        if (node, live) not in seen:
            seen[node, live] = branch(node, live)
        return seen[node, live]

    def branch(node: int, nodes: tuple[int, ...]) -> int:
        facts = [
            inner_fact
            for i, inner in enumerate(nodes)
            if inner != dropped and (inner_fact := tables[i].fact[inner]) >= 0
        ]
        if by.fact[node] >= 0:
            facts.append(by.fact[node])
        if not facts:
            return nodes[node]
        fact = min(facts)
        owner = (
            by.branches[node]
            if by.fact[node] == fact
            else next(t.branches[n] for t, n in zip(tables, nodes, strict=True) if n != dropped and t.fact[n] == fact)
        )
        return table.node(
            fact,
            tuple(
                chosen(
                    _step(by, node, fact, case),
                    tuple(n if n == dropped else _step(t, n, fact, case) for t, n in zip(tables, nodes, strict=True)),
                )
                for case in range(len(owner))
            ),
        )

    table.root = chosen(by.root, tuple(inner.root for inner in tables))
    return table


def _step(table: Table, node: int, fact: int, case: int) -> int:
    return table.branches[node][case] if table.fact[node] == fact else node
