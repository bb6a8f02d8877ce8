"""Three-valued reading of one condition: True, False, or None where what is known does not settle it (Kleene)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from policies.engine.conditions import All, Any, AtLeast, Between, Condition, FlagUp, Is, Not, Outcome

Truth = bool | None


@dataclass(frozen=True, slots=True)
class View:
    """What is known: facts with their values, flags with their truth, and which outcomes are still possible."""

    facts: Mapping[str, str | int]
    flags: Mapping[str, Truth]
    outcomes: Mapping[str, frozenset[str]]


def truth(condition: Condition, view: View) -> Truth:
    """Whether the condition holds, does not, or cannot be told yet."""
    match condition:
        case Is(fact, values):
            value = view.facts.get(fact)
            return None if value is None else value in values
        case All(parts):
            return _all(parts, view)
        case Any(parts):
            return _any(parts, view)
        case Not(part):
            inner = truth(part, view)
            return None if inner is None else not inner
        case Between(fact, least, most):
            number = view.facts.get(fact)
            return None if number is None else least <= int(number) <= most
        case Outcome(of, values):
            possible = view.outcomes[of]
            return True if possible <= values else None if possible & values else False
        case FlagUp(flag):
            return view.flags.get(flag, False)
        case AtLeast(count, parts):
            return _at_least(count, [truth(part, view) for part in parts])


def _all(parts: Sequence[Condition], view: View) -> Truth:
    found: Truth = True
    for part in parts:
        one = truth(part, view)
        if one is False:
            return False
        if one is None:
            found = None
    return found


def _any(parts: Sequence[Condition], view: View) -> Truth:
    found: Truth = False
    for part in parts:
        one = truth(part, view)
        if one is True:
            return True
        if one is None:
            found = None
    return found


def _at_least(count: int, parts: Sequence[Truth]) -> Truth:
    certain = sum(part is True for part in parts)
    if certain >= count:
        return True
    return None if certain + sum(part is None for part in parts) >= count else False
