"""Why a fact matters: two situations that differ only in it and come to different results."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from policies.engine.compiled import Compiled
from policies.engine.packs import Pack
from policies.engine.table import Reduced
from policies.engine.vocabulary import Known, Value


@dataclass(frozen=True, slots=True)
class Witness:
    """All but one fact are the same; `results` gives, for two values of that one, what each comes to."""

    fact: str
    same: Mapping[str, Value]
    results: tuple[tuple[Value, Mapping[str, Any]], tuple[Value, Mapping[str, Any]]]

    def as_data(self) -> dict[str, Any]:
        return {
            "fact": self.fact,
            "same": dict(self.same),
            "results": [{"value": value, **result} for value, result in self.results],
        }


def witness(pack: Pack, known: Known, fact: str, *, on: date) -> Witness | None:
    """The pair, or None where the fact cannot change level, route, offer or consent outcome any more."""
    decider = pack.decider(on)
    compiled = decider.compiled
    pack.vocabulary.fact(fact)
    coded = decider.open(pack.vocabulary.checked(known))
    number = compiled.numbers.get(fact)
    for table in compiled.outcome_tables if number is not None else ():
        assert number is not None
        found = _pair(table.under(coded.codes, coded.mask), number)
        if found is not None:
            return _told(pack, known, compiled, number, found, on)
    return None


def witnesses(pack: Pack, known: Known, questions: Iterable[str], *, on: date) -> list[tuple[str, Witness]]:
    """For each question, the pair of the first fact it settles that can still change the result."""
    found = []
    for question in questions:
        facts = pack.vocabulary.questions[question].settles
        pairs = (witness(pack, known, fact, on=on) for fact in facts if fact not in known)
        found += [(question, pair) for pair in islice(filter(None, pairs), 1)]
    return found


def _pair(table: Reduced, number: int) -> tuple[dict[int, int], tuple[int, int]] | None:
    """The cases of other facts, and two cases of this one that part the result."""
    way = table.way_to(number)
    if way is None:
        return None
    node, path = way
    branches = table.branches[node]
    other = next(case for case, branch in enumerate(branches) if branch != branches[0])
    return path | table.parting(branches[0], branches[other]), (0, other)


def _told(
    pack: Pack, known: Known, compiled: Compiled, number: int, found: tuple[dict[int, int], tuple[int, int]], on: date
) -> Witness:
    path, (one, two) = found
    same = {
        **known,
        **{compiled.variables[fact].fact.name: _value(compiled, fact, case) for fact, case in path.items()},
    }
    name = compiled.variables[number].fact.name

    def result(case: int) -> tuple[Value, dict[str, Any]]:
        value = _value(compiled, number, case)
        said = pack.decide({**same, name: value}, on=on)
        return value, {
            "level": said.level,
            "route": said.route,
            "offer": said.offer,
            "consent": said.consent,
            "duties": list(said.duties),
        }

    return Witness(name, same, (result(one), result(two)))


def _value(compiled: Compiled, fact: int, case: int) -> Value:
    variable = compiled.variables[fact]
    return variable.starts[case] if variable.starts else variable.fact.plain(variable.cases[case])
