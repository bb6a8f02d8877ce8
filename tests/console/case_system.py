"""An invented case-management system, as a supplier's importer takes a request in: contact, persons, form, outcome, documents.

It reads only what the documented schema names. Whatever the schema names has a place in it: `test_handover.py` holds that.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from typing import Any

import jsonschema
from aiohttp import web

from gateway.alerts.senders import SIGNATURE, signature
from gateway.exports.document import SCHEMA

# where each field of the schema goes: screen and field of the other system
PLACES = {
    "version": "contact.interface_version", "id": "contact.external_uid", "reference": "contact.external_id",
    "state": "contact.sender_status", "authority": "contact.authority", "locality": "contact.team_area",
    "place": "contact.place", "channel": "contact.method", "audience": "contact.contact_type",
    "language": "contact.language", "sent_at": "contact.received_at", "do_not_tell_family": "contact.warning_do_not_inform",
    "danger": "contact.hazards", "requester": "referrer", "children": "persons", "household": "relationships",
    "strengths": "form.strengths", "wishes": "form.wishes", "concerns": "form.presenting_issues", "facts": "form.answers",
    "consents": "form.consent_records", "proposal": "form.sender_proposal", "decisions": "outcome", "transcript": "case_note",
}  # fmt: skip


@dataclass
class CaseSystem:
    """Answers as `answers` say, the last one for ever; keeps what it has taken in under its own numbers."""

    key: str
    answers: list[int] = field(default_factory=lambda: [201])
    late: bool = False  # says 202 and sends its receipt afterwards
    taken: dict[str, dict[str, Any]] = field(default_factory=dict)
    posts: int = 0

    def app(self) -> web.Application:
        app = web.Application(client_max_size=8 * 1024 * 1024)
        app.router.add_post("/contacts", self.receive)
        return app

    async def receive(self, request: web.Request) -> web.Response:
        self.posts += 1
        body = await request.read()
        if request.headers.get(SIGNATURE) != signature(self.key, body):
            return web.json_response({"reason": "wrong signature"}, status=401)
        status = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if status != 201:
            return web.json_response({"reason": "The referrer's role has no code here"}, status=status)
        sent = json.loads(body)
        self.taken.setdefault(request.headers["Idempotency-Key"], take_in(sent))
        if self.late:
            return web.json_response({"status": "queued"}, status=202)
        return web.json_response({"receipt": self.number(sent["handover"])}, status=201)

    def number(self, handover: str) -> str:
        return f"CMS-{4000 + list(self.taken).index(handover)}"


def take_in(sent: dict[str, Any]) -> dict[str, Any]:
    """The other system's records of one request. Refuses what does not fit the schema."""
    jsonschema.validate(sent["request"], SCHEMA)
    record: dict[str, Any] = {}
    for name, value in sent["request"].items():
        screen, _, place = PLACES[name].partition(".")
        if place:
            record.setdefault(screen, {})[place] = value
        else:
            record[screen] = value
    record["outcome"] = record["outcome"][-1] if record["outcome"] else None
    record["census"] = sent["census"]
    record["documents"] = [{"name": f"{sent['request']['reference']}.pdf", "content": base64.b64decode(sent["pdf"])}]
    return record
