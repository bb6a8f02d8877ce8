"""Copies that leave the house: each is an event; each takes its masks from the request itself."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import date, datetime

from aiohttp import web

from gateway.alerts import handover
from gateway.console.pages.steps import back, needed
from gateway.console.visit import NotFound, Route, Visit
from gateway.exports import FORMATS
from gateway.exports.document import as_document
from triage.deciding import ChoiceIncomplete
from triage.desk import RecordHold
from triage.permissions import Permission


def export(visit: Visit) -> web.Response:
    fmt = FORMATS.get(visit.path["format"])
    if fmt is None:
        raise NotFound
    with visit.on_request(Permission.EXPORT, why=f"export as {fmt.name}") as (unit, request):
        messages = list(unit.conversations.messages(request.conversation_id))
        unit.audit(visit.console.event(visit.actor, "request.exported", f"request:{request.id}", fmt.name))
    return _file(fmt.make(request, messages), fmt.content_type, f"{request.reference or request.id}.{fmt.suffix}")


def hand_over(visit: Visit) -> web.Response:
    """Push one request to the case-management system. A second press while it is on its way sends nothing twice."""
    if not visit.console.settings.case_system_url:
        raise ChoiceIncomplete({"case_system": "No case-management system is set up. Take a copy instead."})
    with visit.on_request(Permission.EXPORT, why="to hand over") as (unit, request):
        if request.decision is None:
            raise ChoiceIncomplete({"case_system": "Decide first: only a decided request is handed over."})
        handover.hand_over(visit.console, unit, request, visit.actor)
    return back(visit, "noted")


def subject_access(visit: Visit) -> web.Response:
    """Everything that is kept with one request, for a person to redact before it is given out (law.md R05)."""
    with visit.on_request(Permission.SUBJECT_ACCESS, why="subject access") as (unit, request):
        subject = f"request:{request.id}"
        bundle = {
            "notice": "To be redacted by a person before it is given out: third parties, and what could cause serious harm.",
            "request": as_document(request, list(unit.conversations.messages(request.conversation_id))),
            "tasks": [asdict(task) for task in unit.desk.tasks.find(request_id=request.id)],
            "letters": [asdict(letter) for letter in unit.desk.letters.find(request_id=request.id)],
            "equality_answers": unit.equality.of(request.id),
            "marked_for_training": [asdict(one) for one in unit.desk.training_candidates.find(request_id=request.id)],
            "handovers": [asdict(sent) for sent in unit.desk.handovers.find(request_id=request.id)],
            "allocations": [asdict(held) for held in unit.desk.allocations.find(request_id=request.id)],
            "events": [
                asdict(event) for event in unit.desk.trail.of(subject, f"conversation:{request.conversation_id}")
            ],
        }
        unit.audit(visit.console.event(visit.actor, "subject_access.made", subject))
    text = json.dumps(bundle, default=_plain, ensure_ascii=False, indent=2)
    return _file(text.encode(), "application/json", f"subject-access-{request.reference or request.id}.json")


def _plain(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a bundle")


def _file(content: bytes, content_type: str, name: str) -> web.Response:
    safe = "".join(c for c in name if c.isalnum() or c in "-._")
    headers = {"Content-Disposition": f'attachment; filename="{safe}"', "Content-Type": content_type}
    return web.Response(body=content, headers=headers)


def place_hold(visit: Visit) -> web.Response:
    ground = needed(visit, "ground", "Say on which ground.")
    with visit.on_request(Permission.HOLD_RECORD, why="to place a hold") as (unit, request):
        hold = RecordHold(visit.console.ids.new(), request.id, ground, visit.console.now(), visit.officer.id)
        unit.desk.record_holds.add(
            hold, visit.console.event(visit.actor, "hold.placed", f"request:{request.id}", ground)
        )
    return back(visit, "noted")


def lift_hold(visit: Visit) -> web.Response:
    with visit.on_request(Permission.HOLD_RECORD, why="to lift a hold") as (unit, request):
        hold = unit.desk.record_holds.get(visit.path["hold_id"])
        if hold is None or hold.request_id != request.id:
            raise NotFound
        lifted = replace(hold, lifted_at=visit.console.now(), lifted_by=visit.officer.id)
        unit.desk.record_holds.save(lifted, visit.console.event(visit.actor, "hold.lifted", f"request:{request.id}"))
    return back(visit, "noted")


_AT = "/requests/{request_id}"
ROUTES = (
    Route("GET", f"{_AT}/export/{{format}}", Permission.EXPORT, export),
    Route("POST", f"{_AT}/handover", Permission.EXPORT, hand_over),
    Route("GET", f"{_AT}/subject-access", Permission.SUBJECT_ACCESS, subject_access),
    Route("POST", f"{_AT}/holds", Permission.HOLD_RECORD, place_hold),
    Route("POST", f"{_AT}/holds/{{hold_id}}/lift", Permission.HOLD_RECORD, lift_hold),
)
