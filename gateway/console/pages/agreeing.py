"""An agreement or a refusal that an officer was told: who said it, when and how. One of four separate records."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from aiohttp import web

from gateway.calendar import LONDON
from gateway.console.pages import request as request_page
from gateway.console.pages.correcting import note_and_propose, note_what_rose
from gateway.console.pages.steps import back, same_version
from gateway.console.visit import Route, Visit
from triage import agreement
from triage.agreement import Told
from triage.consent import ConsentKind
from triage.facts import Fact, Status
from triage.permissions import Permission


def write_down(visit: Visit) -> web.Response:
    """Agreement to a service is also a fact: the proposal is worked out anew from it."""
    told = _told(visit)
    now = visit.console.now()
    if found := agreement.problems(told, now):
        opened = request_page.read(visit, "what was told sent back")
        return request_page.page(visit, opened, problems=found, form=dict(visit.form), status=422)
    with visit.on_request(Permission.DECIDE, why="to record an agreement") as (unit, request):
        same_version(visit, request)
        after = request
        if told.kind == ConsentKind.SERVICE:
            fact = Fact("service_agreement", told.value, Status.CONFIRMED, visit.actor, now)
            after = note_and_propose(visit, unit, request, fact)
        after = replace(after, consents=request.consents).agree(agreement.record(told, visit.officer.name))
        event = visit.console.event(
            visit.actor, "agreement.recorded", f"request:{request.id}", "",
            kind=told.kind, value=told.value, by=told.speaker, how=told.way, agency=told.agency,
        )  # fmt: skip
        unit.requests.save(after, event)
        note_what_rose(visit, unit, request, after, "what was told about agreement")
    return back(visit, "agreement")


def _told(visit: Visit) -> Told:
    kind, _, value = visit.form.get("told", "").partition(":")
    agency = visit.form.get("agency", "") if kind == ConsentKind.SHARING else ""
    speaker, way = visit.form.get("speaker", ""), visit.form.get("way", "")
    return Told(kind, value, speaker, way, _moment(visit.form.get("said_at", "")), agency)


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(UTC)
    except ValueError:
        return None


ROUTES = (Route("POST", "/requests/{request_id}/agreement", Permission.DECIDE, write_down),)
