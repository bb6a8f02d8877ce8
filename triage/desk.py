"""What the officers' desk keeps beside the requests: tasks, alarms, letters, views, reviews, holds.

Plain values. `records/` stores them; the console shows them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in browser. `id` is the hash of the cookie's token; the token itself is never stored."""

    id: str
    officer_id: str
    csrf: str
    created_at: datetime
    last_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do about a request by a day.

    kind: call_back | look_again | question | review | time_limit | unmet_need | step_clock |
    clear_do_not_tell | correction | withdrawn
    """

    id: str
    request_id: str
    kind: str
    what: str
    due_on: date
    created_at: datetime
    created_by: str
    owner: str | None = None
    done_at: datetime | None = None
    done_by: str | None = None
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Alarm:
    """Rings until somebody acknowledges it; `rung` counts, and each ring reaches the next person."""

    id: str
    request_id: str
    kind: str  # emergency | unopened | overdue | not_taken
    raised_at: datetime
    next_at: datetime
    rung: int = 0
    acknowledged_at: datetime | None = None
    acknowledged_by: str | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """One thing to be sent outwards, kept until it arrived or was given up."""

    id: str
    kind: str  # email | webhook | handover
    to: str
    payload: Mapping[str, Any]
    created_at: datetime
    next_at: datetime
    attempts: int = 0
    delivered_at: datetime | None = None
    given_up_at: datetime | None = None
    last_error: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it was written, and whether it may leave. `blocked` says in words why not."""

    id: str
    request_id: str
    kind: str
    recipient: str  # family | referrer
    channel: str  # letter | email | phone
    text: str
    written_at: datetime
    written_by: str
    blocked: str = ""
    released_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Allocation:
    """A worker has a request. `load` counts in the worker's own unit (cases or children), never mixed."""

    id: str
    request_id: str
    worker_id: str
    offer: str
    unit: str  # cases | children
    load: int
    started_on: date
    same_worker: bool = False
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class SavedView:
    id: str
    officer_id: str
    name: str
    query: Mapping[str, str]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class SampleReview:
    """A dip-sample review. Each answer is yes | partly | no | not_applicable."""

    id: str
    request_id: str
    reviewer: str
    at: datetime
    answers: Mapping[str, str]
    note: str = ""


@dataclass(frozen=True, slots=True)
class RecordHold:
    """While it stands nothing of the request may be deleted (inquiry, litigation, police, complaint, SAR)."""

    id: str
    request_id: str
    ground: str
    placed_at: datetime
    placed_by: str
    lifted_at: datetime | None = None
    lifted_by: str | None = None


@dataclass(frozen=True, slots=True)
class Switch:
    """A setting of the running service that is changed by a person and audited (kill switch, blind share …)."""

    id: str
    value: str
    changed_at: datetime
    changed_by: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """A named person has read one version of a document and put their name to it.

    what: safety_case | policy_draft:<id>; version: of exactly what was read; capacity: in which office they sign.
    """

    id: str
    what: str
    version: str
    officer_id: str
    name: str
    capacity: str
    at: datetime
    statement: str = ""


@dataclass(frozen=True, slots=True)
class PolicyDraft:
    """A next version of an authority's pack in the making. It decides nothing: only a pack that was deployed does.

    base: the full name of the version it starts from; edits: new values by the place of what they change.
    state: open | signed | withdrawn
    """

    id: str
    base: str
    version: str
    in_force_from: date
    why: str
    edits: Mapping[str, str]
    created_at: datetime
    created_by: str
    state: str = "open"


@dataclass(frozen=True, slots=True)
class Handover:
    """A request that was sent to the council's case-management system, until that system has said that it has it."""

    id: str
    request_id: str
    to: str
    sent_by: str
    sent_at: datetime
    due_at: datetime
    acknowledged_at: datetime | None = None
    receipt: str = ""  # the other system's own number
    refused: str = ""  # what it said when it would not take it


@dataclass(frozen=True, slots=True)
class Worker:
    """A practitioner who takes work. `most` is a capacity figure in `unit`, never a threshold."""

    id: str
    name: str
    authority: str
    locality: str | None
    team: str  # family_support | complex_intensive | pod
    unit: str  # cases | children
    most: int
    pod: str | None = None
    active: bool = True


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One line of the queue: enough to choose by, nothing that identifies a child."""

    id: str
    reference: str | None
    state: str
    danger: str
    level: str | None
    route: str | None
    authority: str | None
    locality: str | None
    channel: str
    audience: str
    language: str
    requester_role: str
    consent: str
    assigned_to: str | None
    sent_at: datetime | None
    opened_at: datetime | None
    due_at: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Ringing:
    """An alarm that nobody has acknowledged, with the request that it is about."""

    alarm_id: str
    kind: str
    raised_at: datetime
    row: QueueRow


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What the queue shows. Empty means everything in reach."""

    ids: tuple[str, ...] | None = None  # only these
    states: tuple[str, ...] = ()
    authorities: tuple[str, ...] = ()
    localities: tuple[str, ...] = ()
    route: str = ""
    level: str = ""
    channel: str = ""
    language: str = ""
    consent: str = ""
    assigned_to: str = ""  # an officer id, or "nobody"
    overdue_at: datetime | None = None
    unopened: bool = False
    text: str = ""
    sort: str = "urgency"
    hidden: frozenset[str] = field(default_factory=frozenset)  # own family
    limit: int = 50
    offset: int = 0


_LEVELS = ("immediate_danger", "significant_harm", "child_in_need", "targeted", "early_help", "universal")
_FLOOR = {"immediate_danger": 0, "safeguarding_concern": 1, "none": len(_LEVELS)}
UNKNOWN_URGENCY = 2


def urgency(danger: str, level: str | None) -> int:
    """Place in the queue: 0 is first. Danger that was heard counts even where the level came out lower;
    a level that nobody knows yet stands with child in need, because unknown never lowers.
    """
    by_level = _LEVELS.index(level) if level in _LEVELS else UNKNOWN_URGENCY
    return min(by_level, _FLOOR[danger])
