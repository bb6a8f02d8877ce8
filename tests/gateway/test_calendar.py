"""Working days of England: weekends, Easter, Christmas that falls on a weekend, and the night the clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.calendar import EnglandWorkingDays, end_of, local_day

CALENDAR = EnglandWorkingDays()
days = st.dates(date(2024, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(("start", "working_days", "expected"), [
    (date(2024, 3, 28), 1, date(2024, 4, 2)),  # over Easter
    (date(2025, 4, 17), 1, date(2025, 4, 22)),
    (date(2025, 12, 24), 1, date(2025, 12, 29)),
    (date(2026, 4, 2), 1, date(2026, 4, 7)),
    (date(2026, 12, 24), 1, date(2026, 12, 29)),  # Boxing Day on a Saturday: Monday instead
    (date(2027, 12, 24), 1, date(2027, 12, 29)),  # Christmas on a Saturday: Monday and Tuesday instead
    (date(2028, 12, 29), 1, date(2029, 1, 2)),
    (date(2028, 4, 13), 1, date(2028, 4, 18)),
    (date(2030, 5, 3), 1, date(2030, 5, 7)),
    (date(2026, 11, 20), 1, date(2026, 11, 23)),  # Friday
    (date(2026, 11, 21), 1, date(2026, 11, 23)),  # Saturday: the first working day after it
    (date(2026, 11, 21), 0, date(2026, 11, 23)),
    (date(2026, 11, 20), 0, date(2026, 11, 20)),
    (date(2026, 11, 20), 45, date(2027, 1, 27)),
])  # fmt: skip
def test_day_nought_is_the_day_of_receipt(start, working_days, expected):
    assert CALENDAR.after(start, working_days) == expected


@given(start=days, ahead=st.integers(0, 70))
def test_a_due_day_is_a_working_day_and_that_many_ahead(start, ahead):
    due = CALENDAR.after(start, ahead)
    assert CALENDAR.is_working_day(due)
    if CALENDAR.is_working_day(start):
        assert CALENDAR.between(start, due) == ahead


@given(start=days, ahead=st.integers(0, 60))
def test_more_days_are_never_earlier(start, ahead):
    assert CALENDAR.after(start, ahead) <= CALENDAR.after(start, ahead + 1)


def test_days_cannot_be_counted_backwards():
    with pytest.raises(ValueError, match="must not be negative"):
        CALENDAR.after(date(2026, 1, 1), -1)


def test_a_message_after_midnight_in_summer_belongs_to_the_day_on_the_wall():
    assert local_day(datetime(2026, 6, 1, 23, 30, tzinfo=UTC)) == date(2026, 6, 2)
    assert local_day(datetime(2026, 12, 1, 23, 30, tzinfo=UTC)) == date(2026, 12, 1)


def test_the_end_of_the_day_moves_with_the_clock_change():
    last_summer_night, first_winter_night = end_of(date(2026, 10, 24)), end_of(date(2026, 10, 25))
    assert first_winter_night - last_summer_night == timedelta(days=1), "the same wall clock"
    assert first_winter_night.astimezone(UTC) - last_summer_night.astimezone(UTC) == timedelta(hours=25)
