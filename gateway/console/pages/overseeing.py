"""Oversight: counts with intervals, as pictures, tables and CSV. Nobody's name but officers' own habits."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from aiohttp import web

from gateway.calendar import LONDON
from gateway.console.figures.fairness import by_answers
from gateway.console.figures.figure import Figure
from gateway.console.figures.flow import flow
from gateway.console.figures.judging import judging
from gateway.console.figures.named import named_by_the_sources
from gateway.console.visit import NotFound, Route, Visit
from gateway.exports.cells import spreadsheet_safe
from triage import indicators
from triage.desk_ports import DeskUnit
from triage.oversight import DecisionLine, RequestLine
from triage.permissions import Permission

DEFAULT_DAYS = 90
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)
Line = TypeVar("Line", DecisionLine, RequestLine)


@dataclass(frozen=True, slots=True)
class Period:
    since: datetime
    until: datetime


def period(visit: Visit) -> Period:
    today = visit.console.today()
    first = _day(visit.query.get("from", "")) or today - timedelta(days=DEFAULT_DAYS)
    last = _day(visit.query.get("to", "")) or today
    return Period(_midnight(min(first, last)), _midnight(last + timedelta(days=1)))


def _day(text: str) -> date | None:
    try:
        return min(max(date.fromisoformat(text), EARLIEST), LATEST)
    except ValueError:
        return None


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=LONDON)


def figures(visit: Visit) -> list[Figure]:
    span = period(visit)
    with visit.console.units() as unit:
        unit.audit(visit.console.event(visit.actor, "oversight.read", "desk:oversight"))
        unit.commit()
    with visit.console.units.reading() as unit:
        decided = _within(visit, unit.desk.figures.decisions(span.since, span.until))
        sent = _within(visit, unit.desk.figures.requests(span.since, span.until))
        desk = _counted_over(visit, unit, span, sent)
        groups = unit.desk.figures.equality(span.since, span.until)
        seeded = {s.id.removeprefix("seed:"): s.value for s in unit.desk.switches.find() if s.id.startswith("seed:")}
    return [
        named_by_the_sources(desk, visit.console.source_titles),
        *judging(decided, seeded),
        *flow(sent),
        *by_answers(sent, groups),
    ]


def _counted_over(visit: Visit, unit: DeskUnit, span: Period, sent: Sequence[RequestLine]) -> indicators.Desk:
    """What the sources' indicators count: of the period, of the one before it, and of the desk as it is."""
    before = _within(visit, unit.desk.figures.requests(span.since - (span.until - span.since), span.since))
    return indicators.Desk(
        sent, before, unit.desk.tasks.find(), unit.desk.allocations.find(), unit.desk.sample_reviews.find(),
        unit.desk.trail.doing("request.step_up", "request.step_down", "request.reopen"),
        visit.console.today(), visit.console.now(),
    )  # fmt: skip


def _within(visit: Visit, lines: Sequence[Line]) -> list[Line]:
    reach = visit.officer.authorities
    return [line for line in lines if not reach or line.authority in reach or line.authority is None]


def show(visit: Visit) -> web.Response:
    span = period(visit)
    last = (span.until - timedelta(days=1)).date()
    return visit.page("oversight.html", figures=figures(visit), first=span.since.date(), last=last)


def as_csv(visit: Visit) -> web.Response:
    found = next((figure for figure in figures(visit) if figure.name == visit.path["figure"]), None)
    if found is None:
        raise NotFound
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(found.columns)
    writer.writerows([spreadsheet_safe(cell) for cell in row] for row in found.rows)
    headers = {"Content-Disposition": f'attachment; filename="{found.name}.csv"'}
    return web.Response(body=out.getvalue().encode("utf-8-sig"), content_type="text/csv", headers=headers)


ROUTES = (
    Route("GET", "/oversight", Permission.READ_OVERSIGHT, show),
    Route("GET", "/oversight/{figure}.csv", Permission.READ_OVERSIGHT, as_csv),
)
