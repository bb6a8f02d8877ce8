"""One small repository for plain values: get, find, add, save, remove. Every write takes its audit event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, insert, select, update

from records import audit
from triage.ports import AuditEvent


class Kept(Protocol):
    """A frozen dataclass with an `id`."""

    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=Kept)


class Shelf(Generic[T]):
    """Values of one dataclass in one table. Criteria are column values; a tuple means "one of"."""

    def __init__(self, connection: Connection, table: Table, kind: type[T]) -> None:
        self._connection = connection
        self._table = table
        self._kind = kind

    def get(self, id_: str) -> T | None:
        found = self.find(id=id_)
        return found[0] if found else None

    def find(self, *, order: str = "id", limit: int | None = None, **criteria: Any) -> Sequence[T]:
        """Values that fit all criteria. `order` is a column's name, with a leading minus for descending."""
        column = self._table.c[order.lstrip("-")]
        query = select(self._table).where(self._fits(criteria))
        query = query.order_by(column.desc() if order.startswith("-") else column).limit(limit)
        return [self._value(dict(row)) for row in self._connection.execute(query).mappings()]

    def before(self, column: str, value: Any, **criteria: Any) -> Sequence[T]:
        """Values whose `column` is not after `value`, earliest first: what is due."""
        when = self._table.c[column]
        query = select(self._table).where(when <= value, self._fits(criteria)).order_by(when)
        return [self._value(dict(row)) for row in self._connection.execute(query).mappings()]

    def add(self, value: T, event: AuditEvent) -> None:
        self._connection.execute(insert(self._table), _row(value))
        audit.append(self._connection, event)

    def save(self, value: T, event: AuditEvent) -> None:
        """Replace the stored value of the same id; add it where there is none."""
        statement = update(self._table).where(self._table.c.id == value.id).values(_row(value))
        if self._connection.execute(statement).rowcount == 0:
            self._connection.execute(insert(self._table), _row(value))
        audit.append(self._connection, event)

    def remove(self, id_: str, event: AuditEvent) -> None:
        self._connection.execute(delete(self._table).where(self._table.c.id == id_))
        audit.append(self._connection, event)

    def touch(self, value: T) -> None:
        """Save without an event: only for a clock that ticks, such as a session's last use."""
        self._connection.execute(update(self._table).where(self._table.c.id == value.id).values(_row(value)))

    def _fits(self, criteria: dict[str, Any]) -> ColumnElement[bool]:
        return and_(True, *(self._one(name, wanted) for name, wanted in criteria.items()))

    def _one(self, name: str, wanted: Any) -> ColumnElement[bool]:
        column = self._table.c[name]
        return (
            column.in_(wanted)
            if isinstance(wanted, tuple)
            else column.is_(None)
            if wanted is None
            else column == wanted
        )

    def _value(self, row: dict[str, Any]) -> T:
        return self._kind(**{f.name: row[f.name] for f in fields(self._kind)})  # type: ignore[arg-type]  # T is any of the desk's dataclasses


def _row(value: Any) -> dict[str, Any]:
    return asdict(value)
