"""The syntax tree of a condition: structured data, never an expression string. Five readings share it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Is:
    """A fact with named values has one of these. `values` keep the text of facts.yml; yes_no facts have "yes" and "no"."""

    fact: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Between:
    """A number fact lies between two whole numbers, both included."""

    fact: str
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class FlagUp:
    """A flag of the pack holds."""

    flag: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """Something that was read earlier (`level`, `consent` or `route`) has one of these values."""

    of: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds; without parts: always."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """One part or more holds; without parts: never."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Condition


@dataclass(frozen=True, slots=True)
class AtLeast:
    """`count` parts or more hold."""

    count: int
    parts: tuple[Condition, ...]


Condition = Is | Between | FlagUp | Outcome | All | Any | Not | AtLeast
Leaf = Is | Between | FlagUp | Outcome
ALWAYS = All(())
NEVER = Any(())


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Every leaf, left to right."""
    match condition:
        case All(parts) | Any(parts) | AtLeast(_, parts):
            for part in parts:
                yield from leaves(part)
        case Not(part):
            yield from leaves(part)
        case Is() | Between() | FlagUp() | Outcome():
            yield condition


def facts_of(condition: Condition) -> frozenset[str]:
    """The facts that the condition names itself (not those behind a flag or an outcome)."""
    return frozenset(leaf.fact for leaf in leaves(condition) if isinstance(leaf, Is | Between))


def unless(condition: Condition, exceptions: tuple[Condition, ...]) -> Condition:
    """The condition, except where one of the exceptions holds."""
    if not exceptions:
        return condition
    return All((condition, Not(Any(exceptions))))
