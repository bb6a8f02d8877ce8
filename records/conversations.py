"""Conversations and their messages. A message is stored before anything is done with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from records import audit
from records.tables import conversations, messages, requests
from triage.desk_ports import StaleRecord
from triage.ports import AuditEvent, Conversation, StoredMessage

__all__ = ["SqlConversations", "StaleRecord"]


class SqlConversations:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, conversation_id: str) -> Conversation | None:
        query = select(conversations).where(conversations.c.id == conversation_id)
        row = self._connection.execute(query).mappings().one_or_none()
        return Conversation(**row) if row else None

    def add(self, conversation: Conversation, event: AuditEvent) -> None:
        self._connection.execute(insert(conversations), _columns(conversation))
        audit.append(self._connection, event)

    def save(self, conversation: Conversation, event: AuditEvent) -> None:
        """Raises StaleRecord where another turn of this conversation was saved in between."""
        changed = replace(conversation, version=conversation.version + 1)
        statement = (
            update(conversations)
            .where(conversations.c.id == conversation.id, conversations.c.version == conversation.version)
            .values(_columns(changed))
        )
        if self._connection.execute(statement).rowcount != 1:
            raise StaleRecord(f"conversation {conversation.id} was changed by another turn")
        audit.append(self._connection, event)

    def delete(self, conversation_id: str, event: AuditEvent) -> None:
        """Erase a conversation with what was noted in it; a request that was sent stays."""
        drafts = (requests.c.conversation_id == conversation_id) & requests.c.sent_at.is_(None)
        self._connection.execute(delete(requests).where(drafts))
        self._connection.execute(delete(messages).where(messages.c.conversation_id == conversation_id))
        self._connection.execute(delete(conversations).where(conversations.c.id == conversation_id))
        audit.append(self._connection, event)

    def add_message(self, message: StoredMessage, event: AuditEvent) -> StoredMessage:
        """Store one message behind the last. Returns it with its number (0 on the way in means: next)."""
        numbered = replace(message, number=message.number or self._next_number(message.conversation_id))
        self._connection.execute(insert(messages), _columns(numbered))
        audit.append(self._connection, event)
        return numbered

    def _next_number(self, conversation_id: str) -> int:
        query = select(func.max(messages.c.number)).where(messages.c.conversation_id == conversation_id)
        return (self._connection.execute(query).scalar() or 0) + 1

    def messages(self, conversation_id: str) -> Sequence[StoredMessage]:
        query = select(messages).where(messages.c.conversation_id == conversation_id).order_by(messages.c.number)
        return [StoredMessage(**row) for row in self._connection.execute(query).mappings()]

    def message_by_client_key(self, conversation_id: str, key: str) -> StoredMessage | None:
        query = select(messages).where(messages.c.conversation_id == conversation_id, messages.c.client_key == key)
        row = self._connection.execute(query).mappings().one_or_none()
        return StoredMessage(**row) if row else None


def _columns(thing: Conversation | StoredMessage) -> dict[str, Any]:
    return asdict(thing)
