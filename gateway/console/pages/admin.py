"""Officers, the retention schedule and the kill switch. Who changes what is on record; a request is never shown here."""

from __future__ import annotations

from aiohttp import web

from gateway.console import disposal
from gateway.console.pages.steps import needed
from gateway.console.visit import Route, Visit
from gateway.console.words import place_code
from triage import retention
from triage.deciding import ChoiceIncomplete
from triage.desk import Switch
from triage.permissions import NotAllowed, Officer, Permission, Role

BOT = "bot"
ON, OFF = "on", "off"
KINDS = ("unidentified", "closed")


def officers(visit: Visit) -> web.Response:
    with visit.console.units() as unit:
        found = unit.desk.officers.all()
        unit.audit(visit.console.event(visit.actor, "officers.read", "desk:officers"))
        unit.commit()
    return visit.page("officers.html", found=found, roles=list(Role))


def save_officer(visit: Visit) -> web.Response:
    """Add or change. Nobody changes their own roles: that takes another administrator."""
    form = visit.form
    id_ = needed(visit, "id", "Give the account's name.")
    name = needed(visit, "name", "Give the person's name.")
    if id_ == visit.officer.id:
        raise NotAllowed("Nobody changes their own account. Ask another administrator.")
    roles = frozenset(Role(role) for role in visit.many.get("role", ()) if role in set(Role))
    officer = Officer(
        id=id_[:80], name=name[:200], roles=roles, authorities=_places(form.get("authorities", "")),
        localities=_places(form.get("localities", "")), own_family=_words(form.get("own_family", "")),
        email=form.get("email", "").strip() or None, active="active" in form,
    )  # fmt: skip
    with visit.console.units() as unit:
        event = visit.console.event(
            visit.actor, "officer.saved", f"officer:{officer.id}", "", roles=sorted(roles), active=officer.active
        )
        unit.desk.officers.save(officer, event)
        unit.commit()
    return visit.go("/console/officers")


def _words(text: str) -> frozenset[str]:
    return frozenset(word.strip() for word in text.replace("\n", ",").split(",") if word.strip())


def _places(text: str) -> frozenset[str]:
    return frozenset(map(place_code, _words(text)))


def retention_report(visit: Visit) -> web.Response:
    verdicts, settings = disposal.report(visit.console)
    with visit.console.units() as unit:
        unit.audit(visit.console.event(visit.actor, "retention.reported", "desk:retention"))
        unit.commit()
    going = [verdict for verdict in verdicts if verdict.delete]
    reasons: dict[str, int] = {}
    for verdict in verdicts:
        if not verdict.delete:
            reasons[verdict.why] = reasons.get(verdict.why, 0) + 1
    return visit.page("retention.html", going=going, reasons=reasons, settings=settings, kinds=KINDS)


def set_period(visit: Visit) -> web.Response:
    kind, days = needed(visit, "kind", "Choose the kind."), needed(visit, "days", "Give the days.")
    why = needed(visit, "why", "Name the council's schedule that says so.")
    if kind not in KINDS:
        raise ChoiceIncomplete({"kind": "Choose the kind."})
    try:
        retention.schedule_of({f"retention.{kind}": days})
    except ValueError as error:
        raise ChoiceIncomplete({"days": str(error)}) from None
    _switch(visit, f"retention.{kind}", days, why)
    return visit.go("/console/retention")


def switch(visit: Visit) -> web.Response:
    with visit.console.units() as unit:
        found = unit.desk.switches.get(BOT)
    return visit.page("switch.html", switch=found, on=found is None or found.value == ON)


def flip(visit: Visit) -> web.Response:
    to = visit.form.get("to", "")
    if to not in (ON, OFF):
        raise ChoiceIncomplete({"to": "Say on or off."})
    _switch(visit, BOT, to, needed(visit, "why", "Say why."))
    return visit.go("/console/switch")


def _switch(visit: Visit, name: str, value: str, why: str) -> None:
    changed = Switch(name, value, visit.console.now(), visit.officer.id, why)
    with visit.console.units() as unit:
        unit.desk.switches.save(
            changed, visit.console.event(visit.actor, "switch.changed", f"switch:{name}", why, to=value)
        )
        unit.commit()


ROUTES = (
    Route("GET", "/officers", Permission.MANAGE_OFFICERS, officers),
    Route("POST", "/officers", Permission.MANAGE_OFFICERS, save_officer),
    Route("GET", "/retention", Permission.MANAGE_RETENTION, retention_report),
    Route("POST", "/retention", Permission.MANAGE_RETENTION, set_period),
    Route("GET", "/switch", Permission.SWITCH_OFF, switch),
    Route("POST", "/switch", Permission.SWITCH_OFF, flip),
)
