"""What an officer may see, as the desk asks for it: by authority and locality, and never one's own family."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from triage.desk import QueueFilter
from triage.desk_ports import DeskUnit
from triage.permissions import Officer


def reach_of(officer: Officer, **narrower: Any) -> QueueFilter:
    """Everything that somebody may see; `narrower`: what else of a QueueFilter is wanted."""
    return QueueFilter(
        authorities=tuple(sorted(officer.authorities)), localities=tuple(sorted(officer.localities)),
        hidden=officer.own_family, **narrower,
    )  # fmt: skip


def within_reach(unit: DeskUnit, officer: Officer, request_ids: Iterable[str]) -> frozenset[str]:
    """Those of these requests that the officer may see."""
    ids = tuple(set(request_ids))
    return frozenset(row.id for row in unit.desk.queue.rows(reach_of(officer, ids=ids, limit=len(ids))))
