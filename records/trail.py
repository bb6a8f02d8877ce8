"""Reading the audit log. There is no way to change it from here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from records import audit
from records.audit import BrokenLink
from records.tables import audit_events, audit_head
from triage.ports import AuditEvent


class SqlTrail:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, *subjects: str) -> Sequence[AuditEvent]:
        """All that was done to these subjects, oldest first."""
        return self._read(audit_events.c.subject.in_(subjects))

    def doing(self, *actions: str) -> Sequence[AuditEvent]:
        """All events of these actions, oldest first."""
        return self._read(audit_events.c.action.in_(actions))

    def latest(self, *, text: str = "", limit: int = 100, offset: int = 0) -> Sequence[AuditEvent]:
        query = select(audit_events).where(_mentions(text)).order_by(audit_events.c.seq.desc())
        rows = self._connection.execute(query.limit(limit).offset(offset)).mappings()
        return [_event(dict(row)) for row in rows]

    def count(self, *, text: str = "") -> int:
        query = select(func.count()).select_from(audit_events).where(_mentions(text))
        return self._connection.execute(query).scalar_one()

    def verify(self) -> BrokenLink | None:
        return audit.verify(self._connection)

    def head(self) -> tuple[int, str]:
        """Number and hash of the last event: noted elsewhere, it shows later that nothing before it was rewritten."""
        found = self._connection.execute(select(audit_head.c.seq, audit_head.c.hash)).one_or_none()
        return (found.seq, found.hash) if found else (0, audit.GENESIS)

    def _read(self, condition: ColumnElement[bool]) -> Sequence[AuditEvent]:
        query = select(audit_events).where(condition).order_by(audit_events.c.seq)
        return [_event(dict(row)) for row in self._connection.execute(query).mappings()]


def _mentions(text: str) -> ColumnElement[bool]:
    if not text:
        return and_(True)
    columns = (audit_events.c.actor, audit_events.c.action, audit_events.c.subject)
    return or_(*(column.icontains(text, autoescape=True) for column in columns))


def _event(row: dict[str, Any]) -> AuditEvent:
    return AuditEvent(**{name: row[name] for name in ("at", "actor", "action", "subject", "why", "data")})
