"""Many situations decided at once: one whole number for each case of each fact, with one bit for each situation.

The tables are walked once for all situations together instead of once for each: a node hands every branch the situations that go
that way. Nothing is remembered between situations, so that it does not matter how often they repeat.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import compress

from policies.engine.coding import Coder
from policies.engine.compiled import Compiled
from policies.engine.errors import NotAFact
from policies.engine.table import Table
from policies.engine.vocabulary import LEVELS, ROUTES, Value, Vocabulary

_YES = ord("1")
_TO_BITS = bytes.maketrans(b"01", b"\0\1")
Column = tuple[int, int]  # number of the fact, number of its case


class Bulk:
    """Level and route of many situations under one edition, as `Decider.level_and_route` gives them for one."""

    def __init__(self, compiled: Compiled, vocabulary: Vocabulary) -> None:
        self._compiled, self._vocabulary, self._coder = compiled, vocabulary, Coder(compiled)

    def levels_and_routes(self, situations: Sequence[Mapping[str, Value]]) -> list[tuple[str, str] | NotAFact]:
        """In order. A situation that cannot be has the error that says why in its place."""
        sheet = _Sheet(len(situations), self._column)
        wrong = {place: error for place, facts in enumerate(situations) if (error := sheet.note(place, facts))}
        answers = _Answers(len(situations), sheet.columns)
        level, route = self._compiled.level_table, self._compiled.route_table
        levels = _first(answers.down(level, self._coder.cautious.codes), answers, LEVELS)
        routes = _first(answers.down(route, self._coder.standing.codes), answers, (*ROUTES, "none"))
        return [wrong.get(place) or both for place, both in enumerate(zip(levels, routes, strict=True))]

    def _column(self, name: str, value: Value) -> Column | None:
        """Where the answer is noted; None where this edition does not rest on its fact. Raises NotAFact."""
        coded = self._coder.code({name: self._vocabulary.fact(name).coded(value)})
        return next(iter(coded.codes.items()), None)


class _Sheet:
    """For each case of each fact, a one in the place of every situation of which it was said."""

    def __init__(self, count: int, column: Callable[[str, Value], Column | None]) -> None:
        self._count, self._column = count, column
        self.columns: dict[Column, bytearray] = {}
        self._idle = self._blank()  # for facts that no rule rests on
        self._noted: dict[type, dict[str, dict[Value, bytearray]]] = {bool: {}, int: {}, str: {}}

    def _blank(self) -> bytearray:
        return bytearray(b"0") * self._count

    def note(self, place: int, facts: Mapping[str, Value]) -> NotAFact | None:
        """Notes what was said of the situation in that place. What is wrong with it, if something is."""
        noted = self._noted  # by type first: to Python True is 1; to a pack it is not
        try:
            for name, value in facts.items():
                noted[value.__class__][name][value][place] = _YES
        except (KeyError, TypeError):
            return self._note_new(place, facts)
        return None

    def _note_new(self, place: int, facts: Mapping[str, Value]) -> NotAFact | None:
        """The same, for answers that were not met before."""
        try:
            for name, value in facts.items():
                column = self._column(name, value)
                places = self._idle if column is None else self.columns.setdefault(column, self._blank())
                self._noted[value.__class__].setdefault(name, {})[value] = places
                places[place] = _YES
        except NotAFact as error:
            return error
        return None


class _Answers:
    """What was said of a number of situations, as whole numbers. The first situation is the highest bit."""

    def __init__(self, count: int, said: Mapping[Column, bytearray]) -> None:
        self.count, self.all = count, (1 << count) - 1
        self._said: dict[int, dict[int, int]] = {}
        for (fact, case), places in said.items():
            self._said.setdefault(fact, {})[case] = int(bytes(places), 2)

    def down(self, table: Table, presumed: Mapping[int, int]) -> list[int]:
        """For each result, the situations that can come to it. What is not said counts as presumed, or as every case."""
        reach = [0] * len(table.fact)
        reach[table.root] = self.all
        ways: dict[int, list[int]] = {}
        for node in range(len(table.fact) - 1, table.results - 1, -1):  # parents come after their branches
            here = reach[node]
            if here:
                fact, branches = table.fact[node], table.branches[node]
                if fact not in ways:
                    ways[fact] = self._ways(fact, len(branches), presumed.get(fact))
                for branch, way in zip(branches, ways[fact], strict=True):
                    reach[branch] |= here & way
        return reach[: table.results]

    def _ways(self, fact: int, cases: int, presumed: int | None) -> list[int]:
        """For each case of the fact, the situations that go that way."""
        said = self._said.get(fact, {})
        unknown = self.all
        for places in said.values():
            unknown &= ~places
        return [said.get(case, 0) | (unknown if presumed is None or presumed == case else 0) for case in range(cases)]


def _first(results: Sequence[int], answers: _Answers, names: Sequence[str]) -> list[str]:
    """For each situation, the name of the first result that it can come to."""
    found = [names[-1]] * answers.count
    left = answers.all
    for name, places in zip(names, results, strict=False):
        bits = f"{places & left:0{answers.count}b}".encode().translate(_TO_BITS)
        for place in compress(range(answers.count), bits):
            found[place] = name
        left &= ~places
    return found
