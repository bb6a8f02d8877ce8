"""One request as a JSON document. Its shape is `schema.json`; a change of meaning is a new `version`."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

from triage.facts import Fact
from triage.ports import StoredMessage
from triage.request import RequestForService

VERSION = "1.0"
SCHEMA: dict[str, Any] = json.loads((Path(__file__).parent / "schema.json").read_text("utf-8"))
MASKED = "withheld: the reporter asked to stay anonymous"


def as_document(request: RequestForService, messages: list[StoredMessage]) -> dict[str, Any]:
    """Plain data, everything under its own name, nothing computed. The reporter is masked where they asked for it."""
    return {
        "version": VERSION,
        "reference": request.reference,
        "id": request.id,
        "state": request.state,
        "authority": request.authority,
        "locality": request.locality,
        "place": request.place,
        "channel": request.channel,
        "audience": request.audience,
        "language": request.language,
        "sent_at": _when(request.sent_at),
        "do_not_tell_family": request.do_not_tell_family,
        "danger": {"level": request.danger, "categories": list(request.danger_categories)},
        "requester": _requester(request),
        "children": [{**asdict(child), "due": _when(child.due)} for child in request.children],
        "household": [dict(member) for member in request.household],
        "strengths": request.strengths,
        "wishes": request.wishes,
        "concerns": list(request.concerns),
        "facts": [_fact(fact, request.anonymous) for fact in request.facts.noted],
        "consents": [{**asdict(c), "kind": c.kind.value, "at": _when(c.at)} for c in request.consents],
        "proposal": _proposal(request),
        "decisions": [_dated(asdict(decision)) for decision in request.decisions],
        "transcript": [_message(message, request.anonymous) for message in messages if message.text],
    }


def _requester(request: RequestForService) -> dict[str, Any]:
    role = {"role": request.requester_role, "anonymous": request.anonymous}
    if request.anonymous:
        return {**role, "name": MASKED, "safe_contact": None}
    return {**role, "name": request.requester_name, "safe_contact": asdict(request.safe_contact)}


def _fact(fact: Fact, anonymous: bool) -> dict[str, Any]:
    evidence = asdict(fact.evidence) if fact.evidence else None
    if evidence and anonymous:
        evidence["words"] = MASKED
    return {
        "name": fact.name, "value": fact.value, "status": fact.status.value, "said_by": fact.said_by,
        "at": _when(fact.at), "evidence": evidence,
    }  # fmt: skip


def _proposal(request: RequestForService) -> dict[str, Any] | None:
    if request.proposal is None:
        return None
    kept = _dated(asdict(request.proposal))
    return {**kept, "reasons": request.proposal.indication.get("reasons", [])}


def _message(message: StoredMessage, anonymous: bool) -> dict[str, Any]:
    """An anonymous reporter's own words may tell who they are: they stay with the council."""
    hidden = anonymous and message.author == "person"
    text = MASKED if hidden else message.text
    return {"number": message.number, "author": message.author, "at": _when(message.at), "text": text}


def _dated(row: dict[str, Any]) -> dict[str, Any]:
    return {key: _when(value) if isinstance(value, date) else value for key, value in row.items()}


def _when(moment: date | datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def as_json(request: RequestForService, messages: list[StoredMessage]) -> bytes:
    return json.dumps(as_document(request, messages), ensure_ascii=False, indent=2).encode()
