"""Whether a condition can only turn from no to yes as one fact worsens: seen from its form alone, without any diagram."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from policies.engine.conditions import All, Any, AtLeast, Between, Condition, FlagUp, Is, Not, Outcome
from policies.engine.variables import Variable


def rises(
    condition: Condition,
    variable: Variable,
    worsening: Sequence[int],
    flags: Mapping[str, Condition],
    upwards: bool = True,
) -> bool:
    """True is certain; False means only that the form does not show it. `worsening`: the fact's cases, mildest first."""
    match condition:
        case Is() | Between():
            return condition.fact != variable.fact.name or _leaf_rises(variable.cases_in(condition), worsening, upwards)
        case All(parts) | Any(parts) | AtLeast(_, parts):
            return all(rises(part, variable, worsening, flags, upwards) for part in parts)
        case Not(part):
            return rises(part, variable, worsening, flags, not upwards)
        case FlagUp(flag):
            return flag not in flags or rises(flags[flag], variable, worsening, flags, upwards)
        case Outcome():
            return False


def _leaf_rises(cases: frozenset[int], worsening: Sequence[int], upwards: bool) -> bool:
    """No case that counts is followed by a worse one that does not (or the other way round)."""
    holds = [case in cases for case in worsening]
    return holds == sorted(holds) if upwards else holds == sorted(holds, reverse=True)
