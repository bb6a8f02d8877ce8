"""Requests for service. Facts, consents, proposals and decisions are only ever added, never rewritten."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, bindparam, func, insert, select, update

from records import alike, audit
from records.conversations import StaleRecord
from records.tables import consents, decisions, facts, proposals, requests
from triage.consent import ConsentKind, ConsentRecord
from triage.desk import urgency
from triage.facts import Evidence, Fact, FactBook, Status
from triage.ports import AuditEvent, Standing
from triage.request import Child, Decision, Level, Proposal, RequestForService, Route, SafeContact

_SCALARS = [
    "id",
    "conversation_id",
    "reference",
    "state",
    "channel",
    "audience",
    "authority",
    "locality",
    "place",
    "language",
    "requester_role",
    "requester_name",
    "anonymous",
    "do_not_tell_family",
    "danger",
    "strengths",
    "wishes",
    "story",
    "assigned_to",
    "created_at",
    "sent_at",
    "opened_at",
]

# built once: putting a statement together costs more than running it
_REQUEST = {
    name: select(requests).where(requests.c[name] == bindparam("wanted"))
    for name in ("id", "conversation_id", "reference")
}
_ADD = {table: insert(table) for table in (requests, facts, consents, proposals, decisions)}
_ROWS = {
    table: select(table).where(table.c.request_id == bindparam("of")).order_by(table.c.seq)
    for table in (facts, consents, decisions, proposals)
}
_COUNT = {
    table: select(func.count()).select_from(table).where(table.c.request_id == bindparam("of"))
    for table in (facts, consents, decisions)
}
_LAST_PROPOSAL = (
    select(proposals).where(proposals.c.request_id == bindparam("of")).order_by(proposals.c.seq.desc()).limit(1)
)
_UPDATE = update(requests).where(requests.c.id == bindparam("of"), requests.c.version == bindparam("before"))
_STANDING = (
    select(requests.c.reference, proposals.c.level, proposals.c.route)
    .outerjoin(proposals, proposals.c.request_id == requests.c.id)
    .where(requests.c.conversation_id == bindparam("wanted"))
    .order_by(proposals.c.seq.desc())
    .limit(1)
)


class SqlRequests:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._read: dict[str, RequestForService] = {}  # as they are stored, for what was read in this transaction

    def get(self, request_id: str) -> RequestForService | None:
        return self._one("id", request_id)

    def for_conversation(self, conversation_id: str) -> RequestForService | None:
        return self._one("conversation_id", conversation_id)

    def by_reference(self, reference: str) -> RequestForService | None:
        return self._one("reference", reference)

    def standing(self, conversation_id: str) -> Standing | None:
        """Only what the person may know of it: one short read."""
        row = self._connection.execute(_STANDING, {"wanted": conversation_id}).one_or_none()
        if row is None:
            return None
        return Standing(row.reference, Level(row.level) if row.level else None, Route(row.route) if row.route else None)

    def proposals(self, request_id: str) -> tuple[Proposal, ...]:
        """All that was ever proposed for it, oldest first."""
        return tuple(_proposal(row) for row in self._rows(proposals, request_id))

    def save(self, request: RequestForService, event: AuditEvent) -> RequestForService:
        """Insert or update. Raises StaleRecord where somebody else saved it in between."""
        stored = replace(request, version=request.version + 1)
        if request.version == 0:
            self._connection.execute(_ADD[requests], _columns(stored))
        else:
            self._update(request, stored)
        self._append_new(stored)
        self._read[stored.id] = stored
        alike.store(self._connection, stored)
        audit.append(self._connection, event)
        return stored

    def _update(self, request: RequestForService, stored: RequestForService) -> None:
        values = {**_columns(stored), "of": request.id, "before": request.version}
        if self._connection.execute(_UPDATE, values).rowcount != 1:
            raise StaleRecord(f"request {request.id} was changed by somebody else")

    def _append_new(self, request: RequestForService) -> None:
        there = self._read.get(request.id)
        for table, rows, row_of in (
            (facts, request.facts.noted, _fact_row),
            (consents, request.consents, asdict),
            (decisions, request.decisions, asdict),
        ):
            self._add_after(table, request.id, rows, row_of, self._count(table, request.id, there))
        if request.proposal is not None:
            self._add_proposal(request.id, request.proposal, there)

    def _add_after(
        self, table: Table, request_id: str, rows: Sequence[Any], row_of: Callable[[Any], dict[str, Any]], count: int
    ) -> None:
        """Rows beyond those already stored are new: the aggregate only ever adds at the end."""
        new = rows[count:]
        if new:
            self._connection.execute(_ADD[table], [{**row_of(row), "request_id": request_id} for row in new])

    def _count(self, table: Table, request_id: str, there: RequestForService | None) -> int:
        """How many are stored: known without asking where this transaction has read the request."""
        if there is not None:
            return len({facts: there.facts.noted, consents: there.consents, decisions: there.decisions}[table])
        return self._connection.execute(_COUNT[table], {"of": request_id}).scalar_one()

    def _add_proposal(self, request_id: str, proposal: Proposal, there: RequestForService | None) -> None:
        last = there.proposal if there is not None else self._last_proposal(request_id)
        if last is None or last != proposal:
            self._connection.execute(_ADD[proposals], {**asdict(proposal), "request_id": request_id})

    def _one(self, by: str, wanted: str) -> RequestForService | None:
        row = self._connection.execute(_REQUEST[by], {"wanted": wanted}).mappings().one_or_none()
        if row is None:
            return None
        self._read[row["id"]] = found = self._whole(row)
        return found

    def _whole(self, row: RowMapping) -> RequestForService:
        id_ = row["id"]
        return RequestForService(
            **{name: row[name] for name in _SCALARS},
            danger_categories=tuple(row["danger_categories"]),
            children=tuple(_child(c) for c in row["children"]),
            household=tuple(row["household"]),
            safe_contact=SafeContact(**row["safe_contact"]),
            concerns=tuple(row["concerns"]),
            facts=FactBook(tuple(_fact(r) for r in self._rows(facts, id_))),
            consents=tuple(_consent(r) for r in self._rows(consents, id_)),
            decisions=tuple(_decision(r) for r in self._rows(decisions, id_)),
            proposal=self._last_proposal(id_),
            version=row["version"],
        )

    def _rows(self, table: Table, request_id: str) -> Sequence[RowMapping]:
        return self._connection.execute(_ROWS[table], {"of": request_id}).mappings().all()

    def _last_proposal(self, request_id: str) -> Proposal | None:
        row = self._connection.execute(_LAST_PROPOSAL, {"of": request_id}).mappings().one_or_none()
        return _proposal(row) if row else None


def _service_consent(request: RequestForService) -> str:
    said = [record.value for record in request.consents if record.kind is ConsentKind.SERVICE]
    return said[-1] if said else "not_asked"


def _columns(request: RequestForService) -> dict[str, Any]:
    stands = request.decision or request.proposal
    level = stands.level if stands else None
    return {
        **{name: getattr(request, name) for name in _SCALARS},
        "danger_categories": list(request.danger_categories),
        "children": [_child_row(child) for child in request.children],
        "household": list(request.household),
        "safe_contact": asdict(request.safe_contact),
        "concerns": list(request.concerns),
        "level": level,
        "route": stands.route if stands else None,
        "urgency": urgency(request.danger, level),
        "consent": _service_consent(request),
        "version": request.version,
    }


def _child_row(child: Child) -> dict[str, Any]:
    row = asdict(child)
    return {**row, "due": child.due.isoformat() if child.due else None}


def _child(row: dict[str, Any]) -> Child:
    due, one_of = row.get("due"), tuple(row.get("one_of") or ())
    return Child(**{**row, "due": date.fromisoformat(due) if due else None, "one_of": one_of})


def _fact_row(fact: Fact) -> dict[str, Any]:
    said = fact.evidence
    return {
        "name": fact.name,
        "value": fact.value,
        "status": fact.status,
        "said_by": fact.said_by,
        "at": fact.at,
        "message_id": said.message_id if said else None,
        "start": said.start if said else None,
        "end": said.end if said else None,
        "words": said.words if said else None,
    }


def _fact(row: RowMapping) -> Fact:
    evidence = None
    if row["message_id"] is not None:
        evidence = Evidence(row["message_id"], row["start"], row["end"], row["words"])
    return Fact(row["name"], row["value"], Status(row["status"]), row["said_by"], row["at"], evidence)


def _without(row: RowMapping, *names: str) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key not in ("seq", "request_id", *names)}


def _consent(row: RowMapping) -> ConsentRecord:
    return ConsentRecord(**{**_without(row), "kind": ConsentKind(row["kind"])})


def _decision(row: RowMapping) -> Decision:
    return Decision(**{**_without(row), "level": Level(row["level"]), "route": Route(row["route"])})


def _proposal(row: RowMapping) -> Proposal:
    return Proposal(**{**_without(row), "level": Level(row["level"]), "route": Route(row["route"])})
