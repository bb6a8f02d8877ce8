"""Remembering a decision changes nothing but how often it is worked out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from actions.remembering import RememberingPolicy

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


class Counting:
    """A pack that decides by repeating what it was given, and counts."""

    name, version = "warwickshire", "2018.2"

    def __init__(self) -> None:
        self.decided = 0

    def decide(self, known: Mapping[str, Any], *, on: date) -> Any:
        self.decided += 1
        return dict(known), on

    def ask(self, known: Mapping[str, Any], *, on: date, audience: str, never: Iterable[str] = ()) -> list[str]:
        return [audience, *never]


def test_the_same_facts_on_the_same_day_are_decided_once() -> None:
    pack = Counting()
    policy = RememberingPolicy(pack)
    first = policy.decide({"neglect": True, "youngest_age": 7}, on=MONDAY)
    assert policy.decide({"youngest_age": 7, "neglect": True}, on=MONDAY) is first
    assert (first, pack.decided) == (({"neglect": True, "youngest_age": 7}, MONDAY), 1)


def test_another_fact_another_value_or_another_day_is_decided_anew() -> None:
    pack = Counting()
    policy = RememberingPolicy(pack)
    for known, day in (
        ({"neglect": True}, MONDAY),
        ({"neglect": False}, MONDAY),
        ({}, MONDAY),
        ({"neglect": True}, TUESDAY),
    ):
        assert policy.decide(known, on=day) == (known, day)
    assert pack.decided == 4


def test_yes_is_not_the_number_one() -> None:
    policy = RememberingPolicy(Counting())
    assert policy.decide({"fact": 1}, on=MONDAY)[0]["fact"] is not True
    assert policy.decide({"fact": True}, on=MONDAY)[0]["fact"] is True


def test_questions_are_asked_of_the_pack_itself() -> None:
    assert RememberingPolicy(Counting()).ask({}, on=MONDAY, audience="family", never=["place"]) == ["family", "place"]
