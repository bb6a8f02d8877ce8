"""After the decision: who has it, steps up and down, tasks, closing. Each is a step of the lifecycle with a reason."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from aiohttp import web

from gateway.console.offers import time_limits
from gateway.console.pages.steps import CLEARING, add_dues, back, needed, same_version
from gateway.console.reach import within_reach
from gateway.console.visit import NotFound, Route, Visit
from triage.desk_ports import DeskUnit
from triage.lifecycle import check_step
from triage.permissions import Permission, check_role
from triage.time_limits import with_the_step

MOST_TASKS = 500  # on one page


# ---- who has it ---------------------------------------------------------------------------------


def assign(visit: Visit) -> web.Response:
    """To oneself with the role of an officer; to somebody else only as a manager."""
    to = visit.form.get("to", "") or visit.officer.id
    if to != visit.officer.id:
        check_role(visit.officer, Permission.ASSIGN_OTHERS)
    with visit.on_request(Permission.DECIDE, why="to assign") as (unit, request):
        same_version(visit, request)
        officer = unit.desk.officers.get(to)
        if officer is None or not officer.active:
            raise NotFound
        event = visit.console.event(visit.actor, "request.assigned", f"request:{request.id}", "", to=to)
        unit.requests.save(replace(request, assigned_to=to), event)
    return back(visit, "noted")


# ---- steps --------------------------------------------------------------------------------------


def take_step(visit: Visit) -> web.Response:
    """Step up, step down, close, reopen: with a reason, and with the clocks that start."""
    name = visit.form.get("step", "")
    reason = needed(visit, "reason", "Say why.")
    with visit.on_request(Permission.READ_REQUEST, why=f"to take a step: {name}") as (unit, request):
        same_version(visit, request)
        step = check_step(request.state, name, visit.officer)
        plan = needed(visit, "plan", "Say which current plan or assessment goes with it.") if name in (
            "step_up", "step_down") else ""  # fmt: skip
        event = visit.console.event(visit.actor, f"request.{name}", f"request:{request.id}", reason, plan=plan)
        unit.requests.save(replace(request, state=step.target), event)
        dues = with_the_step(time_limits(visit, request), name, visit.console.today(), visit.console.calendar)
        add_dues(visit, unit, request.id, dues)
        if name == "close" or (name == "step_up" and not dues):  # else the family keeps its worker for the transition
            _end_allocations(visit, unit, request.id)
    return back(visit, "step")


def _end_allocations(visit: Visit, unit: DeskUnit, request_id: str) -> None:
    for held in unit.desk.allocations.find(request_id=request_id, ended_on=None):
        event = visit.console.event(visit.actor, "allocation.ended", f"request:{request_id}")
        unit.desk.allocations.save(replace(held, ended_on=visit.console.today()), event)


# ---- tasks --------------------------------------------------------------------------------------


def finish_task(visit: Visit) -> web.Response:
    outcome = needed(visit, "outcome", "Say what came of it.")
    with visit.on_request(Permission.DECIDE, why="to finish a task") as (unit, request):
        task = unit.desk.tasks.get(visit.path["task_id"])
        if task is None or task.request_id != request.id or task.kind == CLEARING:
            raise NotFound
        if task.done_at is None:
            done = replace(task, done_at=visit.console.now(), done_by=visit.officer.id, outcome=outcome)
            unit.desk.tasks.save(
                done, visit.console.event(visit.actor, "task.done", f"request:{request.id}", task.kind)
            )
            if task.kind == "step_clock" and request.state == "referred":  # the transition is over
                _end_allocations(visit, unit, request.id)
    return back(visit, "task")


def list_tasks(visit: Visit) -> web.Response:
    """Everything with a day on it, in reach, earliest first; what is late is said."""
    mine = visit.query.get("who") == "me"
    with visit.console.units() as unit:
        criteria: dict[str, Any] = {"owner": visit.officer.id} if mine else {}
        open_tasks = unit.desk.tasks.find(done_at=None, order="due_on", **criteria)
        seen = within_reach(unit, visit.officer, (task.request_id for task in open_tasks))
        unit.audit(visit.console.event(visit.actor, "tasks.read", "desk:tasks"))
        unit.commit()
    shown = [task for task in open_tasks if task.request_id in seen][:MOST_TASKS]
    return visit.page("tasks.html", tasks=shown, mine=mine, today=visit.console.today())


_AT = "/requests/{request_id}"
ROUTES = (
    Route("GET", "/tasks", Permission.READ_QUEUE, list_tasks),
    Route("POST", f"{_AT}/assign", Permission.DECIDE, assign),
    Route("POST", f"{_AT}/step", Permission.READ_REQUEST, take_step),
    Route("POST", f"{_AT}/tasks/{{task_id}}/done", Permission.DECIDE, finish_task),
)
