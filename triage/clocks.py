"""When something happens, said in working days of England and in local time (law.md T01, T11, T12)."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from triage.ports import WorkingDays
from triage.request import Route

LONDON = ZoneInfo("Europe/London")
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

DECIDE_WITHIN: dict[str, int] = {Route.MASH_REFERRAL: 1, Route.EMERGENCY: 0, Route.EXISTING_WORKER: 1}
"""Working days within which a person decides what to do (T01). Day 0 is the day received."""

SPAN = re.compile(
    r"(?P<first>[a-z]+day)(?:\s+to\s+(?P<last>[a-z]+day))?\s+(?P<opens>\d{1,2}[.:]\d{2})\s+to\s+(?P<closes>\d{1,2}[.:]\d{2})",
    re.I,
)


def decide_by(route: str, received: datetime, calendar: WorkingDays) -> date:
    """The day by which a person decides; a request that came in on a day off counts from the next working day."""
    return calendar.after(received.astimezone(LONDON).date(), DECIDE_WITHIN.get(route, 1))


def friendly(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B}"


def is_open(hours: str, at: datetime, calendar: WorkingDays) -> bool | None:
    """Whether a front door with these hours answers now; None where the hours cannot be read."""
    if hours.strip().casefold() == "always":
        return True
    local = at.astimezone(LONDON)
    spans = [_covers(match, local) for match in SPAN.finditer(hours)]
    if not spans:
        return None
    return calendar.is_working_day(local.date()) and any(spans)


def _covers(span: re.Match[str], local: datetime) -> bool:
    first = DAYS.index(span["first"].casefold())
    last = DAYS.index((span["last"] or span["first"]).casefold())
    return first <= local.weekday() <= last and _time(span["opens"]) <= local.time() < _time(span["closes"])


def _time(text: str) -> time:
    hour, minute = re.split(r"[.:]", text)
    return time(int(hour), int(minute))
