"""What the officers' desk needs from the records. `records/` implements these; tests may use fakes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol, TypeVar

from triage.candidates import Candidate
from triage.desk import (
    Alarm,
    Allocation,
    Delivery,
    Handover,
    Letter,
    PolicyDraft,
    QueueFilter,
    QueueRow,
    RecordHold,
    Ringing,
    SampleReview,
    SavedView,
    Session,
    Signature,
    Switch,
    Task,
    Worker,
)
from triage.facts import Value
from triage.oversight import DecisionLine, RequestLine
from triage.permissions import Officer
from triage.ports import AuditEvent, UnitOfWork
from triage.request import RequestForService
from triage.retention import Disposable

T = TypeVar("T")


class StaleRecord(Exception):
    """Somebody else has changed it since it was read. Read again, then decide."""


class Shelf(Protocol[T]):
    def get(self, id_: str) -> T | None: ...
    def find(self, *, order: str = "id", limit: int | None = None, **criteria: Any) -> Sequence[T]: ...
    def before(self, column: str, value: Any, **criteria: Any) -> Sequence[T]: ...
    def add(self, value: T, event: AuditEvent) -> None: ...
    def save(self, value: T, event: AuditEvent) -> None: ...
    def remove(self, id_: str, event: AuditEvent) -> None: ...
    def touch(self, value: T) -> None: ...


class Officers(Protocol):
    def get(self, officer_id: str) -> Officer | None: ...
    def all(self) -> Sequence[Officer]: ...
    def save(self, officer: Officer, event: AuditEvent) -> None: ...


class Queue(Protocol):
    def rows(self, wanted: QueueFilter) -> Sequence[QueueRow]: ...
    def count(self, wanted: QueueFilter) -> int: ...
    def ringing(self, reach: QueueFilter, kinds: tuple[str, ...], limit: int) -> Sequence[Ringing]: ...
    def ringing_counts(self, reach: QueueFilter) -> Mapping[str, int]: ...
    def without_clock(self, states: tuple[str, ...]) -> Sequence[QueueRow]: ...
    def set_clock(self, request_id: str, due_at: datetime) -> None: ...
    def to_ring(self, kind: str, states: tuple[str, ...], moment: datetime) -> Sequence[QueueRow]: ...
    def left_in_danger(self, before: datetime) -> Sequence[QueueRow]: ...
    def answered(self) -> Sequence[QueueRow]: ...
    def alike(self, request: RequestForService) -> Sequence[tuple[QueueRow, tuple[str, ...]]]: ...


class BrokenLink(Protocol):
    @property
    def seq(self) -> int: ...
    @property
    def what(self) -> str: ...


class Trail(Protocol):
    def of(self, *subjects: str) -> Sequence[AuditEvent]: ...
    def doing(self, *actions: str) -> Sequence[AuditEvent]: ...
    def latest(self, *, text: str = "", limit: int = 100, offset: int = 0) -> Sequence[AuditEvent]: ...
    def count(self, *, text: str = "") -> int: ...
    def verify(self) -> BrokenLink | None: ...
    def head(self) -> tuple[int, str]: ...


class Figures(Protocol):
    def decisions(self, since: datetime, until: datetime) -> Sequence[DecisionLine]: ...
    def requests(self, since: datetime, until: datetime) -> Sequence[RequestLine]: ...
    def equality(self, since: datetime, until: datetime) -> Mapping[str, Mapping[str, str]]: ...
    def known(
        self, authority: str, limit: int, *, hidden: frozenset[str] = frozenset()
    ) -> Sequence[tuple[str, dict[str, Value]]]: ...


class Disposal(Protocol):
    def candidates(self) -> Sequence[Disposable]: ...
    def dialogues_left(self) -> Sequence[str]: ...
    def remove(self, conversation_id: str, event: AuditEvent) -> None: ...


class Desk(Protocol):
    officers: Officers
    queue: Queue
    trail: Trail
    figures: Figures
    disposal: Disposal
    sessions: Shelf[Session]
    tasks: Shelf[Task]
    alarms: Shelf[Alarm]
    deliveries: Shelf[Delivery]
    letters: Shelf[Letter]
    workers: Shelf[Worker]
    allocations: Shelf[Allocation]
    saved_views: Shelf[SavedView]
    sample_reviews: Shelf[SampleReview]
    record_holds: Shelf[RecordHold]
    switches: Shelf[Switch]
    signatures: Shelf[Signature]
    policy_drafts: Shelf[PolicyDraft]
    handovers: Shelf[Handover]
    training_candidates: Shelf[Candidate]


class DeskUnit(UnitOfWork, Protocol):
    """The same transaction as everybody's, with the desk in it."""

    desk: Desk

    def __enter__(self) -> DeskUnit: ...
