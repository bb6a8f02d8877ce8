"""The queue: by urgency, then clock, then age. Filters are links and a plain form; a view is a kept filter."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from urllib.parse import urlencode

from aiohttp import web

from gateway.console import alarm_book, blind, clocks
from gateway.console.reach import reach_of
from gateway.console.visit import NotFound, Route, Visit
from gateway.console.words import LANGUAGES, place_code
from policies.engine.vocabulary import load_vocabulary
from triage.desk import QueueFilter, QueueRow, SavedView
from triage.lifecycle import STATES, open_states
from triage.permissions import Permission, check_request

PAGE = 50
LOUD, MOST_LOUD = ("emergency", "not_taken"), 20  # each in a box of its own; the others are counted and listed
QUIETER = ("unopened", "overdue")
FILTERS = (
    "state",
    "authority",
    "locality",
    "route",
    "level",
    "channel",
    "language",
    "consent",
    "who",
    "late",
    "new",
    "q",
)
SORTS = {"urgency": "Urgency", "due": "Due", "age": "Oldest first", "newest": "Newest first", "reference": "Reference"}


def show(visit: Visit) -> web.Response:
    clocks.start_clocks(visit.console)
    chosen = {name: visit.query.get(name, "") for name in (*FILTERS, "sort")}
    chosen["sort"] = chosen["sort"] if chosen["sort"] in SORTS else ""
    number = max(1, _whole(visit.query.get("page", "1")))
    wanted = filter_of(visit, chosen, number)
    reach = reach_of(visit.officer)  # what rings is shown whatever the filter
    with visit.console.units.reading() as unit:
        rows, total = unit.desk.queue.rows(wanted), unit.desk.queue.count(wanted)
        loud = unit.desk.queue.ringing(reach, LOUD, MOST_LOUD)
        ringing = unit.desk.queue.ringing_counts(reach)
        views = unit.desk.saved_views.find(officer_id=visit.officer.id, order="name")
        officers = unit.desk.officers.all()
    return visit.page(
        "queue.html",
        rows=[(row, _masked(visit, row)) for row in rows],
        total=total,
        number=number,
        pages=-(-total // PAGE) or 1,
        chosen=chosen,
        link=lambda **change: _link(chosen, change),
        sorts=SORTS,
        languages=LANGUAGES,
        agreements=_agreements(visit.console.policies_dir / "facts.yml"),
        states=[s for s in STATES if s.name not in ("draft",)],
        loud=loud,
        quieter={kind: ringing[kind] for kind in QUIETER if kind in ringing},
        more_loud=sum(ringing.get(kind, 0) for kind in LOUD) - len(loud),
        views=views,
        officers=officers,
        now=visit.console.now(),
    )


@lru_cache(maxsize=2)
def _agreements(file: Path) -> tuple[str, ...]:
    """Every answer that the vocabulary knows: what can be recorded can be looked for."""
    return load_vocabulary(file).fact("service_agreement").values


def filter_of(visit: Visit, chosen: dict[str, str], number: int) -> QueueFilter:
    officer = visit.officer
    return QueueFilter(
        states=(chosen["state"],) if chosen["state"] else open_states(),
        authorities=_within(officer.authorities, place_code(chosen["authority"])),
        localities=_within(officer.localities, place_code(chosen["locality"])),
        route=chosen["route"],
        level=chosen["level"],
        channel=chosen["channel"],
        language=chosen["language"],
        consent=chosen["consent"],
        assigned_to={"me": officer.id}.get(chosen["who"], chosen["who"]),
        overdue_at=visit.console.now() if chosen["late"] else None,
        unopened=bool(chosen["new"]),
        text=chosen["q"].strip()[:100],
        sort=chosen["sort"] or "urgency",
        hidden=officer.own_family,
        limit=PAGE,
        offset=(number - 1) * PAGE,
    )


def _within(reach: frozenset[str], chosen: str) -> tuple[str, ...]:
    """A filter can only narrow what somebody may reach."""
    if not chosen:
        return tuple(sorted(reach))
    return (chosen,) if not reach or chosen in reach else ("-",)


def _masked(visit: Visit, row: QueueRow) -> bool:
    """A row whose proposal is still hidden must not give it away here."""
    return row.state in open_states() and blind.in_sample(row.id, visit.console.settings.blind_share)


def _link(chosen: dict[str, str], change: dict[str, object]) -> str:
    values = {**chosen, **{k: str(v) for k, v in change.items()}}
    return "/console?" + urlencode({k: v for k, v in values.items() if v})


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 7 else 1


def save_view(visit: Visit) -> web.Response:
    name = visit.form.get("name", "").strip()[:80]
    query = {f: visit.form.get(f, "") for f in (*FILTERS, "sort") if visit.form.get(f)}
    if not name:
        return visit.page("refused.html", status=422, title="Give the view a name", why="A kept view needs a name.")
    view = SavedView(visit.console.ids.new(), visit.officer.id, name, query, visit.console.now())
    with visit.console.units() as unit:
        unit.desk.saved_views.add(view, visit.console.event(visit.actor, "view.saved", f"view:{view.id}"))
        unit.commit()
    return visit.go("/console?" + urlencode(query))


def remove_view(visit: Visit) -> web.Response:
    with visit.console.units() as unit:
        view = unit.desk.saved_views.get(visit.path["view_id"])
        if view is None or view.officer_id != visit.officer.id:
            raise NotFound
        unit.desk.saved_views.remove(view.id, visit.console.event(visit.actor, "view.removed", f"view:{view.id}"))
        unit.commit()
    return visit.go("/console")


def acknowledge(visit: Visit) -> web.Response:
    """Stop one alarm. Whoever stops it takes on looking at the request."""
    with visit.console.units() as unit:
        alarm = unit.desk.alarms.get(visit.path["alarm_id"])
        if alarm is None:
            raise NotFound
        if request := unit.requests.get(alarm.request_id):
            check_request(visit.officer, Permission.ACKNOWLEDGE, request)
        alarm_book.acknowledge(visit, unit, alarm, alarm.kind)
        unit.commit()
    return visit.go(f"/console/requests/{alarm.request_id}")


ROUTES = (
    Route("GET", "", Permission.READ_QUEUE, show),
    Route("POST", "/views", Permission.READ_QUEUE, save_view),
    Route("POST", "/views/{view_id}/remove", Permission.READ_QUEUE, remove_view),
    Route("POST", "/alarms/{alarm_id}/acknowledge", Permission.ACKNOWLEDGE, acknowledge),
)
