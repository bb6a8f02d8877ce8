"""Conversations that somebody still waits in: the last thing stored is not an answer of the bot or an officer."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from records.tables import messages

WAITING = ("person", "system")


def waiting_conversations(connection: Connection) -> list[str]:
    """Ids, longest waiting first."""
    last = (
        select(messages.c.conversation_id, func.max(messages.c.number).label("number"))
        .group_by(messages.c.conversation_id)
        .subquery()
    )
    query = (
        select(messages.c.conversation_id)
        .join(last, (messages.c.conversation_id == last.c.conversation_id) & (messages.c.number == last.c.number))
        .where(messages.c.author.in_(WAITING))
        .order_by(messages.c.at)
    )
    return list(connection.execute(query).scalars())
