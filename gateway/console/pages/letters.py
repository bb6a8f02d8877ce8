"""Letters: written from a template, kept as written, released only where it is safe at that very moment."""

from __future__ import annotations

from dataclasses import replace

from aiohttp import web

from gateway.console.pages.steps import back, needed
from gateway.console.templating import render_text
from gateway.console.visit import NotFound, Route, Visit
from triage import letters
from triage.deciding import ChoiceIncomplete
from triage.desk import Letter
from triage.desk_ports import DeskUnit
from triage.permissions import Permission
from triage.request import RequestForService


def write(visit: Visit) -> web.Response:
    kind = letters.kind_named(needed(visit, "kind", "Choose the letter."))
    channel = needed(visit, "channel", "Choose how it goes.")
    with visit.on_request(Permission.WRITE_LETTER, why="to write a letter") as (unit, request):
        if kind is None or kind not in letters.kinds_for(request):
            raise ChoiceIncomplete({"kind": "This letter does not fit the state of the request."})
        if channel not in letters.CHANNELS:
            raise ChoiceIncomplete({"channel": "Choose how it goes."})
        blocked = letters.why_blocked(request, kind, channel)
        letter = Letter(
            visit.console.ids.new(), request.id, kind.name, kind.recipient, channel,
            text_of(visit, request, kind, _worker(unit, request)),
            visit.console.now(), visit.officer.id, blocked,
        )  # fmt: skip
        event = visit.console.event(
            visit.actor, "letter.blocked" if blocked else "letter.written", f"request:{request.id}", blocked,
            kind=kind.name, channel=channel,
        )  # fmt: skip
        unit.desk.letters.add(letter, event)
    return back(visit, "letter")


def _worker(unit: DeskUnit, request: RequestForService) -> str:
    """The name of whoever the request is with now, or ""."""
    held = [one for one in unit.desk.allocations.find(request_id=request.id) if one.ended_on is None]
    worker = unit.desk.workers.get(held[-1].worker_id) if held else None
    return worker.name if worker else ""


def text_of(visit: Visit, request: RequestForService, kind: letters.LetterKind, worker: str = "") -> str:
    """A letter names no child and says nothing of who told us: it may be read by somebody else."""
    contact = request.safe_contact
    return render_text(
        f"letters/{kind.name}.txt",
        name=contact.name_to_use or (request.requester_name if kind.recipient == letters.FAMILY else None),
        reference=request.reference or "",
        route=request.decision.route.value if request.decision else "",
        state=request.state,
        worker=worker,
        numbers=visit.console.numbers.for_authority(request.authority),
        today=visit.console.today(),
    )


def show(visit: Visit) -> web.Response:
    with visit.on_request(Permission.WRITE_LETTER, why="to read a letter") as (unit, request):
        letter = unit.desk.letters.get(visit.path["letter_id"])
    if letter is None or letter.request_id != request.id:
        raise NotFound
    return visit.page("letter.html", request=request, letter=letter)


def release(visit: Visit) -> web.Response:
    """Asked again at the moment of release: what was safe when it was written may not be safe now."""
    with visit.on_request(Permission.WRITE_LETTER, why="to release a letter") as (unit, request):
        letter = unit.desk.letters.get(visit.path["letter_id"])
        kind = letters.kind_named(letter.kind) if letter else None
        if letter is None or kind is None or letter.request_id != request.id:
            raise NotFound
        blocked = letters.why_blocked(request, kind, letter.channel)
        now = visit.console.now()
        changed = replace(letter, blocked=blocked, released_at=None if blocked else letter.released_at or now)
        action = "letter.blocked" if blocked else "letter.released"
        unit.desk.letters.save(changed, visit.console.event(visit.actor, action, f"request:{request.id}", blocked))
    return visit.go(f"/console/requests/{request.id}/letters/{letter.id}")


_AT = "/requests/{request_id}/letters"
ROUTES = (
    Route("POST", _AT, Permission.WRITE_LETTER, write),
    Route("GET", f"{_AT}/{{letter_id}}", Permission.WRITE_LETTER, show),
    Route("POST", f"{_AT}/{{letter_id}}/release", Permission.WRITE_LETTER, release),
)
