"""Requests for service. Facts, consents, proposals and decisions are only ever added, never rewritten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, update

from records import alike, audit
from records.conversations import StaleRecord
from records.tables import consents, decisions, facts, proposals, requests
from triage.consent import ConsentKind, ConsentRecord
from triage.desk import urgency
from triage.facts import Evidence, Fact, FactBook, Status
from triage.ports import AuditEvent
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


class SqlRequests:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, request_id: str) -> RequestForService | None:
        return self._one(requests.c.id == request_id)

    def for_conversation(self, conversation_id: str) -> RequestForService | None:
        return self._one(requests.c.conversation_id == conversation_id)

    def by_reference(self, reference: str) -> RequestForService | None:
        return self._one(requests.c.reference == reference)

    def save(self, request: RequestForService, event: AuditEvent) -> RequestForService:
        """Insert or update. Raises StaleRecord where somebody else saved it in between."""
        stored = replace(request, version=request.version + 1)
        if request.version == 0:
            self._connection.execute(insert(requests), _columns(stored))
        else:
            self._update(request, stored)
        self._append_new(stored)
        alike.store(self._connection, stored)
        audit.append(self._connection, event)
        return stored

    def _update(self, request: RequestForService, stored: RequestForService) -> None:
        fits = (requests.c.id == request.id) & (requests.c.version == request.version)
        result = self._connection.execute(update(requests).where(fits).values(_columns(stored)))
        if result.rowcount != 1:
            raise StaleRecord(f"request {request.id} was changed by somebody else")

    def _append_new(self, request: RequestForService) -> None:
        self._add_after(facts, request.id, [_fact_row(f) for f in request.facts.noted])
        self._add_after(consents, request.id, [asdict(c) for c in request.consents])
        self._add_after(decisions, request.id, [asdict(d) for d in request.decisions])
        if request.proposal is not None:
            self._add_proposal(request.id, request.proposal)

    def _add_after(self, table: Table, request_id: str, rows: Sequence[dict[str, Any]]) -> None:
        """Rows beyond those already stored are new: the aggregate only ever adds at the end."""
        new = rows[self._count(table, request_id) :]
        if new:
            self._connection.execute(insert(table), [{**row, "request_id": request_id} for row in new])

    def _count(self, table: Table, request_id: str) -> int:
        query = select(func.count()).select_from(table).where(table.c.request_id == request_id)
        return self._connection.execute(query).scalar_one()

    def _add_proposal(self, request_id: str, proposal: Proposal) -> None:
        last = self._last_proposal(request_id)
        if last is None or last != proposal:
            self._connection.execute(insert(proposals), {**asdict(proposal), "request_id": request_id})

    def _one(self, condition: Any) -> RequestForService | None:
        row = self._connection.execute(select(requests).where(condition)).mappings().one_or_none()
        return self._whole(dict(row)) if row else None

    def _whole(self, row: dict[str, Any]) -> RequestForService:
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

    def _rows(self, table: Table, request_id: str) -> list[dict[str, Any]]:
        query = select(table).where(table.c.request_id == request_id).order_by(table.c.seq)
        return [dict(row) for row in self._connection.execute(query).mappings()]

    def _last_proposal(self, request_id: str) -> Proposal | None:
        query = select(proposals).where(proposals.c.request_id == request_id).order_by(proposals.c.seq.desc()).limit(1)
        row = self._connection.execute(query).mappings().one_or_none()
        return _proposal(dict(row)) if row else None


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
    due = row.get("due")
    return Child(**{**row, "due": date.fromisoformat(due) if due else None})


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


def _fact(row: dict[str, Any]) -> Fact:
    evidence = None
    if row["message_id"] is not None:
        evidence = Evidence(row["message_id"], row["start"], row["end"], row["words"])
    return Fact(row["name"], row["value"], Status(row["status"]), row["said_by"], row["at"], evidence)


def _without(row: dict[str, Any], *names: str) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key not in ("seq", "request_id", *names)}


def _consent(row: dict[str, Any]) -> ConsentRecord:
    return ConsentRecord(**{**_without(row), "kind": ConsentKind(row["kind"])})


def _decision(row: dict[str, Any]) -> Decision:
    return Decision(**{**_without(row), "level": Level(row["level"]), "route": Route(row["route"])})


def _proposal(row: dict[str, Any]) -> Proposal:
    return Proposal(**{**_without(row), "level": Level(row["level"]), "route": Route(row["route"])})
