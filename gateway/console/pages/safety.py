"""The safety case: read, and signed by a named person for exactly the words that they read."""

from __future__ import annotations

from aiohttp import web

from gateway.console import safety_case
from gateway.console.pages.steps import needed
from gateway.console.safety_case import CAPACITIES, SUBJECT
from gateway.console.visit import Route, Visit
from triage.deciding import ChoiceIncomplete
from triage.desk import Signature
from triage.desk_ports import StaleRecord
from triage.permissions import Permission


def show(visit: Visit) -> web.Response:
    case = safety_case.read(visit.console.safety_case)
    with visit.console.units() as unit:
        signatures = unit.desk.signatures.find(what=SUBJECT, order="at")
        unit.audit(visit.console.event(visit.actor, "safety_case.read", f"safety_case:{case.version}"))
        unit.commit()
    now = {one.capacity for one in signatures if one.version == case.version}
    return visit.page(
        "safety.html",
        case=case,
        signed=[one for one in signatures if one.version == case.version],
        earlier=[one for one in signatures if one.version != case.version],
        missing=[words for name, words in CAPACITIES.items() if name not in now],
        capacities=CAPACITIES,
    )


def sign(visit: Visit) -> web.Response:
    """Under the signer's own account, for the version on the page that they read."""
    case = safety_case.read(visit.console.safety_case)
    if visit.form.get("version") != case.version:
        raise StaleRecord("the safety case has changed since the page was opened")
    capacity = needed(visit, "capacity", "Choose in which office you sign.")
    if capacity not in CAPACITIES:
        raise ChoiceIncomplete({"capacity": "Choose in which office you sign."})
    if "read" not in visit.form:
        raise ChoiceIncomplete({"read": "Confirm that you have read all of it."})
    signature = Signature(
        visit.console.ids.new(), SUBJECT, case.version, visit.officer.id, visit.officer.name, capacity,
        visit.console.now(), visit.form.get("statement", "").strip(),
    )  # fmt: skip
    with visit.console.units() as unit:
        event = visit.console.event(
            visit.actor, "safety_case.signed", f"safety_case:{case.version}", signature.statement, capacity=capacity
        )
        unit.desk.signatures.add(signature, event)
        unit.commit()
    return visit.go("/console/safety")


ROUTES = (
    Route("GET", "/safety", Permission.READ_SAFETY_CASE, show),
    Route("POST", "/safety/sign", Permission.SIGN_SAFETY_CASE, sign),
)
