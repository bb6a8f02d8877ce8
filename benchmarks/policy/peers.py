"""The thresholds of an edition for two peers: as rows, as a decision table of zen-engine, and as a chain of ifs."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import combinations
from typing import Any

import zen

from benchmarks.policy.situations import Facts
from policies.engine.conditions import All, AtLeast, Between, Condition, Is, Not
from policies.engine.conditions import Any as AnyOf
from policies.engine.editions import Edition
from policies.engine.entries import Threshold
from policies.engine.vocabulary import LEVELS

Wanted = frozenset[str] | tuple[int, int]
"""Values that fit, or the least and the most of a number."""
Row = dict[str, Wanted]


def table_rows(edition: Edition) -> list[tuple[Row, str]]:
    """Highest level first, so that the first matching row is the highest."""
    thresholds = sorted(edition.of(Threshold), key=lambda rule: -LEVELS.index(rule.level))
    return [(row, rule.level) for rule in thresholds for row in rows(edition.holds[rule.name], True, edition)]


def rows(condition: Condition, positive: bool, edition: Edition) -> list[Row]:
    """The condition as alternatives, each a row of a decision table."""
    match condition:
        case Not(part):
            return rows(part, not positive, edition)
        case Is(fact, values):
            chosen = values if positive else frozenset(edition.vocabulary.facts[fact].values) - values
            return [{fact: chosen}]
        case Between(fact, least, most):
            assert positive, "no threshold of the pack denies a range"
            return [{fact: (least, most)}]
        case AtLeast(count, parts):
            alternatives = AnyOf(tuple(All(some) for some in combinations(parts, count)))
            return rows(alternatives, positive, edition)
        case All(parts) | AnyOf(parts):
            found = [rows(part, positive, edition) for part in parts]
            return crossed(found) if isinstance(condition, All) is positive else [row for part in found for row in part]
    raise ValueError(f"{condition} is not about facts alone")


def crossed(parts: list[list[Row]]) -> list[Row]:
    """Every way to take one alternative of each part; what contradicts itself falls away."""
    found: list[Row] = [{}]
    for alternatives in parts:
        found = [joined for row in found for other in alternatives if (joined := met(row, other)) is not None]
    return found


def met(one: Row, two: Row) -> Row | None:
    """What fits both rows; None where nothing does."""
    joined = dict(one)
    for fact, wanted in two.items():
        mine = joined.get(fact)
        if isinstance(mine, frozenset) and isinstance(wanted, frozenset):
            joined[fact] = mine & wanted
            if not joined[fact]:
                return None
        elif mine is None:
            joined[fact] = wanted
        else:
            raise ValueError("two ranges of one number in one row")
    return joined


def zen_decision(table: list[tuple[Row, str]]) -> Any:
    nodes = [
        _node("in", "inputNode"),
        {**_node("table", "decisionTableNode"), "content": _zen_table(table)},
        _node("out", "outputNode"),
    ]
    edges = [
        {"id": "1", "sourceId": "in", "targetId": "table", "type": "edge"},
        {"id": "2", "sourceId": "table", "targetId": "out", "type": "edge"},
    ]
    return zen.ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))


def _node(name: str, kind: str) -> dict[str, Any]:
    return {"id": name, "type": kind, "name": name, "position": {"x": 0, "y": 0}}


def _zen_table(table: list[tuple[Row, str]]) -> dict[str, Any]:
    """The rows, and a last one for everything else."""
    facts = sorted({fact for row, _ in table for fact in row})
    return {
        "hitPolicy": "first",
        "inputs": [{"id": fact, "name": fact, "field": fact} for fact in facts],
        "outputs": [{"id": "level", "name": "level", "field": "level"}],
        "rules": [
            {"_id": str(i), **{fact: _zen_cell(row.get(fact)) for fact in facts}, "level": json.dumps(level)}
            for i, (row, level) in enumerate([*table, ({}, LEVELS[0])])
        ],
    }


def _zen_cell(wanted: Wanted | None) -> str:
    if wanted is None:
        return ""
    if isinstance(wanted, tuple):
        return f"[{wanted[0]}..{wanted[1]}]"
    return ", ".join(json.dumps(value) for value in sorted(wanted))


def chain_of_ifs(table: list[tuple[Row, str]]) -> Callable[[Facts], str]:
    """A Python function with one `if` a row."""
    lines = ["def level(f):"]
    for row, level in table:
        tests = [_test(fact, wanted) for fact, wanted in row.items()]
        lines.append(f"    if {' and '.join(tests) or 'True'}:\n        return {level!r}")
    lines.append(f"    return {LEVELS[0]!r}")
    space: dict[str, Callable[[Facts], str]] = {}
    exec("\n".join(lines), space)
    return space["level"]


def _test(fact: str, wanted: Wanted) -> str:
    if isinstance(wanted, tuple):
        return f"{wanted[0]} <= f[{fact!r}] <= {wanted[1]}"
    return f"f[{fact!r}] in {set(wanted)!r}"
