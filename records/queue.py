"""The officers' queue: one narrow, indexed query, whatever the number of open requests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, func, or_, select, update

from records import alike
from records.desk_tables import alarms
from records.tables import conversations, messages, requests
from triage.desk import QueueFilter, QueueRow, Ringing
from triage.request import RequestForService

_COLUMNS = [requests.c[f.name] for f in fields(QueueRow)]

# what is unset comes last in both databases: SQLite sorts NULL first, PostgreSQL last
_CLOCK = (requests.c.due_at.is_(None), requests.c.due_at)
_AGE = (requests.c.sent_at.is_(None), requests.c.sent_at, requests.c.created_at)
_SORTS: dict[str, tuple[Any, ...]] = {
    "urgency": (requests.c.urgency, *_CLOCK, *_AGE),
    "due": (*_CLOCK, *_AGE),
    "age": _AGE,
    "newest": tuple(column.desc() for column in (requests.c.sent_at, requests.c.created_at)),
    "reference": (requests.c.reference,),
}


class SqlQueue:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def rows(self, wanted: QueueFilter) -> Sequence[QueueRow]:
        """One page. Its ids are found in an index alone where they can be; only its own rows are read whole."""
        order = (*_SORTS.get(wanted.sort, _SORTS["urgency"]), requests.c.id)
        page = select(requests.c.id).where(_fits(wanted)).order_by(*order).limit(wanted.limit).offset(wanted.offset)
        return self._read(select(*_COLUMNS).where(requests.c.id.in_(page)).order_by(*order))

    def count(self, wanted: QueueFilter) -> int:
        query = select(func.count()).select_from(requests).where(_fits(wanted))
        return self._connection.execute(query).scalar_one()

    def ringing(self, reach: QueueFilter, kinds: tuple[str, ...], limit: int) -> Sequence[Ringing]:
        """Alarms of these kinds about requests in reach that nobody has acknowledged, the most urgent request first."""
        query = (
            select(alarms.c.id.label("alarm_id"), alarms.c.kind, alarms.c.raised_at, *_COLUMNS)
            .join(requests, requests.c.id == alarms.c.request_id)
            .where(alarms.c.acknowledged_at.is_(None), alarms.c.kind.in_(kinds), *_reach(reach))
            .order_by(requests.c.urgency, alarms.c.raised_at, alarms.c.id)
            .limit(limit)
        )
        found = [dict(row) for row in self._connection.execute(query).mappings()]
        return [Ringing(row.pop("alarm_id"), row.pop("kind"), row.pop("raised_at"), QueueRow(**row)) for row in found]

    def ringing_counts(self, reach: QueueFilter) -> Mapping[str, int]:
        """How many ring, by kind."""
        query = (
            select(alarms.c.kind, func.count().label("number"))
            .join(requests, requests.c.id == alarms.c.request_id)
            .where(alarms.c.acknowledged_at.is_(None), *_reach(reach))
            .group_by(alarms.c.kind)
        )
        return {row.kind: row.number for row in self._connection.execute(query)}

    def without_clock(self, states: tuple[str, ...]) -> Sequence[QueueRow]:
        """Requests that wait for an officer and have no due time yet."""
        return self._read(select(*_COLUMNS).where(requests.c.state.in_(states), requests.c.due_at.is_(None)))

    def set_clock(self, request_id: str, due_at: datetime) -> None:
        """A derived value, not a change of the request: its version stays."""
        self._connection.execute(update(requests).where(requests.c.id == request_id).values(due_at=due_at))

    def to_ring(self, kind: str, states: tuple[str, ...], moment: datetime) -> Sequence[QueueRow]:
        """Requests that deserve an alarm of this kind and never had one.

        emergency: danger now; unopened: nobody has opened it since `moment`; overdue: it was due before `moment`.
        """
        sent = func.coalesce(requests.c.sent_at, requests.c.created_at)
        deserves = {
            "emergency": requests.c.danger == "immediate_danger",
            "unopened": and_(requests.c.opened_at.is_(None), sent <= moment),
            "overdue": requests.c.due_at < moment,
        }[kind]
        had = exists().where(alarms.c.request_id == requests.c.id, alarms.c.kind == kind)
        return self._read(select(*_COLUMNS).where(requests.c.state.in_(states), deserves, ~had))

    def left_in_danger(self, before: datetime) -> Sequence[QueueRow]:
        """Drafts in which danger or concern was heard and nothing was said since `before`."""
        last = func.coalesce(conversations.c.last_at, conversations.c.started_at)
        left = and_(requests.c.state == "draft", requests.c.danger != "none", last <= before)
        query = select(*_COLUMNS).join(conversations, conversations.c.id == requests.c.conversation_id)
        return self._read(query.where(left))

    def answered(self) -> Sequence[QueueRow]:
        """Requests with a question out, where the person has said something after the officer's last words."""
        said = messages.alias()
        spoken = select(func.max(said.c.number)).where(said.c.conversation_id == requests.c.conversation_id)
        person = spoken.where(said.c.author == "person").scalar_subquery()
        officer = spoken.where(said.c.author == "officer").scalar_subquery()
        return self._read(select(*_COLUMNS).where(requests.c.state == "asked", person > officer))

    def alike(self, request: RequestForService) -> Sequence[tuple[QueueRow, tuple[str, ...]]]:
        """Sent requests that may concern the same people, newest first, with what is the same in words."""
        same = alike.alike(self._connection, request)
        sent = and_(requests.c.id.in_(same), requests.c.state != "draft")
        rows = self._read(select(*_COLUMNS).where(sent).order_by(requests.c.created_at.desc()))
        return [(row, same[row.id]) for row in rows]

    def _read(self, query: Select[Any]) -> Sequence[QueueRow]:
        return [QueueRow(**dict(row)) for row in self._connection.execute(query).mappings()]


def _fits(wanted: QueueFilter) -> ColumnElement[bool]:
    parts = _reach(wanted)
    if wanted.ids is not None:
        parts.append(requests.c.id.in_(wanted.ids))
    if wanted.states:
        parts.append(requests.c.state.in_(wanted.states))
    for name in ("route", "level", "channel", "language", "consent"):
        if getattr(wanted, name):
            parts.append(requests.c[name] == getattr(wanted, name))
    if wanted.assigned_to == "nobody":
        parts.append(requests.c.assigned_to.is_(None))
    elif wanted.assigned_to:
        parts.append(requests.c.assigned_to == wanted.assigned_to)
    if wanted.overdue_at is not None:
        parts.append(requests.c.due_at < wanted.overdue_at)
    if wanted.unopened:
        parts.append(requests.c.opened_at.is_(None))
    if wanted.text:
        parts.append(_mentions(wanted.text))
    return and_(True, *parts)


def _reach(wanted: QueueFilter) -> list[ColumnElement[bool]]:
    """A request without an authority or locality is in everybody's reach: it must not be overlooked."""
    parts: list[ColumnElement[bool]] = []
    if wanted.authorities:
        parts.append(or_(requests.c.authority.is_(None), requests.c.authority.in_(wanted.authorities)))
    if wanted.localities:
        parts.append(or_(requests.c.locality.is_(None), requests.c.locality.in_(wanted.localities)))
    if wanted.hidden:
        parts.append(requests.c.id.not_in(wanted.hidden))
    return parts


def _mentions(text: str) -> ColumnElement[bool]:
    columns = (requests.c.reference, requests.c.place, requests.c.requester_name, requests.c.locality)
    return or_(*(column.icontains(text, autoescape=True) for column in columns))
