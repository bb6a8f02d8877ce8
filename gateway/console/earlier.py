"""Earlier contacts that may be the same family: candidates only. A person links; nothing is merged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from triage.desk import QueueFilter, QueueRow
from triage.desk_ports import DeskUnit
from triage.permissions import Officer
from triage.request import RequestForService

# months back, as the Warwickshire policy counts re-referrals (004 section 3.4)
BANDS = ((31, "within 1 month"), (92, "1 to 3 months"), (183, "3 to 6 months"), (366, "6 to 12 months"))
OLDER = "more than a year"


@dataclass(frozen=True, slots=True)
class Candidate:
    row: QueueRow
    same: tuple[str, ...]  # in words: what is the same
    band: str


def band(earlier: datetime, later: datetime) -> str:
    days = (later - earlier).days
    return next((name for limit, name in BANDS if days <= limit), OLDER)


def candidates(unit: DeskUnit, officer: Officer, request: RequestForService) -> Sequence[Candidate]:
    """Requests that share a telephone number, an address of e-mail, a person's or a child's name."""
    found = unit.desk.queue.alike(request)
    reach = QueueFilter(authorities=tuple(officer.authorities), hidden=officer.own_family)
    now = request.sent_at or request.created_at
    return [
        Candidate(row, same, band(row.sent_at or row.created_at, now))
        for row, same in found
        if row.id not in reach.hidden and (not reach.authorities or row.authority in (*reach.authorities, None))
    ]
