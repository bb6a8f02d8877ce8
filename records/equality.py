"""Optional answers about somebody's circumstances. Kept apart from the request: figures read them, no rule and no officer does.

They are never required, may be taken back, go with the request when it is deleted, and are shown only as counts of groups.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, delete, insert, select

from records import audit
from records.desk_tables import equality_answers
from triage.ports import AuditEvent


class SqlEquality:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, request_id: str, answers: Mapping[str, str], event: AuditEvent) -> None:
        """Put these answers (question → answer, both as codes) in place of those that were given before.

        The event must not hold the answers: the log is read by more people than the figures.
        """
        self._connection.execute(delete(equality_answers).where(equality_answers.c.request_id == request_id))
        rows = [{"request_id": request_id, "question": q, "answer": a} for q, a in answers.items() if a]
        if rows:
            self._connection.execute(insert(equality_answers), rows)
        audit.append(self._connection, event)

    def of(self, request_id: str) -> dict[str, str]:
        """For the person's own copy (subject access), and for nothing else."""
        query = select(equality_answers).where(equality_answers.c.request_id == request_id)
        return {row.question: row.answer for row in self._connection.execute(query)}
