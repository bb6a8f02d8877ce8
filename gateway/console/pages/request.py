"""One request: why in ten seconds. Opening it is an event; so is every later read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from aiohttp import web

from gateway.alerts.handover import may_be_sent
from gateway.console import blind, earlier
from gateway.console.asking import may_be_joined
from gateway.console.pages.awaiting import is_awaited
from gateway.console.reading import fact_lines, for_eyes_of, proposal_view, standing_consents, transcript
from gateway.console.visit import Route, Visit
from triage import agreement
from triage.candidates import KINDS, Candidate
from triage.conversation.agreeing import AGENCIES
from triage.conversation.taken_over import is_with_officer
from triage.corrected import Change, changes
from triage.desk import Alarm, Handover, Letter, RecordHold, Task
from triage.desk_ports import DeskUnit, StaleRecord
from triage.facts import Status
from triage.letters import kinds_for
from triage.lifecycle import open_states, state_named, steps_from
from triage.permissions import Officer, Permission, may_role
from triage.ports import AuditEvent, StoredMessage
from triage.request import RequestForService

OPENED = "request.opened"


@dataclass(frozen=True, slots=True)
class Opened:
    """All that the page shows, read in one transaction."""

    request: RequestForService
    messages: Sequence[StoredMessage]
    trail: Sequence[AuditEvent]
    tasks: Sequence[Task]
    letters: Sequence[Letter]
    earlier: Sequence[earlier.Candidate]
    holds: Sequence[RecordHold]
    handovers: Sequence[Handover]
    ringing: Sequence[Alarm]
    marks: Sequence[Candidate]  # for the next training, and not yet read by a second person
    officers: Sequence[Officer]
    with_officer: bool  # an officer has taken over the chat
    has_chat: bool
    changes: Sequence[Change]  # proposals that a correction changed


def show(visit: Visit) -> web.Response:
    return page(visit, read(visit, "opened in the console"))


def read(visit: Visit, why: str) -> Opened:
    """Two people may open a request for the first time at the same moment: the second simply reads again."""
    try:
        return _read(visit, why)
    except StaleRecord:
        return _read(visit, why)


def _read(visit: Visit, why: str) -> Opened:
    with visit.on_request(Permission.READ_REQUEST, why=why) as (unit, request):
        request = _note_first_opening(visit, unit, request)
        return Opened(
            request,
            unit.conversations.messages(request.conversation_id),
            unit.desk.trail.of(f"request:{request.id}"),
            unit.desk.tasks.find(request_id=request.id, order="due_on"),
            unit.desk.letters.find(request_id=request.id, order="written_at"),
            earlier.candidates(unit, visit.officer, request),
            unit.desk.record_holds.find(request_id=request.id, order="placed_at"),
            unit.desk.handovers.find(request_id=request.id, order="sent_at"),
            unit.desk.alarms.find(request_id=request.id, acknowledged_at=None, order="raised_at"),
            unit.desk.training_candidates.find(request_id=request.id, order="marked_at"),
            unit.desk.officers.all(),
            (chat := unit.conversations.get(request.conversation_id)) is not None and is_with_officer(chat),
            chat is not None and may_be_joined(chat),
            changes(unit.requests.proposals(request.id)),
        )


def _note_first_opening(visit: Visit, unit: DeskUnit, request: RequestForService) -> RequestForService:
    """Only somebody who may decide opens a request: an auditor's look does not silence the unopened alarm."""
    if not may_role(visit.officer, Permission.DECIDE):
        return request
    event = visit.console.event(visit.actor, OPENED, f"request:{request.id}")
    if request.opened_at is None:
        return unit.requests.save(replace(request, opened_at=visit.console.now()), event)
    unit.audit(event)
    return request


def page(
    visit: Visit, opened: Opened, *, problems: dict[str, str] | None = None, form: dict[str, str] | None = None,
    status: int = 200,
) -> web.Response:  # fmt: skip
    request = opened.request
    lines = fact_lines(request, opened.messages, visit.console.fact_meanings)
    part = visit.query.get("part", "1")
    share = visit.console.settings.blind_share
    return visit.page(
        "request.html",
        status=status,
        request=for_eyes_of(visit.officer, request),
        turn=state_named(request.state).turn,
        lines=[line for line in lines if not line.replaced],
        replaced=[line for line in lines if line.replaced],
        number_of={line.fact.name: line.number for line in lines if not line.replaced},
        transcript=transcript(opened.messages, lines, int(part) if part.isdecimal() else 1),
        consents=standing_consents(request),
        proposal=proposal_view(request, visit.console.source_titles),
        blind=blind.hidden(request.id, share, opened.trail, bool(request.decisions)),
        first_choice=blind.first_choice(opened.trail),
        may_decide=visit.may("decide") and request.state in open_states(),
        steps=[step for step in steps_from(request.state) if step.by and may_role(visit.officer, step.by)],
        tasks=opened.tasks,
        letters=opened.letters,
        letter_kinds=kinds_for(request),
        earlier=opened.earlier,
        holds=opened.holds,
        handovers=opened.handovers,
        ringing=opened.ringing,
        marks=opened.marks,
        mark_kinds=KINDS,
        case_system=bool(visit.console.settings.case_system_url),
        may_be_sent=may_be_sent(opened.handovers, visit.console.now()),
        with_officer=opened.with_officer,
        has_chat=opened.has_chat,
        changes=opened.changes,
        awaited=is_awaited(visit, request),
        agreement_now=agreement.standing(request),
        wish=agreement.wish_of_a_child(request),
        danger_asked=_danger_asked(request),
        agreement_values=agreement.VALUES,
        agencies=AGENCIES,
        speakers=agreement.SPEAKERS,
        told_ways=agreement.WAYS,
        officers=[one for one in opened.officers if one.active],
        fact_names=sorted(visit.console.fact_meanings),
        today=visit.console.today(),
        trail=_timeline(opened.trail),
        problems=problems or {},
        form=form or {},
        now=visit.console.now(),
    )


def _danger_asked(request: RequestForService) -> bool | None:
    """What they answered when danger had been heard; None where it was not heard, or nobody answered."""
    fact = request.facts.latest().get("danger_now")
    answered = request.danger == "immediate_danger" and fact is not None and fact.status is not Status.INFERRED
    return fact.value if answered and fact is not None and isinstance(fact.value, bool) else None


def _timeline(trail: Sequence[AuditEvent]) -> list[dict[str, Any]]:
    """What happened, newest first; repeated reads, and notes of what was being said, by one person on a day are one line."""
    seen: dict[tuple[str, str, str], dict[str, Any]] = {}
    for event in trail:
        key = (
            event.actor,
            event.action,
            str(event.at.date() if event.action.endswith((".read", ".noted", ".opened")) else event.at),
        )
        line = seen.setdefault(key, {"event": event, "times": 0})
        line["times"] += 1
    return list(reversed(seen.values()))


ROUTES = (Route("GET", "/requests/{request_id}", Permission.READ_REQUEST, show),)
