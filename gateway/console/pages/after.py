"""After the decision: who has it, steps up and down, tasks, closing. Each is a step of the lifecycle with a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from aiohttp import web

from gateway.console.asking import say_in_the_chat, take_over
from gateway.console.visit import NotFound, Route, Visit
from triage import allocation
from triage.deciding import ChoiceIncomplete
from triage.desk import Task
from triage.desk_ports import DeskUnit, StaleRecord
from triage.facts import Fact, Status
from triage.lifecycle import check_step
from triage.permissions import Permission, check_role, check_second_person
from triage.request import RequestForService

CLEARING = "clear_do_not_tell"


def back(visit: Visit, done: str) -> web.Response:
    return visit.go(f"/console/requests/{visit.path['request_id']}?done={done}")


def needed(visit: Visit, field: str, sentence: str) -> str:
    value = visit.form.get(field, "").strip()
    if not value:
        raise ChoiceIncomplete({field: sentence})
    return value


def same_version(visit: Visit, request: RequestForService) -> None:
    if visit.form.get("version") != str(request.version):
        raise StaleRecord(f"request {request.id} has changed since the page was opened")


def add_task(visit: Visit, unit: DeskUnit, request_id: str, kind: str, what: str, due_on: date) -> None:
    console, me = visit.console, visit.officer.id
    task = Task(console.ids.new(), request_id, kind, what, due_on, console.now(), me, me)
    unit.desk.tasks.add(task, console.event(visit.actor, "task.added", f"request:{request_id}", kind))


# ---- who has it ---------------------------------------------------------------------------------


def assign(visit: Visit) -> web.Response:
    """To oneself with the role of an officer; to somebody else only as a manager."""
    to = visit.form.get("to", "") or visit.officer.id
    if to != visit.officer.id:
        check_role(visit.officer, Permission.ASSIGN_OTHERS)
    with visit.console.units() as unit:
        request = visit.request(unit, Permission.DECIDE, why="to assign")
        same_version(visit, request)
        officer = unit.desk.officers.get(to)
        if officer is None or not officer.active:
            raise NotFound
        event = visit.console.event(visit.actor, "request.assigned", f"request:{request.id}", "", to=to)
        unit.requests.save(replace(request, assigned_to=to), event)
        unit.commit()
    return back(visit, "noted")


# ---- steps --------------------------------------------------------------------------------------


def take_step(visit: Visit) -> web.Response:
    """Step up, step down, close, reopen: with a reason, and with the clocks that start."""
    name = visit.form.get("step", "")
    reason = needed(visit, "reason", "Say why.")
    with visit.console.units() as unit:
        request = visit.request(unit, Permission.READ_REQUEST, why=f"to take a step: {name}")
        same_version(visit, request)
        step = check_step(request.state, name, visit.officer)
        plan = needed(visit, "plan", "Say which current plan or assessment goes with it (S001 7.2.1).") if name in (
            "step_up", "step_down") else ""  # fmt: skip
        event = visit.console.event(visit.actor, f"request.{name}", f"request:{request.id}", reason, plan=plan)
        unit.requests.save(replace(request, state=step.target), event)
        _clocks_of_step(visit, unit, request.id, name)
        if name in ("close", "step_up"):
            _end_allocations(visit, unit, request.id)
        unit.commit()
    return back(visit, "step")


def _clocks_of_step(visit: Visit, unit: DeskUnit, request_id: str, name: str) -> None:
    for due in allocation.step_clocks(name, visit.console.today(), visit.console.calendar):
        add_task(visit, unit, request_id, due.kind, f"{due.what} [{due.source}]", due.on)


def _end_allocations(visit: Visit, unit: DeskUnit, request_id: str) -> None:
    for held in unit.desk.allocations.find(request_id=request_id, ended_on=None):
        event = visit.console.event(visit.actor, "allocation.ended", f"request:{request_id}")
        unit.desk.allocations.save(replace(held, ended_on=visit.console.today()), event)


# ---- tasks --------------------------------------------------------------------------------------


def finish_task(visit: Visit) -> web.Response:
    outcome = needed(visit, "outcome", "Say what came of it.")
    with visit.console.units() as unit:
        request = visit.request(unit, Permission.DECIDE, why="to finish a task")
        task = unit.desk.tasks.get(visit.path["task_id"])
        if task is None or task.request_id != request.id or task.kind == CLEARING:
            raise NotFound
        if task.done_at is None:
            done = replace(task, done_at=visit.console.now(), done_by=visit.officer.id, outcome=outcome)
            unit.desk.tasks.save(
                done, visit.console.event(visit.actor, "task.done", f"request:{request.id}", task.kind)
            )
        unit.commit()
    return back(visit, "task")


def list_tasks(visit: Visit) -> web.Response:
    """Everything with a day on it, in reach, earliest first; what is late is said."""
    mine = visit.query.get("who") == "me"
    with visit.console.units() as unit:
        criteria = {"owner": visit.officer.id} if mine else {}
        open_tasks = unit.desk.tasks.find(done_at=None, order="due_on", limit=500, **criteria)
        unit.audit(visit.console.event(visit.actor, "tasks.read", "desk:tasks"))
        unit.commit()
    shown = [task for task in open_tasks if task.request_id not in visit.officer.own_family]
    return visit.page("tasks.html", tasks=shown, mine=mine, today=visit.console.today())


# ---- joining the chat ---------------------------------------------------------------------------


def take_the_chat(visit: Visit) -> web.Response:
    """Take the chat over from the computer, or hand it back."""
    with visit.console.units() as unit:
        request = visit.request(unit, Permission.DECIDE, why="to take over the chat or hand it back")
        take_over(visit, unit, request, taken=visit.form.get("taken") == "yes")
        unit.commit()
    return back(visit, "noted")


def say(visit: Visit) -> web.Response:
    """An officer joins the chat: the person's open page shows the words at once."""
    words = needed(visit, "words", "Write what you want to say.")
    with visit.console.units() as unit:
        request = visit.request(unit, Permission.DECIDE, why="to write in the chat")
        say_in_the_chat(visit, unit, request, words)
        unit.commit()
    visit.ring(request.conversation_id)
    return back(visit, "noted")


# ---- corrections --------------------------------------------------------------------------------


def correct(visit: Visit) -> web.Response:
    """A correction is a new fact by the officer; what was noted before stays and can be seen."""
    name = needed(visit, "fact", "Name the fact.")
    value = needed(visit, "value", "Give the right value.")
    reason = needed(visit, "reason", "Say how you know.")
    if name not in visit.console.fact_meanings:
        raise ChoiceIncomplete({"fact": f"There is no fact called {name}."})
    with visit.console.units() as unit:
        request = visit.request(unit, Permission.DECIDE, why="to correct a fact")
        same_version(visit, request)
        fact = Fact(name, _typed(value), Status.CONFIRMED, visit.actor, visit.console.now())
        event = visit.console.event(visit.actor, "fact.corrected", f"request:{request.id}", reason, fact=name)
        unit.requests.save(request.note(fact), event)
        unit.commit()
    return back(visit, "noted")


def _typed(value: str) -> bool | int | str:
    known: dict[str, bool] = {"yes": True, "no": False}
    if value.lower() in known:
        return known[value.lower()]
    return int(value) if value.lstrip("-").isdecimal() and len(value) < 6 else value


# ---- do not tell --------------------------------------------------------------------------------


def ask_to_clear(visit: Visit) -> web.Response:
    """The first of two people asks that the family may be told; nothing changes yet."""
    reason = needed(visit, "reason", "Say why the family may be told now.")
    with visit.console.units() as unit:
        request = visit.request(unit, Permission.DECIDE, why="to ask that do-not-tell is cleared")
        if request.do_not_tell_family and not unit.desk.tasks.find(request_id=request.id, kind=CLEARING, done_at=None):
            due = visit.console.calendar.after(visit.console.today(), 1)
            add_task(visit, unit, request.id, CLEARING, reason, due)
        unit.commit()
    return back(visit, "noted")


def clear(visit: Visit) -> web.Response:
    """The second person, a safeguarding lead and not the first, agrees or refuses."""
    agreed = visit.form.get("answer") == "agree"
    reason = needed(visit, "reason", "Say why.")
    with visit.console.units() as unit:
        request = visit.request(unit, Permission.CLEAR_DO_NOT_TELL, why="to answer on do-not-tell")
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
        unit.commit()
    return back(visit, "noted")


def flag(visit: Visit) -> web.Response:
    """One person is enough to protect: setting the flag needs no second."""
    reason = needed(visit, "reason", "Say why the family must not be told.")
    with visit.console.units() as unit:
        request = visit.request(unit, Permission.DECIDE, why="to set do-not-tell")
        event = visit.console.event(visit.actor, "do_not_tell.set", f"request:{request.id}", reason)
        unit.requests.save(replace(request, do_not_tell_family=True), event)
        unit.commit()
    return back(visit, "noted")


_AT = "/requests/{request_id}"
ROUTES = (
    Route("GET", "/tasks", Permission.READ_QUEUE, list_tasks),
    Route("POST", f"{_AT}/assign", Permission.DECIDE, assign),
    Route("POST", f"{_AT}/step", Permission.READ_REQUEST, take_step),
    Route("POST", f"{_AT}/tasks/{{task_id}}/done", Permission.DECIDE, finish_task),
    Route("POST", f"{_AT}/say", Permission.DECIDE, say),
    Route("POST", f"{_AT}/take-over", Permission.DECIDE, take_the_chat),
    Route("POST", f"{_AT}/correct", Permission.DECIDE, correct),
    Route("POST", f"{_AT}/do-not-tell", Permission.DECIDE, flag),
    Route("POST", f"{_AT}/do-not-tell/ask", Permission.DECIDE, ask_to_clear),
    Route("POST", f"{_AT}/do-not-tell/clear", Permission.CLEAR_DO_NOT_TELL, clear),
)
