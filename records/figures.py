"""Lines to count: decisions beside their proposals, and sent requests. Nothing here names a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, func, select

from records.desk_tables import equality_answers, likenesses
from records.tables import decisions, facts, proposals, requests
from triage.facts import Value
from triage.oversight import DecisionLine, RequestLine


class SqlFigures:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def decisions(self, since: datetime, until: datetime) -> Sequence[DecisionLine]:
        """Each decision with the proposal that stood then (matched by its moment)."""
        met = and_(proposals.c.request_id == decisions.c.request_id, proposals.c.at == decisions.c.proposal_at)
        query = (
            select(decisions, requests.c.authority, proposals.c.level.label("proposed_level"),
                   proposals.c.route.label("proposed_route"), proposals.c.indication)
            .join(requests, requests.c.id == decisions.c.request_id)
            .outerjoin(proposals, met)
            .where(decisions.c.at >= since, decisions.c.at < until)
            .order_by(decisions.c.seq)
        )  # fmt: skip
        return [_decision(dict(row)) for row in self._connection.execute(query).mappings()]

    def requests(self, since: datetime, until: datetime) -> Sequence[RequestLine]:
        decided = select(func.min(decisions.c.at)).where(decisions.c.request_id == requests.c.id).scalar_subquery()
        query = (
            select(requests, decided.label("decided_at"))
            .where(requests.c.sent_at >= since, requests.c.sent_at < until)
            .order_by(requests.c.sent_at)
        )
        again = self._days_since_earlier()
        rows = self._connection.execute(query).mappings()
        return [_request(dict(row), again.get(row["id"])) for row in rows]

    def equality(self, since: datetime, until: datetime) -> Mapping[str, Mapping[str, str]]:
        """The optional answers of requests sent in a period: by question, then by request."""
        query = (
            select(equality_answers)
            .join(requests, requests.c.id == equality_answers.c.request_id)
            .where(requests.c.sent_at >= since, requests.c.sent_at < until)
            .order_by(equality_answers.c.question)
        )
        found: dict[str, dict[str, str]] = {}
        for row in self._connection.execute(query):
            found.setdefault(row.question, {})[row.request_id] = row.answer
        return found

    def known(
        self, authority: str, limit: int, *, hidden: frozenset[str] = frozenset()
    ) -> Sequence[tuple[str, dict[str, Value]]]:
        """What was known of the last requests that were sent to an authority, with their references; `hidden`: own family."""
        last = (
            select(requests.c.id, requests.c.reference)
            .where(requests.c.authority == authority, requests.c.sent_at.is_not(None), requests.c.id.not_in(hidden))
            .order_by(requests.c.sent_at.desc())
            .limit(limit)
        )
        found: dict[str, tuple[str, dict[str, Value]]] = {
            row.id: (row.reference or row.id, {}) for row in self._connection.execute(last)
        }
        noted = select(facts.c.request_id, facts.c.name, facts.c.value).where(facts.c.request_id.in_(tuple(found)))
        for row in self._connection.execute(noted.order_by(facts.c.seq)):
            # the latest stands; what nobody knows any more is not known
            found[row.request_id][1].pop(row.name, None)
            if row.value is not None:
                found[row.request_id][1][row.name] = row.value
        return list(found.values())

    def _days_since_earlier(self) -> dict[str, int]:
        """For each request that shares a key with an earlier one: days since the last of those."""
        query = (
            select(likenesses.c.key, requests.c.id, requests.c.sent_at)
            .join(requests, requests.c.id == likenesses.c.request_id)
            .where(requests.c.sent_at.is_not(None))
            .order_by(likenesses.c.key, requests.c.sent_at)
        )
        found: dict[str, int] = {}
        last_key, last_at = "", None
        for key, id_, sent_at in self._connection.execute(query):
            if key == last_key and last_at is not None:
                found[id_] = min(found.get(id_, 10**6), (sent_at - last_at).days)
            last_key, last_at = key, sent_at
        return found


def _decision(row: dict[str, Any]) -> DecisionLine:
    reasons = (row["indication"] or {}).get("reasons") or []
    names = ("request_id", "authority", "officer", "action", "level", "route", "opened_at", "at", "blind",
             "proposed_level", "proposed_route")  # fmt: skip
    return DecisionLine(**{name: row[name] for name in names}, rules=tuple(reason["rule"] for reason in reasons))


def _request(row: dict[str, Any], again: int | None) -> RequestLine:
    names = ("id", "authority", "locality", "channel", "audience", "language", "requester_role", "state", "level",
             "route", "consent", "sent_at", "opened_at", "decided_at", "due_at")  # fmt: skip
    voice = any(child.get("voice") for child in row["children"])
    return RequestLine(**{name: row[name] for name in names}, has_voice=voice, again_after_days=again)
