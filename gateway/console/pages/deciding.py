"""Deciding: the form comes in, the domain decides whether it is a decision, what follows is written down with it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

from aiohttp import web

from gateway.alerts import handover, outbox
from gateway.calendar import end_of
from gateway.console import blind
from gateway.console.alarm_book import acknowledge
from gateway.console.asking import ask_the_person
from gateway.console.pages import request as request_page
from gateway.console.pages.awaiting import is_awaited
from gateway.console.pages.steps import add_task, same_version
from gateway.console.visit import Route, Visit
from triage.deciding import Action, Choice, ChoiceIncomplete, Look, decide
from triage.desk_ports import DeskUnit
from triage.permissions import Permission
from triage.ports import AuditEvent
from triage.request import Level, RequestForService
from triage.request import Route as Way

HANDED_OVER = ("to_allocate", "unmet", "referred")
E = TypeVar("E", bound=StrEnum)


def choose(visit: Visit) -> web.Response:
    try:
        _decide(visit, _choice(visit))
    except ChoiceIncomplete as incomplete:
        opened = request_page.read(visit, "decision sent back")
        return request_page.page(visit, opened, problems=incomplete.problems, form=dict(visit.form), status=422)
    return visit.go(f"/console/requests/{visit.path['request_id']}?done=decided")


def _choice(visit: Visit) -> Choice:
    form = visit.form
    return Choice(
        action=_one_of(Action, form.get("action")),
        level=_one_of(Level, form.get("level")),
        route=_one_of(Way, form.get("route")),
        reason=form.get("reason", "").strip(),
        until=_date(form.get("until", "")),
        to=form.get("to", "").strip(),
        question=form.get("question", "").strip(),
        cannot_offer="cannot_offer" in form,
    )


def _one_of(kind: type[E], value: str | None) -> E | None:
    return kind(value) if value in set(kind) else None


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _decide(visit: Visit, choice: Choice) -> None:
    console = visit.console
    with console.units() as unit:
        request = visit.request(unit, Permission.DECIDE, why="to decide")
        same_version(visit, request)
        trail = unit.desk.trail.of(f"request:{request.id}")
        decided = decide(
            request, choice, officer=visit.officer, look=_look(visit, request, trail), now=console.now(),
            today=console.today(), agreement_awaited=is_awaited(visit, request),
        )  # fmt: skip
        unit.requests.save(decided, _decision_event(visit, decided, choice))
        _follow_up(visit, unit, decided, choice)
        unit.commit()
    visit.ring(decided.conversation_id)


def _look(visit: Visit, request: RequestForService, trail: Iterable[AuditEvent]) -> Look:
    """When this officer opened it, from the audit trail: a form cannot claim it (hazard H18)."""
    events = list(trail)
    last = request.decisions[-1].at if request.decisions else None
    opened = [
        event.at
        for event in events
        if event.action == request_page.OPENED and event.actor == visit.actor and (last is None or event.at > last)
    ]
    if not opened:
        raise ChoiceIncomplete({"action": "Open the request and read the conversation before you decide."})
    if blind.hidden(request.id, visit.console.settings.blind_share, events, bool(request.decisions)):
        raise ChoiceIncomplete({"action": "Say first what you think: the proposal is shown after that."})
    return Look(min(opened), blind=blind.first_choice(events) is not None)


def _decision_event(visit: Visit, decided: RequestForService, choice: Choice) -> AuditEvent:
    decision = decided.decision
    assert decision is not None, "decide() adds one"
    return visit.console.event(
        visit.actor, "decision.made", f"request:{decided.id}", decision.reason,
        action=decision.action, level=decision.level, route=decision.route, state=decided.state,
        to=choice.to, until=choice.until.isoformat() if choice.until else "", cannot_offer=choice.cannot_offer,
    )  # fmt: skip


def _follow_up(visit: Visit, unit: DeskUnit, decided: RequestForService, choice: Choice) -> None:
    if choice.action is Action.HOLD and choice.until:
        add_task(visit, unit, decided.id, "look_again", f"Look again: {choice.reason}", choice.until)
        unit.desk.queue.set_clock(decided.id, end_of(choice.until))
    if choice.action is Action.ASK:
        ask_the_person(visit, unit, decided, choice.question)
    if decided.state == "unmet":
        next_week = visit.console.today() + timedelta(days=7)
        add_task(visit, unit, decided.id, "unmet_need", f"Cannot be offered now: {choice.reason}", next_week)
    outbox.tell(visit.console, unit, "decision.made", decided.id, state=decided.state, action=choice.action or "")
    _hand_over(visit, unit, decided)
    for alarm in unit.desk.alarms.find(request_id=decided.id, acknowledged_at=None):
        acknowledge(visit, unit, alarm, "decided")


def _hand_over(visit: Visit, unit: DeskUnit, decided: RequestForService) -> None:
    settings = visit.console.settings
    wanted = settings.case_system_on_decision and settings.case_system_url
    if wanted and decided.state in HANDED_OVER:
        handover.hand_over(visit.console, unit, decided, "system")


def look_first(visit: Visit) -> web.Response:
    """The blind first look: what the officer would decide without having seen the proposal."""
    level, route = _one_of(Level, visit.form.get("level")), _one_of(Way, visit.form.get("route"))
    if level is None or route is None:
        opened = request_page.read(visit, "first look sent back")
        problems = {"level": "Choose the level of need."} if level is None else {"route": "Choose the route."}
        return request_page.page(visit, opened, problems=problems, form=dict(visit.form), status=422)
    with visit.on_request(Permission.DECIDE, why="blind first look") as (unit, request):
        if blind.first_choice(unit.desk.trail.of(f"request:{request.id}")) is None:
            subject = f"request:{request.id}"
            unit.audit(visit.console.event(visit.actor, blind.CHOSEN, subject, "", level=level, route=route))
    return visit.go(f"/console/requests/{visit.path['request_id']}")


ROUTES = (
    Route("POST", "/requests/{request_id}/decision", Permission.DECIDE, choose),
    Route("POST", "/requests/{request_id}/first-look", Permission.DECIDE, look_first),
)
