"""Pushing a decided request to the council's case-management system, and following it until that system says that it has it.

What is sent is read at the moment of sending: the outbox holds ids alone, so nobody's words are kept twice.
"""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import aiohttp

from gateway.alerts.outbox import DeliveryFailed, Send
from gateway.alerts.senders import PATIENCE_S, SIGNATURE, signature
from gateway.console.services import Console
from gateway.exports import cin
from gateway.exports.document import as_document
from gateway.exports.pdf import as_pdf
from triage.desk import Delivery, Handover
from triage.desk_ports import DeskUnit
from triage.ports import AuditEvent, StoredMessage
from triage.request import Child, RequestForService

KIND = "handover"
SYSTEM = "system:case_management"
LONGEST_RECEIPT = 200  # characters
LONGEST_ANSWER = 64 * 1024  # bytes


def hand_over(console: Console, unit: DeskUnit, request: RequestForService, actor: str) -> None:
    """Send it, unless it is on its way or has been taken."""
    before = unit.desk.handovers.find(request_id=request.id, order="-sent_at")
    if may_be_sent(before, console.now()):
        _send(console, unit, request, actor, before)


def _send(console: Console, unit: DeskUnit, request: RequestForService, actor: str, before: Sequence[Handover]) -> None:
    """Put it on its way. The outbox tries until it has arrived; the watch rings if it is never taken.

    What is late is sent under its own id again: the other system acts once on it, however often it arrives.
    """
    now, settings = console.now(), console.settings
    late = next((one.id for one in before if not one.refused), "")
    due_at = now + settings.case_system_takes_within
    handover = Handover(late or console.ids.new(), request.id, settings.case_system_url, actor, now, due_at)
    event = console.event(actor, "handover.sent", f"request:{request.id}", "", handover=handover.id)
    unit.desk.handovers.save(handover, event)
    payload = {"handover": handover.id, "request": request.id}
    delivery = Delivery(console.ids.new(), KIND, settings.case_system_url, payload, now, now)
    unit.desk.deliveries.add(delivery, console.event("system", "delivery.queued", f"request:{request.id}", KIND))


def may_be_sent(handovers: Iterable[Handover], now: datetime) -> bool:
    """Not while one is on its way or has been taken. What was refused, or is late without a receipt, may be sent again."""
    return not any(one.acknowledged_at or not (one.refused or one.due_at <= now) for one in handovers)


def package(request: RequestForService, messages: list[StoredMessage], handover: Handover) -> dict[str, Any]:
    """Everything in one body: the documented JSON, the census rows, and the tagged PDF to file as a document."""
    return {
        "handover": handover.id,
        "sent_at": handover.sent_at.isoformat(),
        "request": as_document(request, messages),
        "census": [cin.row(request, child) for child in request.children or (Child(1),)],
        "pdf": base64.b64encode(as_pdf(request, messages)).decode(),
    }


def sender(console: Console, http: aiohttp.ClientSession) -> Send:
    async def hand_over(delivery: Delivery) -> None:
        body = await asyncio.to_thread(_body, console, delivery)
        if body is None:
            return  # the request was deleted meanwhile: nothing of it leaves any more
        answer = await _post(console, http, delivery, body)
        await asyncio.to_thread(note_answer, console, str(delivery.payload["handover"]), answer)

    return hand_over


def _body(console: Console, delivery: Delivery) -> bytes | None:
    with console.units.reading() as unit:
        handover = unit.desk.handovers.get(str(delivery.payload["handover"]))
        request = unit.requests.get(str(delivery.payload["request"]))
        if handover is None or request is None:
            return None
        messages = list(unit.conversations.messages(request.conversation_id))
    return json.dumps({"id": delivery.id, **package(request, messages, handover)}, sort_keys=True).encode()


async def _post(console: Console, http: aiohttp.ClientSession, delivery: Delivery, body: bytes) -> dict[str, Any]:
    """What the other system answered. 4xx is its refusal; anything else that is no success is tried again."""
    headers = {
        "Content-Type": "application/json",
        SIGNATURE: signature(console.settings.case_system_key, body),
        "Idempotency-Key": str(delivery.payload["handover"]),
    }
    patience = aiohttp.ClientTimeout(total=3 * PATIENCE_S)
    try:
        async with http.post(
            delivery.to, data=body, headers=headers, timeout=patience, allow_redirects=False
        ) as answer:
            said = await _json(answer)
            if answer.status in (400, 409, 422):
                return {"refused": str(said.get("reason") or f"answered {answer.status}")}
            if not 200 <= answer.status < 300:
                raise DeliveryFailed(f"the case-management system answered {answer.status}")
            return said
    except (aiohttp.ClientError, TimeoutError) as error:
        raise DeliveryFailed(f"case-management system: {type(error).__name__}") from error


async def _json(answer: aiohttp.ClientResponse) -> dict[str, Any]:
    """What it said, whole; nothing where that is no JSON object or longer than any answer of ours to read."""
    body = bytearray()
    async for piece in answer.content.iter_any():
        body += piece
        if len(body) > LONGEST_ANSWER:
            return {}
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def note_answer(console: Console, handover_id: str, said: dict[str, Any]) -> bool:
    """Write down that it was taken, with the other system's own number, or refused, with its reason.

    An answer without either ("202, I will look at it") leaves it open: the receipt comes later, or the watch rings.
    Returns whether there is such a handover.
    """
    with console.units() as unit:
        handover = unit.desk.handovers.get(handover_id)
        if handover is None:
            return False
        receipt, refused = (str(said.get(key) or "")[:LONGEST_RECEIPT] for key in ("receipt", "refused"))
        if handover.acknowledged_at is None and (receipt or refused):
            _write_down(console, unit, handover, receipt, refused)
            unit.commit()
    return True


def _write_down(console: Console, unit: DeskUnit, handover: Handover, receipt: str, refused: str) -> None:
    if receipt:
        taken = replace(handover, acknowledged_at=console.now(), receipt=receipt, refused="")
        unit.desk.handovers.save(taken, _event(console, handover, "handover.taken", receipt))
        _silence(console, unit, handover.request_id)
    elif refused != handover.refused:
        unit.desk.handovers.save(
            replace(handover, refused=refused), _event(console, handover, "handover.refused", refused)
        )


def _event(console: Console, handover: Handover, action: str, why: str) -> AuditEvent:
    return console.event(SYSTEM, action, f"request:{handover.request_id}", why, handover=handover.id)


def _silence(console: Console, unit: DeskUnit, request_id: str) -> None:
    for alarm in unit.desk.alarms.find(request_id=request_id, kind="not_taken", acknowledged_at=None):
        event = console.event(SYSTEM, "alarm.acknowledged", f"request:{request_id}", "taken after all")
        unit.desk.alarms.save(replace(alarm, acknowledged_at=console.now(), acknowledged_by=SYSTEM), event)


def not_taken(console: Console, unit: DeskUnit) -> list[Handover]:
    """Those that were refused, and those whose time is over without a receipt."""
    open_ = unit.desk.handovers.find(acknowledged_at=None)
    latest = {one.request_id: one for one in sorted(open_, key=lambda one: one.sent_at)}
    return [one for one in latest.values() if one.refused or one.due_at <= console.now()]
