"""Deleting what may go: a conversation with its messages, request and everything that hangs on it. The audit stays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, delete, exists, func, select

from records import audit
from records.desk_tables import record_holds
from records.tables import audit_events, conversations, messages, requests
from triage.ports import AuditEvent
from triage.retention import Disposable


class SqlDisposal:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def candidates(self) -> Sequence[Disposable]:
        """Every conversation with what decides whether it may go. The retention rules judge, not this query."""
        held = exists().where(record_holds.c.request_id == requests.c.id, record_holds.c.lifted_at.is_(None))
        query = select(
            conversations.c.id, conversations.c.state.label("conversation_state"),
            func.coalesce(conversations.c.last_at, conversations.c.started_at).label("last_at"),
            requests.c.id.label("request_id"), requests.c.state, requests.c.route, requests.c.danger,
            requests.c.children, requests.c.safe_contact, requests.c.requester_name, held.label("held"),
        ).select_from(conversations.outerjoin(requests, requests.c.conversation_id == conversations.c.id))  # fmt: skip
        return [_disposable(dict(row)) for row in self._connection.execute(query).mappings()]

    def dialogues_left(self) -> Sequence[str]:
        """Conversations that were left or erased while the bot could not be told: it may still keep its part."""
        done = select(audit_events.c.subject).where(
            audit_events.c.action.in_(("dialogue.forgotten", "conversation.purged"))
        )
        ended = audit_events.c.action.in_(("conversation.left", "conversation.forgotten"))
        query = select(audit_events.c.subject).where(ended, audit_events.c.subject.not_in(done)).distinct()
        return [subject.removeprefix("conversation:") for subject in self._connection.scalars(query)]

    def remove(self, conversation_id: str, event: AuditEvent) -> None:
        """Delete one conversation whole. A standing hold makes the database itself refuse."""
        request_ids = select(requests.c.id).where(requests.c.conversation_id == conversation_id)
        lifted = record_holds.c.lifted_at.is_not(None)
        self._connection.execute(delete(record_holds).where(record_holds.c.request_id.in_(request_ids), lifted))
        self._connection.execute(delete(requests).where(requests.c.conversation_id == conversation_id))
        self._connection.execute(delete(messages).where(messages.c.conversation_id == conversation_id))
        self._connection.execute(delete(conversations).where(conversations.c.id == conversation_id))
        audit.append(self._connection, event)


def _disposable(row: dict[str, Any]) -> Disposable:
    contact = row["safe_contact"] or {}
    named = any(child.get("name") for child in row["children"] or [])
    reachable = any(contact.get(name) for name in ("phone", "email", "name_to_use"))
    return Disposable(
        conversation_id=row["id"],
        request_id=row["request_id"],
        last_at=row["last_at"],
        state=row["state"] or row["conversation_state"],
        route=row["route"],
        danger=row["danger"] or "none",
        identified=bool(named or reachable or row["requester_name"]) or row["state"] not in (None, "draft"),
        held=bool(row["held"]),
    )
