"""What the domain needs from outside. `records/` and `policies/` implement these; tests use fakes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from types import TracebackType
from typing import Any, Protocol

from triage.facts import Known
from triage.request import Level, Proposal, RequestForService, Route


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """Who did what to what, when and why. Every write and every read of a request carries one."""

    at: datetime
    actor: str  # "person", "bot", "officer:ada", "system"
    action: str  # dotted: "request.sent", "decision.made", "request.read"
    subject: str  # "request:ID", "conversation:ID"
    why: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)  # never the words a person typed


@dataclass(frozen=True, slots=True)
class StoredMessage:
    """One message as it was said or shown. `number` counts from 1 in its conversation."""

    id: str
    conversation_id: str
    number: int
    author: str  # person | bot | officer | system
    text: str
    at: datetime
    payload: Mapping[str, Any] = field(default_factory=dict)  # choices, form, kind, screen result
    client_key: str | None = None  # idempotency key of the sender


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation. `dialogue` is the dialogue manager's own state, plain data."""

    id: str
    token_hash: str
    channel: str
    audience: str
    started_at: datetime
    authority: str | None = None
    state: str = "open"  # open | sent | left | closed
    language: str = "en"
    dialogue: Mapping[str, Any] = field(default_factory=dict)
    last_at: datetime | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """What has become of a request, as far as the person may know it: its reference and what is proposed."""

    reference: str | None
    level: Level | None = None
    route: Route | None = None


class Conversations(Protocol):
    def get(self, conversation_id: str) -> Conversation | None: ...
    def add(self, conversation: Conversation, audit: AuditEvent) -> None: ...
    def save(self, conversation: Conversation, audit: AuditEvent) -> None: ...
    def delete(self, conversation_id: str, audit: AuditEvent) -> None: ...
    def add_message(self, message: StoredMessage, audit: AuditEvent) -> StoredMessage: ...
    def add_messages(self, new: Sequence[StoredMessage], audits: Sequence[AuditEvent]) -> Sequence[StoredMessage]: ...
    def messages(self, conversation_id: str) -> Sequence[StoredMessage]: ...
    def latest_turn(self, conversation_id: str) -> Sequence[StoredMessage]:
        """The bot's latest messages with nothing between them, and all that came after."""
        ...

    def message_by_client_key(self, conversation_id: str, key: str) -> StoredMessage | None: ...
    def blank(self, message_id: str, audit: AuditEvent) -> None:
        """Take the words and answers out of one message, for what is kept apart from the conversation."""
        ...


class Requests(Protocol):
    def get(self, request_id: str) -> RequestForService | None: ...
    def for_conversation(self, conversation_id: str) -> RequestForService | None: ...
    def by_reference(self, reference: str) -> RequestForService | None: ...
    def standing(self, conversation_id: str) -> Standing | None: ...
    def proposals(self, request_id: str) -> tuple[Proposal, ...]:
        """All that was ever proposed for it, oldest first."""
        ...

    def save(self, request: RequestForService, audit: AuditEvent) -> RequestForService: ...


class EqualityAnswers(Protocol):
    """Optional answers about somebody's circumstances: for counts of groups, never for a rule or an officer."""

    def keep(self, request_id: str, answers: Mapping[str, str], event: AuditEvent) -> None: ...
    def of(self, request_id: str) -> dict[str, str]: ...


class UnitOfWork(Protocol):
    """One transaction: `with uow:` … `uow.commit()`; rolled back unless committed."""

    @property
    def conversations(self) -> Conversations: ...
    @property
    def requests(self) -> Requests: ...
    @property
    def equality(self) -> EqualityAnswers: ...

    def __enter__(self) -> UnitOfWork: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None: ...
    def commit(self) -> None: ...
    def audit(self, event: AuditEvent) -> None: ...


class UnitOfWorkFactory(Protocol):
    def __call__(self) -> AbstractContextManager[UnitOfWork]: ...


class Policy(Protocol):
    """The pack in force for one authority on one date (see policies.engine)."""

    name: str
    version: str

    def decide(self, known: Known, *, on: date) -> Any: ...
    def ask(self, known: Known, *, on: date, audience: str, never: Iterable[str] = ()) -> Sequence[str]: ...


class Policies(Protocol):
    @property
    def sources(self) -> Mapping[str, Mapping[str, Any]]:
        """The register of what rules rest on: by the key that rules cite, each with its `title`."""
        ...

    def for_authority(self, authority: str | None, *, on: date) -> Policy: ...
    def locate(self, words: str) -> Any:
        """Which authority serves a place: something with `authority` and `locality`, or with `name` and `number`, or None."""
        ...


class Clock(Protocol):
    def now(self) -> datetime: ...


class Ids(Protocol):
    def new(self) -> str: ...


class WorkingDays(Protocol):
    """England working days. Day 0 is the day received."""

    def is_working_day(self, day: date) -> bool: ...
    def after(self, start: date, working_days: int) -> date: ...


@dataclass(frozen=True, slots=True)
class Service:
    """One service of the directory that fits (Open Referral UK: only what a family needs to see).

    `why`: which of the concerns named it helps with; `fits_age`: an age was known, and the service is for it.
    """

    id: str
    name: str
    summary: str
    contact: str
    why: tuple[str, ...] = ()
    fits_age: bool = False
    area: str = ""


class Directory(Protocol):
    """Local services that are active and checked recently, best fit first."""

    def find(
        self,
        *,
        concerns: Iterable[str],
        ages: Iterable[int],
        authority: str | None,
        place: str | None,
        on: date,
        limit: int,
        wish: str = "",
    ) -> Sequence[Service]:
        """At most `limit` services. `wish` is what was asked for, in the person's words."""
        ...


class Words(Protocol):
    """The response files and the signed list of numbers, read the way Rasa reads them."""

    def text(
        self, response: str, *, audience: str, channel: str = "web", values: Mapping[str, str] | None = None
    ) -> str: ...
    def labels(self, response: str, *, audience: str, channel: str = "web") -> Mapping[str, str]:
        """The response's choices: id to label, in order; empty where it has none."""
        ...

    def numbers(self, authority: str | None) -> Mapping[str, str]:
        """`number_…` values for the words: the front door of this authority and the national lines."""
        ...
