"""An officer marks what the computer read wrongly. A second person reads it before it is used (gateway.console.pages.candidates)."""

from __future__ import annotations

from aiohttp import web

from gateway.console.masking import masked
from gateway.console.pages.steps import back
from gateway.console.visit import NotFound, Route, Visit
from triage.candidates import MARKED, WHOLE, Candidate, check_mark
from triage.desk_ports import DeskUnit
from triage.permissions import Permission
from triage.request import RequestForService


def mark(visit: Visit) -> web.Response:
    """The same mark on the same message twice is one."""
    with visit.on_request(Permission.DECIDE, why="to mark for training") as (unit, request):
        one = _candidate(visit, unit, request)
        same = unit.desk.training_candidates.find(
            request_id=request.id, message_id=one.message_id, kind=one.kind, fact=one.fact
        )
        if not same:
            # the event names the request and not the candidate: after the second look nothing leads from one to the other
            event = visit.console.event(visit.actor, "candidate.marked", f"request:{request.id}", kind=one.kind)
            unit.desk.training_candidates.add(one, event)
    return back(visit, "marked")


def _candidate(visit: Visit, unit: DeskUnit, request: RequestForService) -> Candidate:
    kind, message_id = visit.form.get("kind", ""), visit.form.get("message", "")
    fact = check_mark(kind, visit.form.get("fact", ""), request.facts.latest())
    return Candidate(
        id=visit.console.ids.new(), request_id=request.id, message_id=message_id, authority=request.authority, kind=kind,
        state=MARKED, speaker=request.requester_role, words=masked(_said(unit, request, message_id), request),
        heard=request.danger, heard_categories=list(request.danger_categories), fact=fact,
        note=visit.form.get("note", "").strip()[:500], marked_by=visit.officer.id, marked_at=visit.console.now(),
    )  # fmt: skip


def _said(unit: DeskUnit, request: RequestForService, message_id: str) -> str:
    """The person's words in one message, or in all. Raises NotFound where they wrote none there."""
    messages = unit.conversations.messages(request.conversation_id)
    found = [one.text for one in messages if one.author == "person" and one.text and message_id in (one.id, WHOLE)]
    if not found:
        raise NotFound
    return "\n".join(found)


def undo(visit: Visit) -> web.Response:
    """Only until a second person has read it: then nothing leads from the request to it."""
    with visit.on_request(Permission.DECIDE, why="to take a mark back") as (unit, request):
        found = unit.desk.training_candidates.get(visit.path["mark_id"])
        if found is None or found.request_id != request.id:
            raise NotFound
        event = visit.console.event(visit.actor, "candidate.unmarked", f"request:{request.id}", kind=found.kind)
        unit.desk.training_candidates.remove(found.id, event)
    return back(visit, "unmarked")


_AT = "/requests/{request_id}/marks"
ROUTES = (
    Route("POST", _AT, Permission.DECIDE, mark),
    Route("POST", f"{_AT}/{{mark_id}}/undo", Permission.DECIDE, undo),
)
