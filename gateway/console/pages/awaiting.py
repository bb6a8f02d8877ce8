"""Whether a request waits for somebody's yes."""

from __future__ import annotations

from gateway.console.pages.correcting import its_pack
from gateway.console.visit import Visit
from triage import agreement
from triage.deciding import NEEDS_AGREEMENT
from triage.request import RequestForService


def is_awaited(visit: Visit, request: RequestForService) -> bool:
    """As the consent table says; where its pack is deployed no longer, any service that nobody has agreed to."""
    if request.proposal is None:
        return False
    pack = its_pack(visit, request)
    if pack is not None:
        return agreement.awaited(request, pack)
    return request.proposal.route in NEEDS_AGREEMENT and agreement.standing(request) == "not_asked"
