"""Oversight: counts with intervals, as pictures, tables and CSV. Nobody's name but officers' own habits."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from aiohttp import web

from gateway.calendar import LONDON
from gateway.console import words
from gateway.console.visit import NotFound, Route, Visit
from gateway.exports.cells import spreadsheet_safe
from triage import indicators, oversight
from triage.desk_ports import DeskUnit
from triage.oversight import Agreement, DecisionLine, GroupLine, RequestLine, Share
from triage.permissions import Permission

DEFAULT_DAYS = 90
Line = TypeVar("Line", DecisionLine, RequestLine)


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    value: float
    shown: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One table, and the picture of its first number. `name` is also the name of its CSV file."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    bars: tuple[Bar, ...]
    note: str = ""

    @property
    def longest(self) -> float:
        return max((bar.value for bar in self.bars), default=0) or 1


@dataclass(frozen=True, slots=True)
class Period:
    since: datetime
    until: datetime


def period(visit: Visit) -> Period:
    today = visit.console.today()
    first = _day(visit.query.get("from", "")) or today - timedelta(days=DEFAULT_DAYS)
    last = _day(visit.query.get("to", "")) or today
    return Period(_midnight(min(first, last)), _midnight(last + timedelta(days=1)))


EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)


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
    return [_indicators(desk), *_judging(decided, seeded), *_flow(sent), *_groups(sent, groups)]


def _counted_over(visit: Visit, unit: DeskUnit, span: Period, sent: Sequence[RequestLine]) -> indicators.Desk:
    """What the sources' indicators count: of the period, of the one before it, and of the desk as it is."""
    before = _within(visit, unit.desk.figures.requests(span.since - (span.until - span.since), span.since))
    return indicators.Desk(
        sent, before, unit.desk.tasks.find(), unit.desk.allocations.find(), unit.desk.sample_reviews.find(),
        unit.desk.trail.doing("request.step_up", "request.step_down", "request.reopen"),
        visit.console.today(), visit.console.now(),
    )  # fmt: skip


def _indicators(desk: indicators.Desk) -> Figure:
    rows = [
        (one.name, _counted(one.now), "" if one.before is None else _counted(one.before), one.printed, one.clause)
        for one in indicators.indicators(desk)
    ]
    rows += [(name, "not counted here", "", why, "") for name, why in indicators.NOT_COUNTED.items()]
    columns = ("Indicator", "This period", "The period before", "What the source printed, or why not", "Clause")
    note = "Every indicator that the sources ask to be reported. Tasks, workers and audits are counted over all authorities."
    return Figure("indicators", "Indicators that the sources name", columns, tuple(rows), (), note)


def _counted(value: Share | int) -> str:
    return _share(value) if isinstance(value, Share) else str(value)


def _within(visit: Visit, lines: Sequence[Line]) -> list[Line]:
    reach = visit.officer.authorities
    return [line for line in lines if not reach or line.authority in reach or line.authority is None]


def _judging(lines: Sequence[DecisionLine], seeded: Mapping[str, str]) -> list[Figure]:
    groups: list[tuple[str, str, Callable[[DecisionLine], Sequence[str]]]] = [
        ("agreement", "Proposal and decision", lambda line: ["all"]),
        (
            "agreement-route",
            "The same, by proposed route",
            lambda line: [words.ROUTES.get(line.proposed_route or "", "none")],
        ),
        ("agreement-rule", "The same, by rule that fired", lambda line: line.rules),
        ("agreement-authority", "The same, by authority", lambda line: [line.authority or "not known"]),
        ("agreement-blind", "The same, by first look", lambda line: ["blind" if line.blind else "proposal shown"]),
    ]
    made = [_agreement(name, title, oversight.agreement_by(lines, key)) for name, title, key in groups]
    return [*made, _habits(lines), _seeded(lines, seeded)]


def _agreement(name: str, title: str, by_group: Mapping[str, Agreement]) -> Figure:
    rows = tuple(
        (group, str(a.same.of), _share(a.same), _share(a.raised), _share(a.lowered), _share(a.rerouted))
        for group, a in by_group.items()
    )
    bars = tuple(Bar(group, a.same.value or 0, _percent(a.same.value)) for group, a in by_group.items())
    columns = ("Group", "Decisions", "Same", "Officer went higher", "Officer went lower", "Same level, other route")
    return Figure(name, title, columns, rows, bars, "Shares with the 95 % interval of Wilson.")


def _habits(lines: Sequence[DecisionLine]) -> Figure:
    found = oversight.habits(lines)
    rows = tuple(
        (h.officer, str(h.decisions), str(h.overrides), _length(h.median_dwell), h.alarm or "none") for h in found
    )
    bars = tuple(Bar(h.officer, h.median_dwell.total_seconds() / 60, _length(h.median_dwell)) for h in found)
    columns = ("Officer", "Decisions", "Overrides", "Median time from opening to decision", "Rubber-stamp alarm")
    return Figure("dwell", "Time on a request, and rubber stamps", columns, rows, bars)


def _seeded(lines: Sequence[DecisionLine], seeded: Mapping[str, str]) -> Figure:
    caught = oversight.seeded_caught(lines, seeded)
    row = (str(len(seeded)), str(caught.of), _share(caught))
    return Figure(
        "seeded",
        "Seeded checks",
        ("Seeded", "Decided", "Caught"),
        (row,),
        (),
        "Caught: decided at the known right level.",
    )


def _flow(lines: Sequence[RequestLine]) -> list[Figure]:
    time = oversight.timeliness(lines)
    timely = (
        ("Decided in time", _share(time.decided_in_time)),
        ("Median to opening", _length(time.median_to_open)),
        ("Median to decision", _length(time.median_to_decide)),
        ("Unopened now", str(time.unopened)),
    )
    bands, again = oversight.re_referrals(lines)
    unmet = [line for line in lines if line.state == "unmet"]
    return [
        _count("demand", "Requests by week sent", lines, lambda r: f"{r.sent_at.isocalendar().year} week {r.sent_at.isocalendar().week:02d}", in_order=True),
        Figure("timeliness", "Timeliness", ("What", "Value"), timely, ()),
        _count("routes", "By proposed or decided route", lines, lambda r: words.ROUTES.get(r.route or "", "not known")),
        _count("levels", "By level", lines, lambda r: words.LEVELS.get(r.level or "", "not known")),
        _bands(bands, again),
        _count("unmet", "Unmet need now, by locality", unmet, lambda r: words.place(r.locality) or None),
        _count("consent", "By agreement to a service", lines, lambda r: words.plain(r.consent)),
        _equity("equity-language", "Decided in time, by language", lines, lambda r: r.language),
        _equity("equity-channel", "Decided in time, by channel", lines, lambda r: r.channel),
        _equity("equity-role", "Decided in time, by who asks", lines, lambda r: words.plain(r.requester_role)),
        _voice(lines),
    ]  # fmt: skip


def _count(name: str, title: str, lines: Sequence[RequestLine], key: Callable[[RequestLine], str | None],
           in_order: bool = False) -> Figure:  # fmt: skip
    found = oversight.counts(lines, key)
    items = sorted(found.items()) if in_order else list(found.items())
    rows = tuple((label, str(number)) for label, number in items)
    return Figure(name, title, ("Group", "Requests"), rows, tuple(Bar(label, n, str(n)) for label, n in items))


def _bands(bands: Mapping[str, int], again: Share) -> Figure:
    rows = tuple((label, str(number)) for label, number in bands.items())
    bars = tuple(Bar(label, number, str(number)) for label, number in bands.items())
    note = f"Requests that share a telephone number, e-mail or name with an earlier one: {_share(again)} of all (S004 3.4)."
    return Figure("re-referrals", "Re-referrals", ("After", "Requests"), rows, bars, note)


def _equity(name: str, title: str, lines: Sequence[RequestLine], key: Callable[[RequestLine], str | None]) -> Figure:
    decided = [line for line in lines if line.decided_at and line.due_at]
    found = oversight.breakdown(decided, key, lambda r: bool(r.decided_at and r.due_at and r.decided_at <= r.due_at))
    rows = tuple((group, _share(share) if share else "fewer than 5: not shown") for group, share in found.items())
    bars = tuple(Bar(group, s.value or 0, _percent(s.value)) for group, s in found.items() if s)
    return Figure(name, title, ("Group", "Share"), rows, bars, "Used to look for differences, never to decide.")


def _groups(lines: Sequence[RequestLine], groups: Mapping[str, Mapping[str, str]]) -> list[Figure]:
    """One figure for each optional question that somebody has answered."""
    return [_group(question, oversight.by_group(lines, answers)) for question, answers in groups.items()]


def _group(question: str, found: Mapping[str, GroupLine]) -> Figure:
    rows = tuple((words.plain(name), *_fared(line)) for name, line in found.items())
    shown = {name: line.in_time for name, line in found.items() if line.in_time is not None}
    bars = tuple(Bar(words.plain(name), s.value or 0, _percent(s.value)) for name, s in shown.items())
    columns = ("Group", "Requests", "Decided in time", "Help proposed or decided")
    note = "Optional answers, never used to decide. Groups under 5 are not shown, nor is what would give them away."
    return Figure(f"group-{question}", f"Decided in time, by {words.plain(question)}", columns, rows, bars, note)


def _fared(line: GroupLine) -> tuple[str, str, str]:
    if line.requests is None or line.in_time is None or line.help_proposed is None:
        return ("not shown",) * 3
    return str(line.requests), _share(line.in_time), _share(line.help_proposed)


def _voice(lines: Sequence[RequestLine]) -> Figure:
    heard = Share(sum(line.has_voice for line in lines), len(lines))
    return Figure(
        "voice", "Child's voice recorded", ("What", "Share"), (("Requests with a child's voice", _share(heard)),), ()
    )


def _share(share: Share) -> str:
    low, high = share.interval
    return (
        f"{_percent(share.value)} ({low:.0%} to {high:.0%}; {share.hits} of {share.of})"
        if share.of
        else "nothing counted"
    )


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{value:.0%}"


def _length(length: timedelta | None) -> str:
    if length is None:
        return "nothing counted"
    minutes = length.total_seconds() / 60
    return f"{minutes:.1f} minutes" if minutes < 120 else f"{minutes / 60:.1f} hours"


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
