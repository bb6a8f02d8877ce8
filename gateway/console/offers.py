"""What the pack in force offers on a route, and its time limits: for whom work is allocated to, and for steps."""

from __future__ import annotations

from gateway.console.visit import Visit
from gateway.packs import deployed
from policies.engine import Clock, Edition, NoPackInForce, Offer
from triage.request import RequestForService
from triage.time_limits import TimeLimit


def edition_of(visit: Visit, request: RequestForService) -> Edition | None:
    """The rules of today for the request's authority; None where no pack of it is deployed."""
    try:
        today = visit.console.today()
        return deployed(visit.console.policies_dir).for_authority(request.authority, on=today).edition(today)
    except NoPackInForce:
        return None


def offers_for(visit: Visit, request: RequestForService) -> dict[str, Offer]:
    """The offers on the decided route, by name."""
    edition, stands = edition_of(visit, request), request.decision or request.proposal
    if edition is None or stands is None:
        return {}
    entries = {name: edition.entries[name] for name in edition.offers}
    return {name: one for name, one in entries.items() if isinstance(one, Offer) and one.route == stands.route.value}


def offer_proposed(request: RequestForService, offers: dict[str, Offer]) -> str | None:
    """The proposed offer, where the decision left its route standing."""
    return request.proposal.offer if request.proposal and request.proposal.offer in offers else None


def time_limits(visit: Visit, request: RequestForService, offer: str | None = None) -> list[TimeLimit]:
    """Every time limit of the pack, or only those of one offer (none of one that it does not have), with today's figures."""
    edition = edition_of(visit, request)
    if edition is None:
        return []
    entry = edition.entries.get(offer) if offer else None
    named = edition.clocks if offer is None else entry.clocks if isinstance(entry, Offer) else ()
    measures = [edition.clocks[name] for name in named]
    today = visit.console.today()
    return [Clock(measure, figure).as_data() for measure in measures if (figure := measure.on(today))]
