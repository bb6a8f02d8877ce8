"""Working days of England, local time, and whether anybody answers the telephone now."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from gateway.calendar import EnglandWorkingDays
from triage.clocks import decide_by, friendly, is_open

CALENDAR = EnglandWorkingDays()
OFFICE = "Monday to Thursday 8.30 to 17.30, Friday 8.30 to 17.00"


@pytest.mark.parametrize(
    ("received", "day"),
    [
        (datetime(2026, 11, 23, 10, tzinfo=UTC), date(2026, 11, 24)),  # Monday: Tuesday
        (datetime(2026, 11, 20, 18, tzinfo=UTC), date(2026, 11, 23)),  # Friday evening: Monday
        (datetime(2026, 11, 21, 10, tzinfo=UTC), date(2026, 11, 23)),  # Saturday: Monday
        (datetime(2026, 12, 24, 18, tzinfo=UTC), date(2026, 12, 29)),  # before Christmas and its substitute day
        (datetime(2026, 6, 30, 23, 30, tzinfo=UTC), date(2026, 7, 2)),  # already Wednesday in London
    ],
)
def test_a_social_worker_decides_by_the_end_of_the_next_working_day(received: datetime, day: date) -> None:
    assert decide_by("mash_referral", received, CALENDAR) == day


@pytest.mark.parametrize(
    ("at", "opened"),
    [
        (datetime(2026, 11, 23, 10, tzinfo=UTC), True),
        (datetime(2026, 11, 23, 8, 29, tzinfo=UTC), False),
        (datetime(2026, 11, 27, 17, 15, tzinfo=UTC), False),  # Friday closes earlier
        (datetime(2026, 11, 22, 12, tzinfo=UTC), False),  # Sunday
        (datetime(2026, 12, 25, 12, tzinfo=UTC), False),  # Christmas Day, a Friday
        (datetime(2026, 7, 1, 7, 45, tzinfo=UTC), True),  # a quarter to nine in British summer time
    ],
)
def test_a_front_door_is_open_in_its_hours_on_working_days(at: datetime, opened: bool) -> None:
    assert is_open(OFFICE, at, CALENDAR) is opened


def test_one_that_always_answers_is_always_open() -> None:
    assert is_open("always", datetime(2026, 12, 25, 3, tzinfo=UTC), CALENDAR) is True


def test_hours_that_cannot_be_read_are_unknown_and_not_closed() -> None:
    assert is_open("see their page", datetime(2026, 11, 23, 10, tzinfo=UTC), CALENDAR) is None


def test_a_day_is_said_the_way_people_say_it() -> None:
    assert friendly(date(2026, 12, 1)) == "Tuesday 1 December"
