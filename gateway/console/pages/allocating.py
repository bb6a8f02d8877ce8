"""The weekly allocation meeting: what waits in each locality, who has room, in which unit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from aiohttp import web

from gateway.console.offers import offer_proposed, offers_for, time_limits
from gateway.console.pages.steps import add_dues, back, needed, same_version
from gateway.console.reach import reach_of
from gateway.console.visit import NotFound, Route, Visit
from gateway.console.words import cited, place_code
from triage import allocation
from triage.deciding import ChoiceIncomplete
from triage.desk import Allocation, Worker
from triage.desk_ports import DeskUnit
from triage.lifecycle import check_step
from triage.permissions import Permission
from triage.request import RequestForService
from triage.time_limits import with_the_work

WAITING = ("to_allocate", "unmet")
MOST = 500  # on one list


def show(visit: Visit) -> web.Response:
    wanted = reach_of(visit.officer, states=WAITING, limit=MOST)
    with visit.console.units() as unit:
        rows = unit.desk.queue.rows(wanted)
        loads = _loads(unit)
        unit.audit(visit.console.event(visit.actor, "allocation.read", "desk:allocation"))
        unit.commit()
    return visit.page(
        "allocation.html", lists=allocation.weekly_list(rows), loads=loads, teams=allocation.TEAMS,
        meeting=next_meeting(visit), now=visit.console.now(),
    )  # fmt: skip


def next_meeting(visit: Visit) -> date:
    """The meeting is weekly (S001 6.2.2): the next Tuesday that is a working day, or the first one after it."""
    today = visit.console.today()
    return visit.console.calendar.after(today + timedelta(days=(1 - today.weekday()) % 7), 0)


def _loads(unit: DeskUnit) -> tuple[allocation.Load, ...]:
    return allocation.loads(unit.desk.workers.find(active=True), unit.desk.allocations.find(ended_on=None))


def pick(visit: Visit) -> web.Response:
    """The workers with room for one request."""
    with visit.on_request(Permission.ALLOCATE, why="to allocate") as (unit, request):
        loads = allocation.suggestions(_loads(unit), request.locality, len(request.children))
        earlier = unit.desk.allocations.find(request_id=request.id)
    known, offers = {a.worker_id for a in earlier}, offers_for(visit, request)
    return visit.page(
        "allocate.html", request=request, loads=loads, known=known, offers=offers, proposed=offer_proposed(request, offers),
    )  # fmt: skip


def allocate(visit: Visit) -> web.Response:
    worker_id = needed(visit, "worker", "Choose a worker.")
    with visit.on_request(Permission.ALLOCATE, why="to allocate") as (unit, request):
        same_version(visit, request)
        step = check_step(request.state, "allocate", visit.officer)
        load = next((one for one in _loads(unit) if one.worker.id == worker_id), None)
        if load is None:
            raise NotFound
        try:
            allocation.check_room(load, len(request.children), _loads(unit))
        except allocation.NoRoom as full:
            raise ChoiceIncomplete({"worker": str(full)}) from None
        _give(visit, unit, request, load.worker, _offer(visit, request))
        event = visit.console.event(visit.actor, "request.allocated", f"request:{request.id}", "", worker=worker_id)
        unit.requests.save(replace(request, state=step.target), event)
    return back(visit, "allocated")


def _offer(visit: Visit, request: RequestForService) -> str:
    """The offer that the meeting chose; the proposed one where nothing else was said and the decision left it standing."""
    offers = offers_for(visit, request)
    if not offers:  # no rules of this authority are deployed: nobody waits for a worker because of that
        return (request.proposal.offer if request.proposal else None) or "not named"
    chosen = visit.form.get("offer") or offer_proposed(request, offers)
    if chosen not in offers:
        raise ChoiceIncomplete({"offer": "Choose what the family gets."})
    return chosen


def _give(visit: Visit, unit: DeskUnit, request: RequestForService, worker: Worker, offer: str) -> None:
    console, today = visit.console, visit.console.today()
    earlier = unit.desk.allocations.find(request_id=request.id)
    for held in earlier:
        if held.ended_on is None:
            ended = console.event(visit.actor, "allocation.ended", f"request:{request.id}")
            unit.desk.allocations.save(replace(held, ended_on=today), ended)
    given = Allocation(
        id=console.ids.new(), request_id=request.id, worker_id=worker.id,
        offer=offer, unit=worker.unit,
        load=allocation.weight(worker, len(request.children)), started_on=today,
        same_worker=allocation.same_worker(worker.id, earlier),
    )  # fmt: skip
    event = console.event(visit.actor, "allocation.made", f"request:{request.id}", "", same_worker=given.same_worker)
    unit.desk.allocations.add(given, event)
    limits = time_limits(visit, request, offer)
    add_dues(visit, unit, request.id, with_the_work(limits, today, console.calendar))


def add_worker(visit: Visit) -> web.Response:
    """A practitioner with a capacity. The team's own limit is the ceiling: capacity figures come from the sources."""
    team = visit.form.get("team", "")
    rule = allocation.TEAMS.get(team)
    name = needed(visit, "name", "Give a name.")
    authority = place_code(needed(visit, "authority", "Name the authority."))
    if rule is None:
        raise ChoiceIncomplete({"team": "Choose the team."})
    most = visit.form.get("most", "")
    if not most.isdecimal() or not 1 <= int(most) <= rule.most:
        raise ChoiceIncomplete(
            {
                "most": f"Give a whole number from 1 to {rule.most} {rule.unit} ({cited(rule.source, visit.console.source_titles)})."
            }
        )
    worker = Worker(
        id=visit.console.ids.new(), name=name, authority=authority, locality=place_code(visit.form.get("locality", "")) or None,
        team=team, unit=rule.unit, most=int(most), pod=visit.form.get("pod", "") or None,
    )  # fmt: skip
    with visit.console.units() as unit:
        unit.desk.workers.save(worker, visit.console.event(visit.actor, "worker.added", f"worker:{worker.id}", team))
        unit.commit()
    return visit.go("/console/allocation")


ROUTES = (
    Route("GET", "/allocation", Permission.ALLOCATE, show),
    Route("POST", "/allocation/workers", Permission.ALLOCATE, add_worker),
    Route("GET", "/requests/{request_id}/allocate", Permission.ALLOCATE, pick),
    Route("POST", "/requests/{request_id}/allocate", Permission.ALLOCATE, allocate),
)
