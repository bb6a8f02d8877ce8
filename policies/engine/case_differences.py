"""Where an example case comes out otherwise than it should, in words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

Outcome = Mapping[str, str | tuple[str, ...]]
HOLDS, HOLDS_NOT = "holds", "not"


def differences(expected: Outcome, got: Outcome, names: Collection[str]) -> Iterator[str]:
    """Every difference. `names`: of all entries that there are, so that a misspelt one is never taken for one that fails."""
    for key, value in expected.items():
        if key in (HOLDS, HOLDS_NOT):
            yield from _named(key, value, _standing(got), names)
        else:
            yield from _difference(key, value, got[key])


def _standing(got: Outcome) -> set[str]:
    """The names of all rules, offers and services that hold."""
    lists = ("rules", "also", "flags", "duties")
    return {str(got["offer"]), *(name for key in lists for name in got[key])}


def _named(key: str, wanted: Collection[str], standing: set[str], names: Collection[str]) -> Iterator[str]:
    for name in wanted:
        if name not in names:
            yield f"{key} names {name}, which no pack here has"
        elif (name in standing) is (key == HOLDS_NOT):
            yield f"{name} should{' not' if key == HOLDS_NOT else ''} hold"


def _difference(key: str, expected: str | tuple[str, ...], found: str | tuple[str, ...]) -> Iterator[str]:
    if isinstance(expected, str) or isinstance(found, str):
        if expected != found:
            yield f"{key} is {found}, not {expected}"
    elif key == "could_be":  # in order, and few: shown whole
        if expected != found:
            yield f"could_be is {', '.join(found)}, not {', '.join(expected)}"
    else:
        yield from _set_difference(key, set(expected), set(found))


def _set_difference(key: str, expected: set[str], found: set[str]) -> Iterator[str]:
    if expected - found:
        yield f"{key} should also hold {', '.join(sorted(expected - found))}"
    if found - expected:
        yield f"{key} should not hold {', '.join(sorted(found - expected))}"
