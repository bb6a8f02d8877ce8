"""The tables. Changing a stored word (a state, an action, a kind) needs a migration."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.engine import Dialect


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC. Refuses a moment without a zone; SQLite forgets the zone, so it is put back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a stored moment needs a time zone: {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

conversations = Table(
    "conversations",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("token_hash", String(64), nullable=False),
    Column("channel", String(20), nullable=False),
    Column("audience", String(20), nullable=False),
    Column("authority", String(40)),
    Column("state", String(20), nullable=False),
    Column("language", String(10), nullable=False),
    Column("dialogue", JSON, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("last_at", UtcDateTime),
    Column("version", Integer, nullable=False),
)

messages = Table(
    "messages",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("author", String(20), nullable=False),
    Column("text", Text, nullable=False),
    Column("payload", JSON, nullable=False),
    Column("client_key", String(64)),
    Column("at", UtcDateTime, nullable=False),
    UniqueConstraint("conversation_id", "number"),
    UniqueConstraint("conversation_id", "client_key"),
)

requests = Table(
    "requests",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("conversation_id", String(36), nullable=False, unique=True),
    Column("reference", String(20), unique=True),
    Column("state", String(30), nullable=False),
    Column("channel", String(20), nullable=False),
    Column("audience", String(20), nullable=False),
    Column("authority", String(40)),
    Column("locality", String(60)),
    Column("place", String(80)),
    Column("language", String(10), nullable=False),
    Column("requester_role", String(30), nullable=False),
    Column("requester_name", String(200)),
    Column("anonymous", Boolean, nullable=False),
    Column("do_not_tell_family", Boolean, nullable=False),
    Column("danger", String(30), nullable=False),
    Column("danger_categories", JSON, nullable=False),
    Column("children", JSON, nullable=False),
    Column("household", JSON, nullable=False),
    Column("safe_contact", JSON, nullable=False),
    Column("concerns", JSON, nullable=False),
    Column("strengths", Text),
    Column("wishes", Text),
    Column("story", Text),
    Column("level", String(30)),
    Column("route", String(30)),
    # derived for the queue: see triage.desk.urgency, and gateway.console.clocks for the due time
    Column("urgency", Integer, nullable=False, server_default="2"),
    Column("consent", String(40), nullable=False, server_default="not_asked"),
    Column("due_at", UtcDateTime),
    Column("assigned_to", String(80)),
    Column("created_at", UtcDateTime, nullable=False),
    Column("sent_at", UtcDateTime),
    Column("opened_at", UtcDateTime),
    Column("version", Integer, nullable=False),
    Index(None, "state", "sent_at"),
    # holds all that the queue is ordered by: one page of it reads fifty rows, not all that wait
    Index("ix_requests_queue", "state", "urgency", "due_at", "sent_at", "created_at", "id"),
    Index(None, "authority", "locality"),
)

Index(
    "ix_requests_without_clock",
    requests.c.state,
    sqlite_where=requests.c.due_at.is_(None),
    postgresql_where=requests.c.due_at.is_(None),
)

facts = Table(
    "facts",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("request_id", ForeignKey("requests.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("name", String(60), nullable=False),
    Column("value", JSON),
    Column("status", String(20), nullable=False),
    Column("said_by", String(80), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("message_id", String(36)),
    Column("start", Integer),
    Column("end", Integer),
    Column("words", Text),
)

consents = Table(
    "consents",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("request_id", ForeignKey("requests.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("value", String(40), nullable=False),
    Column("by", String(80), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("wording", String(40), nullable=False),
    Column("channel", String(20), nullable=False),
    Column("agency", String(80)),
    Column("reason", Text),
)

proposals = Table(
    "proposals",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("request_id", ForeignKey("requests.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
    Column("pack", String(60), nullable=False),
    Column("on", Date, nullable=False),
    Column("level", String(30), nullable=False),
    Column("route", String(30), nullable=False),
    Column("offer", String(80)),
    Column("consent_outcome", String(80)),
    Column("indication", JSON, nullable=False),
)

decisions = Table(
    "decisions",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("request_id", ForeignKey("requests.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
    Column("officer", String(80), nullable=False),
    Column("action", String(30), nullable=False),
    Column("level", String(30), nullable=False),
    Column("route", String(30), nullable=False),
    Column("reason", Text, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("proposal_at", UtcDateTime),
    Column("blind", Boolean, nullable=False),
)

audit_events = Table(
    "audit_events",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", String(100), nullable=False),
    Column("action", String(60), nullable=False),
    Column("subject", String(100), nullable=False, index=True),
    Column("why", Text, nullable=False),
    Column("data", JSON, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)

audit_head = Table(
    "audit_head",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
)
