"""The audit log: a hash chain. Each event holds the hash of the one before; the head is anchored apart."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from records.tables import audit_events, audit_head
from triage.ports import AuditEvent

GENESIS = "0" * 64
_LOCK_KEY = 4_711_999

# built once: putting a statement together costs more than running it
_HEAD = select(audit_head.c.seq, audit_head.c.hash)
_ADD = insert(audit_events)
_MOVE = update(audit_head).where(audit_head.c.id == 1).values(seq=bindparam("to_seq"), hash=bindparam("to_hash"))


def append(connection: Connection, *events: AuditEvent) -> None:
    """Add events behind the head, in this order. Writers take turns: the chain has no forks."""
    if not events:
        return
    seq, previous = _head(connection)
    rows = []
    for event in events:
        seq += 1
        row = {**_row(event), "seq": seq, "previous": previous}
        row["hash"] = previous = digest(row)
        rows.append(row)
    connection.execute(_ADD, rows)
    connection.execute(_MOVE, {"to_seq": seq, "to_hash": previous})


def _head(connection: Connection) -> tuple[int, str]:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK_KEY})")
    head = connection.execute(_HEAD).one_or_none()
    if head is None:
        connection.execute(insert(audit_head), {"id": 1, "seq": 0, "hash": GENESIS})
        return 0, GENESIS
    return head.seq, head.hash


def _row(event: AuditEvent) -> dict[str, Any]:
    return {
        "at": event.at,
        "actor": event.actor,
        "action": event.action,
        "subject": event.subject,
        "why": event.why,
        "data": dict(event.data),
    }


def digest(row: dict[str, Any]) -> str:
    """SHA-256 over the event's fields and the hash before it, in canonical JSON."""
    at = row["at"].astimezone(UTC).isoformat(timespec="microseconds")
    fields = [row["seq"], at, row["actor"], row["action"], row["subject"], row["why"], row["data"], row["previous"]]
    text = json.dumps(fields, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """The first event at which the chain does not hold, and what is wrong there."""

    seq: int
    what: str


def verify(connection: Connection) -> BrokenLink | None:
    """The first broken link, or None where the whole chain holds up to the anchored head."""
    rows = connection.execute(select(audit_events).order_by(audit_events.c.seq)).mappings()
    seq, previous, broken = _walk(dict(row) for row in rows)
    if broken:
        return broken
    head = connection.execute(_HEAD).one_or_none()
    if head is None:
        return None if seq == 0 else BrokenLink(seq, "the anchored head is missing")
    if (head.seq, head.hash) != (seq, previous):
        return BrokenLink(seq + 1, f"the anchored head is event {head.seq}; the log ends at {seq}")
    return None


def _walk(rows: Iterable[dict[str, Any]]) -> tuple[int, str, BrokenLink | None]:
    seq, previous = 0, GENESIS
    for row in rows:
        if row["seq"] != seq + 1:
            return seq, previous, BrokenLink(seq + 1, f"event {seq + 1} is missing")
        if row["previous"] != previous:
            return seq, previous, BrokenLink(row["seq"], "it does not follow the event before it")
        if row["hash"] != digest(row):
            return seq, previous, BrokenLink(row["seq"], "its content was changed")
        seq, previous = row["seq"], row["hash"]
    return seq, previous, None
