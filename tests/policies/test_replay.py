"""Replay in bulk says of every request what deciding it by itself would say, in order, and names what it refuses."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from policies.engine import NoPackInForce, NotAFact, PolicySet
from policies.engine.replay import AT_ONCE, Moved, Movements, Refused, Replay, Stored
from tests.policies.conftest import DAY
from tests.policies.test_ask import random_situation

NAMES = (
    "england@2016.1",
    "warwickshire@2016.1",
    "warwickshire@2018.1",
    "wiltshire@2018.1",
    "leicestershire@2022.1",
    "exampleshire@2026.1",
)


@pytest.mark.parametrize("name", NAMES)
def test_a_thousand_at_once_come_out_as_each_by_itself(real: PolicySet, name: str) -> None:
    pack, chance = real.named(name), random.Random(name)
    first = pack.text.in_force_from
    days = [first + timedelta(days=chance.randint(0, 4_000)) for _ in range(1_000)]
    stored = [Stored(str(i), random_situation(real, chance), day) for i, day in enumerate(days)]
    for request, moved in zip(stored, Replay(pack, real.vocabulary).over(stored), strict=True):
        alone = pack.decider(request.on).level_and_route(real.vocabulary.checked(request.facts))
        assert isinstance(moved, Moved)
        assert moved.stored is request
        assert (moved.level, moved.route) == alone


def test_the_order_is_kept_over_more_than_one_batch(small: PolicySet) -> None:
    pack = small.named("county@2025.1")
    stored = [Stored(str(i), {"danger_now": i % 3 == 0}, date(2025, 6, 1)) for i in range(AT_ONCE + 7)]
    moved = list(Replay(pack, small.vocabulary).over(stored))
    assert [one.stored.id for one in moved] == [one.id for one in stored]
    assert {isinstance(one, Moved) and one.level for one in moved[::3]} == {"immediate_danger"}
    assert isinstance(moved[1], Moved)
    assert moved[1].level != "immediate_danger"


@pytest.mark.parametrize(
    ("facts", "on", "why"),
    [
        ({"shoe_size": 3}, DAY, NotAFact),
        ({"danger_now": 1}, DAY, NotAFact),  # one is not yes
        ({"age": True}, DAY, NotAFact),  # and yes is not one
        ({}, date(2019, 1, 1), NoPackInForce),
    ],
)
def test_what_cannot_be_decided_is_refused_and_the_rest_goes_on(
    small: PolicySet, facts: dict[str, bool | int | str], on: date, why: type
) -> None:
    around = Stored("fine", {"danger_now": True, "age": 1}, DAY)
    before, wrong, after = Replay(small.named("county@2024.1"), small.vocabulary).over(
        [around, Stored("wrong", facts, on), around]
    )
    assert isinstance(wrong, Refused)
    assert isinstance(wrong.why, why)
    assert isinstance(before, Moved)
    assert isinstance(after, Moved)
    assert (before.level, after.level) == ("immediate_danger", "immediate_danger")


def test_movements_count_from_what_to_what() -> None:
    movements = Movements()
    for level in ("targeted", "targeted", "early_help"):
        movements.add(Moved(Stored("1", {}, DAY, "universal", "information"), level, "information"))
    assert movements.levels == {("universal", "targeted"): 2, ("universal", "early_help"): 1}
    assert movements.routes == {("information", "information"): 3}
