"""The tables of the officers' desk. Beside the requests, never inside them."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text

from records.tables import UtcDateTime, metadata


def _of_request() -> Column[str]:
    return Column("request_id", ForeignKey("requests.id", ondelete="CASCADE"), nullable=False, index=True)


officers = Table(
    "officers",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("roles", JSON, nullable=False),
    Column("authorities", JSON, nullable=False),
    Column("localities", JSON, nullable=False),
    Column("own_family", JSON, nullable=False),
    Column("email", String(200)),
    Column("active", Boolean, nullable=False),
)

sessions = Table(
    "officer_sessions",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("officer_id", String(80), nullable=False, index=True),
    Column("csrf", String(64), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("last_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
)

tasks = Table(
    "tasks",
    metadata,
    Column("id", String(36), primary_key=True),
    _of_request(),
    Column("kind", String(30), nullable=False),
    Column("what", Text, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("created_by", String(80), nullable=False),
    Column("owner", String(80)),
    Column("done_at", UtcDateTime),
    Column("done_by", String(80)),
    Column("outcome", Text, nullable=False),
    Index(None, "done_at", "due_on"),
)

alarms = Table(
    "alarms",
    metadata,
    Column("id", String(36), primary_key=True),
    _of_request(),
    Column("kind", String(20), nullable=False),
    Column("raised_at", UtcDateTime, nullable=False),
    Column("next_at", UtcDateTime, nullable=False),
    Column("rung", Integer, nullable=False),
    Column("acknowledged_at", UtcDateTime, index=True),
    Column("acknowledged_by", String(80)),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("to", String(300), nullable=False),
    Column("payload", JSON, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("next_at", UtcDateTime, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("delivered_at", UtcDateTime),
    Column("given_up_at", UtcDateTime),
    Column("last_error", Text, nullable=False),
    Index(None, "delivered_at", "next_at"),
)

letters = Table(
    "letters",
    metadata,
    Column("id", String(36), primary_key=True),
    _of_request(),
    Column("kind", String(30), nullable=False),
    Column("recipient", String(20), nullable=False),
    Column("channel", String(20), nullable=False),
    Column("text", Text, nullable=False),
    Column("written_at", UtcDateTime, nullable=False),
    Column("written_by", String(80), nullable=False),
    Column("blocked", Text, nullable=False),
    Column("released_at", UtcDateTime),
)

workers = Table(
    "workers",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("authority", String(40), nullable=False),
    Column("locality", String(60)),
    Column("team", String(40), nullable=False),
    Column("unit", String(20), nullable=False),
    Column("most", Integer, nullable=False),
    Column("pod", String(60)),
    Column("active", Boolean, nullable=False),
)

allocations = Table(
    "allocations",
    metadata,
    Column("id", String(36), primary_key=True),
    _of_request(),
    Column("worker_id", String(80), nullable=False, index=True),
    Column("offer", String(80), nullable=False),
    Column("unit", String(20), nullable=False),
    Column("load", Integer, nullable=False),
    Column("started_on", Date, nullable=False),
    Column("same_worker", Boolean, nullable=False),
    Column("ended_on", Date),
)

saved_views = Table(
    "saved_views",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("officer_id", String(80), nullable=False, index=True),
    Column("name", String(80), nullable=False),
    Column("query", JSON, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)

sample_reviews = Table(
    "sample_reviews",
    metadata,
    Column("id", String(36), primary_key=True),
    _of_request(),
    Column("reviewer", String(80), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("answers", JSON, nullable=False),
    Column("note", Text, nullable=False),
)

record_holds = Table(
    "record_holds",
    metadata,
    Column("id", String(36), primary_key=True),
    # no cascade: a held request cannot be deleted, whoever tries
    Column("request_id", ForeignKey("requests.id", ondelete="RESTRICT"), nullable=False, index=True),
    Column("ground", Text, nullable=False),
    Column("placed_at", UtcDateTime, nullable=False),
    Column("placed_by", String(80), nullable=False),
    Column("lifted_at", UtcDateTime),
    Column("lifted_by", String(80)),
)

switches = Table(
    "switches",
    metadata,
    Column("id", String(60), primary_key=True),
    Column("value", Text, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("changed_by", String(80), nullable=False),
    Column("why", Text, nullable=False),
)

likenesses = Table(
    "likenesses",
    metadata,
    Column("request_id", ForeignKey("requests.id", ondelete="CASCADE"), primary_key=True),
    Column("key", String(64), primary_key=True, index=True),
)

signatures = Table(
    "signatures",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("what", String(80), nullable=False, index=True),
    Column("version", String(80), nullable=False),
    Column("officer_id", String(80), nullable=False),
    Column("name", String(200), nullable=False),
    Column("capacity", String(60), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("statement", Text, nullable=False),
)

policy_drafts = Table(
    "policy_drafts",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("base", String(80), nullable=False),
    Column("version", String(40), nullable=False),
    Column("in_force_from", Date, nullable=False),
    Column("why", Text, nullable=False),
    Column("edits", JSON, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("created_by", String(80), nullable=False),
    Column("state", String(20), nullable=False),
)

handovers = Table(
    "handovers",
    metadata,
    Column("id", String(36), primary_key=True),
    _of_request(),
    Column("to", String(300), nullable=False),
    Column("sent_by", String(80), nullable=False),
    Column("sent_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("acknowledged_at", UtcDateTime),
    Column("receipt", String(200), nullable=False),
    Column("refused", Text, nullable=False),
    Index(None, "acknowledged_at", "due_at"),
)

training_candidates = Table(
    "training_candidates",
    metadata,
    Column("id", String(36), primary_key=True),
    # until somebody has read the words they go with their request; then nothing leads back to it
    Column("request_id", ForeignKey("requests.id", ondelete="CASCADE"), index=True),
    Column("message_id", String(36)),
    Column("authority", String(40)),
    Column("kind", String(20), nullable=False),
    Column("state", String(20), nullable=False, index=True),
    Column("speaker", String(30), nullable=False),
    Column("words", Text, nullable=False),
    Column("heard", String(30), nullable=False),
    Column("heard_categories", JSON, nullable=False),
    Column("fact", String(60)),
    Column("note", Text, nullable=False),
    Column("marked_by", String(80)),
    Column("marked_at", UtcDateTime),
    Column("label", String(30)),
    Column("category", String(60)),
    Column("reviewed_by", String(80)),
    Column("reviewed_at", UtcDateTime),
)

equality_answers = Table(
    "equality_answers",
    metadata,
    Column("request_id", ForeignKey("requests.id", ondelete="CASCADE"), primary_key=True),
    Column("question", String(60), primary_key=True),
    Column("answer", String(60), nullable=False),
)
