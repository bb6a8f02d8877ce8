"""The family must not be told: one person sets it, two people clear it (hazard H07)."""

from __future__ import annotations

from dataclasses import replace

from aiohttp import web

from gateway.console.pages.steps import CLEARING, add_task, back, needed
from gateway.console.visit import NotFound, Route, Visit
from triage.permissions import Permission, check_second_person


def ask_to_clear(visit: Visit) -> web.Response:
    """The first of two people asks that the family may be told; nothing changes yet."""
    reason = needed(visit, "reason", "Say why the family may be told now.")
    with visit.on_request(Permission.DECIDE, why="to ask that do-not-tell is cleared") as (unit, request):
        if request.do_not_tell_family and not unit.desk.tasks.find(request_id=request.id, kind=CLEARING, done_at=None):
            due = visit.console.calendar.after(visit.console.today(), 1)
            add_task(visit, unit, request.id, CLEARING, reason, due)
    return back(visit, "noted")


def clear(visit: Visit) -> web.Response:
    """The second person, a safeguarding lead and not the first, agrees or refuses."""
    agreed = visit.form.get("answer") == "agree"
    reason = needed(visit, "reason", "Say why.")
    with visit.on_request(Permission.CLEAR_DO_NOT_TELL, why="to answer on do-not-tell") as (unit, request):
        waiting = unit.desk.tasks.find(request_id=request.id, kind=CLEARING, done_at=None)
        if not waiting:
            raise NotFound
        check_second_person(visit.officer, waiting[0].created_by)
        outcome = "cleared" if agreed else "refused"
        done = replace(
            waiting[0], done_at=visit.console.now(), done_by=visit.officer.id, outcome=f"{outcome}: {reason}"
        )
        subject = f"request:{request.id}"
        unit.desk.tasks.save(done, visit.console.event(visit.actor, "task.done", subject, CLEARING))
        if agreed:
            event = visit.console.event(
                visit.actor, "do_not_tell.cleared", subject, reason, first=waiting[0].created_by
            )
            unit.requests.save(replace(request, do_not_tell_family=False), event)
    return back(visit, "noted")


def flag(visit: Visit) -> web.Response:
    """One person is enough to protect: setting the flag needs no second."""
    reason = needed(visit, "reason", "Say why the family must not be told.")
    with visit.on_request(Permission.DECIDE, why="to set do-not-tell") as (unit, request):
        event = visit.console.event(visit.actor, "do_not_tell.set", f"request:{request.id}", reason)
        unit.requests.save(replace(request, do_not_tell_family=True), event)
    return back(visit, "noted")


_AT = "/requests/{request_id}/do-not-tell"
ROUTES = (
    Route("POST", _AT, Permission.DECIDE, flag),
    Route("POST", f"{_AT}/ask", Permission.DECIDE, ask_to_clear),
    Route("POST", f"{_AT}/clear", Permission.CLEAR_DO_NOT_TELL, clear),
)
