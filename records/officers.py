"""Members of staff with their roles and reach."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, insert, select, update

from records import audit
from records.desk_tables import officers
from triage.permissions import Officer, Role
from triage.ports import AuditEvent


class SqlOfficers:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, officer_id: str) -> Officer | None:
        row = self._connection.execute(select(officers).where(officers.c.id == officer_id)).mappings().one_or_none()
        return _officer(dict(row)) if row else None

    def all(self) -> Sequence[Officer]:
        return [
            _officer(dict(row))
            for row in self._connection.execute(select(officers).order_by(officers.c.name)).mappings()
        ]

    def save(self, officer: Officer, event: AuditEvent) -> None:
        row = _row(officer)
        if self._connection.execute(update(officers).where(officers.c.id == officer.id).values(row)).rowcount == 0:
            self._connection.execute(insert(officers), row)
        audit.append(self._connection, event)


def _row(officer: Officer) -> dict[str, Any]:
    return {
        "id": officer.id,
        "name": officer.name,
        "roles": sorted(officer.roles),
        "authorities": sorted(officer.authorities),
        "localities": sorted(officer.localities),
        "own_family": sorted(officer.own_family),
        "email": officer.email,
        "active": officer.active,
    }


def _officer(row: dict[str, Any]) -> Officer:
    return Officer(
        id=row["id"],
        name=row["name"],
        roles=frozenset(Role(name) for name in row["roles"]),
        authorities=frozenset(row["authorities"]),
        localities=frozenset(row["localities"]),
        own_family=frozenset(row["own_family"]),
        email=row["email"],
        active=row["active"],
    )
