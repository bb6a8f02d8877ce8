"""The days by which the pack's own time limits end, once the event that starts them has come.

Nothing here holds a number: every limit, its unit and its clause come from the pack that is in force for the authority.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, cast

from dateutil.relativedelta import relativedelta

from triage.ports import WorkingDays

TimeLimit = Mapping[str, Any]
"""A time limit of the pack as plain data, as it is kept with a proposal: see `policies.engine.Clock.as_data`."""

BEGINS_WITH_THE_WORK = frozenset({"allocation", "service_start", "plan_start", "first_home_visit"})
"""Events that come with the worker or after. Of a later one the day is not known: counted from the worker, it ends too soon."""
BEGINS_AT_THE_DOOR = frozenset({"request_received", "homelessness_known"})
"""Events that are the arrival of the request."""
COMES_LATER = frozenset({"plan_start", "first_home_visit"})
DATED = frozenset({"days", "working_days", "weeks", "months", "years"})
"""Units that a calendar can count; sessions are counted by who holds them."""


@dataclass(frozen=True, slots=True)
class Due:
    """Something by a day. `source` and `clause`: where the limit stands."""

    kind: str
    what: str
    on: date
    source: str
    clause: str


def at_the_door(limits: Iterable[TimeLimit], received: date, calendar: WorkingDays) -> tuple[Due, ...]:
    """What the arrival of a request starts, soonest first."""
    return _dues(limits, BEGINS_AT_THE_DOOR, received, calendar)


def with_the_work(limits: Iterable[TimeLimit], began: date, calendar: WorkingDays) -> tuple[Due, ...]:
    """What is due once a worker has it, soonest first."""
    return _dues(limits, BEGINS_WITH_THE_WORK, began, calendar)


def with_the_step(limits: Iterable[TimeLimit], step: str, on: date, calendar: WorkingDays) -> tuple[Due, ...]:
    """What a step up or down starts ("step_up", "step_down"), soonest first."""
    return tuple(replace(due, kind="step_clock") for due in _dues(limits, frozenset({step}), on, calendar))


def _dues(limits: Iterable[TimeLimit], events: frozenset[str], start: date, calendar: WorkingDays) -> tuple[Due, ...]:
    running = [limit for limit in limits if limit.get("starts") in events and limit.get("unit") in DATED]
    dues = [due for limit in running for due in _of(limit, start, calendar)]
    return tuple(sorted(dues, key=lambda due: due.on))


def _of(limit: TimeLimit, start: date, calendar: WorkingDays) -> Iterable[Due]:
    """One due for each of several times ("each 3, 6, 9, 12 months"), else one for the longest that the limit allows."""
    for number in limit.get("each") or _longest(limit):
        on = _day(start, int(number), limit["unit"], calendar)
        yield Due(_kind(limit), _words(limit, number), on, limit["source"], limit["clause"])


def _longest(limit: TimeLimit) -> list[Any]:
    """One number; none where an older version kept the limit without one: what cannot be read may stop no other clock."""
    return [limit[end] for end in ("limit", "at_most", "at_least") if limit.get(end) is not None][:1]


def _day(start: date, number: int, unit: str, calendar: WorkingDays) -> date:
    """A limit is never passed: where it ends on a day off, what is due is due on the working day before.

    What is due on the very day stays there, days off included (a homeless 16 or 17 year old is seen on that day).
    """
    if unit == "working_days":
        return calendar.after(start, number)
    end = start + relativedelta(**cast(Any, {unit: number}))
    while end > start and not calendar.is_working_day(end):
        end -= timedelta(days=1)
    return end


def _kind(limit: TimeLimit) -> str:
    return "review" if "review" in limit["what"].lower() else "time_limit"


def _words(limit: TimeLimit, number: Any) -> str:
    """What, and how long; several limits of one name are told apart by it."""
    unit = limit["unit"].replace("_", " ")
    lowest = (
        f"{limit['at_least']} to " if limit.get("at_least") is not None and limit.get("at_most") is not None else ""
    )
    since = f" from {limit['starts'].replace('_', ' ')}, counted from today" if limit["starts"] in COMES_LATER else ""
    return f"{limit['what']}: {lowest}{number} {unit}{since}"
