"""Compare two versions: the situations in which they differ, one example for every kind of change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policies.engine.compiled import Compiled
from policies.engine.decide import Decider
from policies.engine.table import Table
from policies.engine.variables import Variable, variables_of
from policies.engine.vocabulary import LEVELS, ROUTES, Value


@dataclass(frozen=True, slots=True)
class Change:
    """Where one version says `before` and the other `after`. `situation`: the facts that make it so; others do not matter."""

    of: str
    before: str
    after: str
    situation: dict[str, Value]


def compare(one: Decider, two: Decider) -> list[Change]:
    """Every kind of change of level, route, offer and consent outcome, exactly: none is left out, none is imagined."""
    conditions = [*one.compiled.edition.holds.values(), *two.compiled.edition.holds.values()]
    variables = variables_of(one.compiled.edition.vocabulary, conditions)
    a, b = (Compiled(side.compiled.edition, one.compiled.forest, variables) for side in (one, two))
    pairs = (
        ("level", a.level_table, b.level_table, LEVELS, LEVELS),
        ("route", a.route_table, b.route_table, ROUTES, ROUTES),
        ("offer", a.offer_table, b.offer_table, a.edition.offers, b.edition.offers),
        ("consent", a.consent_table, b.consent_table, a.edition.consent_outcomes, b.edition.consent_outcomes),
    )
    return [
        change
        for of, left, right, names, others in pairs
        for change in _changes(of, left, right, names, others, variables)
    ]


def _changes(
    of: str, left: Table, right: Table, names: Sequence[str], others: Sequence[str], variables: Sequence[Variable]
) -> Iterator[Change]:
    """Walks both tables together; the first way to each pair of different results is its example."""
    seen: set[tuple[int, int]] = set()
    met: set[tuple[str, str]] = set()
    todo: list[tuple[int, int, tuple[tuple[int, int], ...]]] = [(left.root, right.root, ())]
    while todo:
        a, b, path = todo.pop()
        if (a, b) in seen:
            continue
        seen.add((a, b))
        facts = [fact for fact in (left.fact[a], right.fact[b]) if fact >= 0]
        if facts:
            fact = min(facts)
            for case in reversed(range(len(variables[fact].cases))):
                step = (
                    left.branches[a][case] if left.fact[a] == fact else a,
                    right.branches[b][case] if right.fact[b] == fact else b,
                )
                todo.append((*step, (*path, (fact, case))))
            continue
        before, after = _result(names, a), _result(others, b)
        if before != after and (before, after) not in met:
            met.add((before, after))
            yield Change(
                of, before, after, {variables[fact].fact.name: _value(variables[fact], case) for fact, case in path}
            )


def _result(names: Sequence[str], node: int) -> str:
    return names[node] if node < len(names) else "none"


def _value(variable: Variable, case: int) -> Value:
    return variable.starts[case] if variable.starts else variable.fact.plain(variable.cases[case])
