"""What the pages that act on a request have in common: a needed field, a page that is not stale, a task, the way back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from aiohttp import web

from gateway.console.visit import Visit
from gateway.console.words import cited
from triage.deciding import ChoiceIncomplete
from triage.desk import Task
from triage.desk_ports import DeskUnit, StaleRecord
from triage.request import RequestForService
from triage.time_limits import Due

CLEARING = "clear_do_not_tell"  # the kind of task that waits for a second person


def back(visit: Visit, done: str) -> web.Response:
    return visit.go(f"/console/requests/{visit.path['request_id']}?done={done}")


def needed(visit: Visit, field: str, sentence: str) -> str:
    """What was typed. Raises ChoiceIncomplete with the sentence where nothing was."""
    value = visit.form.get(field, "").strip()
    if not value:
        raise ChoiceIncomplete({field: sentence})
    return value


def same_version(visit: Visit, request: RequestForService) -> None:
    """The form carries the version that the officer saw: nothing is taken from a stale page."""
    if visit.form.get("version") != str(request.version):
        raise StaleRecord(f"request {request.id} has changed since the page was opened")


def add_task(visit: Visit, unit: DeskUnit, request_id: str, kind: str, what: str, due_on: date) -> None:
    console, me = visit.console, visit.officer.id
    task = Task(console.ids.new(), request_id, kind, what, due_on, console.now(), me, me)
    unit.desk.tasks.add(task, console.event(visit.actor, "task.added", f"request:{request_id}", kind))


def add_dues(visit: Visit, unit: DeskUnit, request_id: str, dues: Iterable[Due]) -> None:
    """Time limits that have begun, each a task with its clause."""
    for due in dues:
        source = cited(f"{due.source.upper()} {due.clause}", visit.console.source_titles)
        add_task(visit, unit, request_id, due.kind, f"{due.what} ({source})", due.on)
