"""A condition in words, for the reference pages."""

from __future__ import annotations

from collections.abc import Sequence

from policies.engine.conditions import All, Any, AtLeast, Between, Condition, FlagUp, Is, Not, Outcome
from policies.engine.vocabulary import LEVELS, Vocabulary


def in_words(condition: Condition, vocabulary: Vocabulary) -> str:
    """The condition as one phrase. Brackets keep what belongs together."""
    match condition:
        case All(()):
            return "always"
        case Any(()):
            return "never"
        case All(parts):
            return " and ".join(_part(part, vocabulary) for part in parts)
        case Any(parts):
            return " or ".join(_part(part, vocabulary) for part in parts)
        case AtLeast(count, parts):
            return f"{count} or more of: " + "; ".join(in_words(part, vocabulary) for part in parts)
        case Not(part):
            return f"not {_part(part, vocabulary)}"
        case Between(fact, least, most):
            return (
                f"{_spaced(fact)} is {_range(least, most, vocabulary.facts[fact].least, vocabulary.facts[fact].most)}"
            )
        case Is(fact, values):
            return f"{_spaced(fact)} is {_values(values, vocabulary.facts[fact].values, vocabulary.facts[fact].type == 'band')}"
        case FlagUp(flag):
            return f"the flag *{_spaced(flag)}* is up"
        case Outcome(of, values):
            ordered = LEVELS if of == "level" else tuple(sorted(values))
            return f"{of} is {_values(values, ordered, of == 'level')}"


def _part(part: Condition, vocabulary: Vocabulary) -> str:
    words = in_words(part, vocabulary)
    simple = isinstance(part, Is | Between | FlagUp | Outcome | Not) or part == All(())
    return words if simple else f"({words})"


def _spaced(name: str) -> str:
    return name.replace("_", " ")


def _values(values: frozenset[str], order: Sequence[str], ordered: bool) -> str:
    chosen = [value for value in order if value in values]
    if ordered and len(chosen) > 1 and chosen == list(order[len(order) - len(chosen) :]):
        return f"{_spaced(chosen[0])} or worse"
    return " or ".join(_spaced(value) for value in chosen)


def _range(least: int, most: int, lowest: int, highest: int) -> str:
    if least == most:
        return str(least)
    if most == highest:
        return f"{least} or more"
    return f"{most} or less" if least == lowest else f"{least} to {most}"
