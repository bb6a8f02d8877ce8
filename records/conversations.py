"""Conversations and their messages. A message is stored before anything is done with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

from sqlalchemy import Connection, Select, bindparam, delete, func, insert, select, update

from records import audit
from records.tables import conversations, messages, requests
from triage.desk_ports import StaleRecord
from triage.ports import AuditEvent, Conversation, StoredMessage

__all__ = ["SqlConversations", "StaleRecord"]

BOT = "bot"

# built once: putting a statement together costs more than running it
_OF = messages.c.conversation_id == bindparam("of")
_GET = select(conversations).where(conversations.c.id == bindparam("of"))
_ADD_MESSAGE = insert(messages)
_MESSAGES = select(messages).where(_OF).order_by(messages.c.number)
_BY_KEY = select(messages).where(_OF, messages.c.client_key == bindparam("key"))
_LAST_NUMBER = select(func.max(messages.c.number)).where(_OF)
_LAST_OF_BOT = (
    select(messages.c.number).where(_OF, messages.c.author == BOT).order_by(messages.c.number.desc()).limit(1)
)
_LAST_BEFORE_IT = (
    select(messages.c.number)
    .where(_OF, messages.c.author != BOT, messages.c.number < _LAST_OF_BOT.scalar_subquery())
    .order_by(messages.c.number.desc())
    .limit(1)
)
_LATEST_TURN = _MESSAGES.where(messages.c.number > func.coalesce(_LAST_BEFORE_IT.scalar_subquery(), 0))
_SAVE = update(conversations).where(
    conversations.c.id == bindparam("of"), conversations.c.version == bindparam("before")
)


class SqlConversations:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, conversation_id: str) -> Conversation | None:
        row = self._connection.execute(_GET, {"of": conversation_id}).mappings().one_or_none()
        return Conversation(**row) if row else None

    def add(self, conversation: Conversation, event: AuditEvent) -> None:
        self._connection.execute(insert(conversations), _columns(conversation))
        audit.append(self._connection, event)

    def save(self, conversation: Conversation, event: AuditEvent) -> None:
        """Raises StaleRecord where another turn of this conversation was saved in between."""
        changed = replace(conversation, version=conversation.version + 1)
        values = {**_columns(changed), "of": conversation.id, "before": conversation.version}
        if self._connection.execute(_SAVE, values).rowcount != 1:
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
        numbered = replace(message, number=message.number or self._last_number(message.conversation_id) + 1)
        self._connection.execute(_ADD_MESSAGE, _columns(numbered))
        audit.append(self._connection, event)
        return numbered

    def add_messages(self, new: Sequence[StoredMessage], events: Sequence[AuditEvent]) -> Sequence[StoredMessage]:
        """Store several messages of one conversation behind the last, each with its event. Returns them numbered."""
        if not new:
            return []
        last = self._last_number(new[0].conversation_id)
        numbered = [replace(message, number=last + i) for i, message in enumerate(new, 1)]
        self._connection.execute(_ADD_MESSAGE, [_columns(message) for message in numbered])
        audit.append(self._connection, *events)
        return numbered

    def blank(self, message_id: str, event: AuditEvent) -> None:
        """Take the words and answers out of one message; that there was one stays."""
        self._connection.execute(update(messages).where(messages.c.id == message_id).values(text="", payload={}))
        audit.append(self._connection, event)

    def _last_number(self, conversation_id: str) -> int:
        return self._connection.execute(_LAST_NUMBER, {"of": conversation_id}).scalar() or 0

    def messages(self, conversation_id: str) -> Sequence[StoredMessage]:
        return self._stored(_MESSAGES, of=conversation_id)

    def latest_turn(self, conversation_id: str) -> Sequence[StoredMessage]:
        """What the bot said last, and all that came after it: how long the conversation is does not matter."""
        return self._stored(_LATEST_TURN, of=conversation_id)

    def message_by_client_key(self, conversation_id: str, key: str) -> StoredMessage | None:
        return next(iter(self._stored(_BY_KEY, of=conversation_id, key=key)), None)

    def _stored(self, query: Select[Any], **values: str) -> list[StoredMessage]:
        return [StoredMessage(**row) for row in self._connection.execute(query, values).mappings()]


def _columns(thing: Conversation | StoredMessage) -> dict[str, Any]:
    """As a row. Only a shallow copy: what is stored is written out as it stands."""
    return {column.name: getattr(thing, column.name) for column in fields(thing)}
