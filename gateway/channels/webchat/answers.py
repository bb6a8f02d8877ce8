"""Reads a filled-in form by the kinds of its fields (docs/explanation/how-a-turn-works.md). Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from multidict import MultiMapping

from gateway.channels.ticking import NOTHING, ticked

UNSURE = "not_known"
CHOOSING = frozenset({"one", "yes_no"})
PARTS = ("year", "month", "day")

Field = Mapping[str, Any]
Posted = MultiMapping[str]


@dataclass(frozen=True, slots=True)
class Filled:
    """What was filled in, and what is wrong with it in words for the person (field name → words)."""

    answers: Mapping[str, Any] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)


def read(fields: Sequence[Field], posted: Posted) -> Filled:
    answers: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for one in fields:
        value, error = _read_one(one, posted)
        if error:
            errors[one["name"]] = error
        elif value is not None:
            answers[one["name"]] = value
    if fields and not answers and not errors:
        errors[fields[0]["name"]] = NOTHING
    return Filled(answers, errors)


def _read_one(one: Field, posted: Posted) -> tuple[Any, str | None]:
    """(value, what is wrong). An empty field has no value, and that is fine unless it is required."""
    name, kind = f"a.{one['name']}", one.get("kind", "text")
    if posted.get(f"unsure.{one['name']}"):
        return UNSURE, None
    if kind == "many":
        return ticked(one, posted.getall(name, []))
    value, error = _date(name, posted) if kind == "date" else (str(posted.get(name, "")).strip(), None)
    if not value and not error and one.get("required"):
        error = "Choose an answer" if kind in CHOOSING else "Write an answer, or tick “I don’t know”"
    return value or None, error


def _date(name: str, posted: Posted) -> tuple[str, str | None]:
    """A whole date, a month, a year, or words ("in the spring"); the parts win over the words."""
    year, month, day = (str(posted.get(f"{name}.{part}", "")).strip() for part in PARTS)
    about = str(posted.get(f"{name}.about", "")).strip()
    if not (year or month or day):
        return about, None
    try:
        return _iso(year, month, day), None
    except ValueError:
        return "", "Write a real date, like 27 3 2019. A month and year, or only a year, will do"


def _iso(year: str, month: str, day: str) -> str:
    """Raises ValueError where the parts make no date; a day needs its month, a month its year."""
    if len(year) != 4 or (day and not month):
        raise ValueError
    date(int(year), int(month or 1), int(day or 1))
    return "-".join([year, *(f"{int(part):02d}" for part in (month, day) if part)])


def typed(posted: Posted) -> dict[str, list[str]]:
    """Everything as it was typed, to be put back into the form beside its errors."""
    return {name: [v for v in posted.getall(name) if isinstance(v, str)] for name in posted}
