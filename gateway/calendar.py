"""England working days: the one calendar of the service (law.md T11).

Not Saturday, Sunday or a bank holiday of England. Day 0 is the day of receipt, so "one working
day" ends with the next working day. Dates are local (Europe/London); instants are kept in UTC.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

LONDON = ZoneInfo("Europe/London")
_DAY = timedelta(days=1)


@lru_cache(maxsize=64)
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


class EnglandWorkingDays:
    """Implements `triage.ports.WorkingDays`."""

    def is_working_day(self, day: date) -> bool:
        return day.weekday() < 5 and day not in _bank_holidays(day.year)

    def after(self, start: date, working_days: int) -> date:
        """The working day that is `working_days` after `start`; 0 gives `start` or the next working day."""
        if working_days < 0:
            raise ValueError(f"working_days must not be negative, got {working_days}")
        day, left = start, working_days
        while left or not self.is_working_day(day):
            day += _DAY
            left -= left > 0 and self.is_working_day(day)
        return day

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`."""
        days = (end - start).days
        return sum(self.is_working_day(start + _DAY * n) for n in range(1, days + 1))


def local_day(instant: datetime) -> date:
    """The day on the wall calendar in England on which an aware instant falls."""
    return instant.astimezone(LONDON).date()


def end_of(day: date) -> datetime:
    """The last second of a day in England, as an aware instant."""
    return datetime.combine(day, time(23, 59, 59), LONDON)
