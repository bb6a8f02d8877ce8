"""Find requests that may concern the same people. Candidates: a person decides, nothing is joined.

The keys of a request (who, which number) are kept as hashes in a narrow table of their own, so that
looking is one indexed read at any size, and the table alone tells nobody anything.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from records.desk_tables import likenesses
from triage.request import RequestForService


def keys(request: RequestForService) -> dict[str, str]:
    """Each key's hash, with what it says in words."""
    return {hashlib.sha256(key.encode()).hexdigest(): what for key, what in _keys(request)}


def _keys(request: RequestForService) -> Iterator[tuple[str, str]]:
    contact = request.safe_contact
    if contact.phone and (digits := re.sub(r"\D", "", contact.phone)[-9:]):
        yield f"phone:{digits}", "the telephone number"
    if contact.email:
        yield f"email:{contact.email.strip().lower()}", "the e-mail address"
    if name := _folded(request.requester_name):
        yield f"requester:{name}", "the name of the person asking"
    for child in request.children:
        if name := _folded(child.name):
            yield f"child:{name}", "a child's name"


def _folded(name: str | None) -> str:
    return " ".join(re.sub(r"[^\w\s]", "", name or "").lower().split())


def store(connection: Connection, request: RequestForService) -> None:
    """A draft has no keys yet: what was not sent is compared with nothing."""
    if request.state == "draft":
        return
    connection.execute(delete(likenesses).where(likenesses.c.request_id == request.id))
    rows = [{"request_id": request.id, "key": key} for key in keys(request)]
    if rows:
        connection.execute(insert(likenesses), rows)


def alike(connection: Connection, request: RequestForService) -> dict[str, tuple[str, ...]]:
    """Ids of other requests, each with what is the same in words."""
    own = keys(request)
    query = select(likenesses).where(likenesses.c.key.in_(own), likenesses.c.request_id != request.id)
    found: dict[str, list[str]] = {}
    for row in _rows(connection, query):
        found.setdefault(row["request_id"], []).append(own[row["key"]])
    return {id_: tuple(sorted(set(same))) for id_, same in found.items()}


def _rows(connection: Connection, query: Any) -> Sequence[dict[str, Any]]:
    return [dict(row) for row in connection.execute(query).mappings()]
