"""Conversations that somebody still waits in: the bot has not answered the last thing that was said to it.

What an officer wrote meanwhile is no answer of the bot's: the words before it are still to be screened.
"""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from records.tables import messages

WAITING = ("person", "system")
OFFICER = "officer"


def waiting_conversations(connection: Connection) -> list[str]:
    """Ids, longest waiting first."""
    last = (
        select(messages.c.conversation_id, func.max(messages.c.number).label("number"))
        .where(messages.c.author != OFFICER)
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
