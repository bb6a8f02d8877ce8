"""Teams chats and codes to come back with. Short statements on one transaction's connection."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from records.door_tables import return_codes, teams_threads

ThreadRow = tuple[str, str, str, str, str]
"""tenant, chat, user, conversation id, token"""


class SqlDoor:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def thread(self, tenant: str, chat: str) -> ThreadRow | None:
        columns = teams_threads.c
        query = select(columns.tenant, columns.chat, columns.user, columns.conversation_id, columns.token)
        row = self._connection.execute(query.where(columns.tenant == tenant, columns.chat == chat)).one_or_none()
        return (row.tenant, row.chat, row.user, row.conversation_id, row.token) if row else None

    def put_thread(self, row: ThreadRow) -> None:
        """The chat is about this conversation from now on."""
        tenant, chat, user, conversation_id, token = row
        columns = teams_threads.c
        self._connection.execute(delete(teams_threads).where(columns.tenant == tenant, columns.chat == chat))
        values = {"tenant": tenant, "chat": chat, "user": user, "conversation_id": conversation_id, "token": token}
        self._connection.execute(insert(teams_threads), values)

    def add_code(self, code_hash: str, conversation_id: str, made_at: datetime, ends_at: datetime) -> None:
        """Keep a code (its hash). Codes given out before for the same conversation no longer open anything."""
        self._connection.execute(delete(return_codes).where(return_codes.c.conversation_id == conversation_id))
        values = {"code_hash": code_hash, "conversation_id": conversation_id, "made_at": made_at, "ends_at": ends_at}
        self._connection.execute(insert(return_codes), values)

    def use_code(self, code_hash: str, now: datetime) -> str | None:
        """The conversation that the code opens, once; None where it is unknown, used or over."""
        fits = (
            (return_codes.c.code_hash == code_hash) & return_codes.c.used_at.is_(None) & (return_codes.c.ends_at > now)
        )
        if self._connection.execute(update(return_codes).where(fits).values(used_at=now)).rowcount != 1:
            return None
        query = select(return_codes.c.conversation_id).where(return_codes.c.code_hash == code_hash)
        return str(self._connection.execute(query).scalar_one())
