"""A fact that was noted wrongly is put right by an officer, who says how they know."""

from __future__ import annotations

from aiohttp import web

from gateway.console.pages.steps import back, needed, same_version
from gateway.console.visit import Route, Visit
from triage.deciding import ChoiceIncomplete
from triage.facts import Fact, Status
from triage.permissions import Permission


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


ROUTES = (Route("POST", "/requests/{request_id}/correct", Permission.DECIDE, correct),)
