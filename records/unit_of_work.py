"""One transaction. Leaving without `commit()` rolls everything back, audit events included."""

from __future__ import annotations

from types import TracebackType

from sqlalchemy import Connection, Engine

from records import audit
from records.conversations import SqlConversations
from records.desk import Desk
from records.door import SqlDoor
from records.engine import for_reading
from records.equality import SqlEquality
from records.requests import SqlRequests
from triage.ports import AuditEvent


class SqlUnitOfWork:
    connection: Connection
    conversations: SqlConversations
    requests: SqlRequests
    desk: Desk
    door: SqlDoor
    equality: SqlEquality

    def __init__(self, engine: Engine, *, reading: bool = False) -> None:
        self._engine = engine
        self._reading = reading

    def __enter__(self) -> SqlUnitOfWork:
        connection = self._engine.connect()
        self.connection = for_reading(connection) if self._reading else connection
        self._transaction = self.connection.begin()
        self.conversations = SqlConversations(self.connection)
        self.requests = SqlRequests(self.connection)
        self.desk = Desk(self.connection)
        self.door = SqlDoor(self.connection)
        self.equality = SqlEquality(self.connection)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._transaction.is_active:
            self._transaction.rollback()
        self.connection.close()

    def commit(self) -> None:
        self._transaction.commit()

    def audit(self, event: AuditEvent) -> None:
        audit.append(self.connection, event)
