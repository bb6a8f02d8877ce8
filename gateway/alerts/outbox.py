"""The outbox: what must reach somebody is kept until it has, is tried again with growing pauses, and then given up aloud."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import replace
from datetime import timedelta

from gateway.console.services import Console
from triage.desk import Alarm, Delivery
from triage.desk_ports import DeskUnit

Send = Callable[[Delivery], Awaitable[None]]
"""Raises DeliveryFailed where it did not arrive."""

MOST_ATTEMPTS = 8
FIRST_PAUSE = timedelta(seconds=30)
log = logging.getLogger("frontdoor.alerts")

_SUBJECTS = {
    "emergency": "Front Door: look now",
    "unopened": "Front Door: something is unopened",
    "overdue": "Front Door: something is overdue",
    "not_taken": "Front Door: the case system has not taken something",
}


class DeliveryFailed(Exception):
    """It did not arrive; the message says why, without anybody's words."""


def deliveries_of(console: Console, alarm: Alarm) -> Iterable[Delivery]:
    """The next ring reaches the next person on the list, and then everybody on it. No names, no place, no child."""
    now, settings = console.now(), console.settings
    people = settings.first_ring
    reached = people[alarm.rung : alarm.rung + 1] or people
    payload = {"event": f"alarm.{alarm.kind}", "request": alarm.request_id, "raised_at": alarm.raised_at.isoformat()}
    if settings.smtp_host:
        for address in reached:
            mail = {
                "subject": _SUBJECTS[alarm.kind],
                "text": f"Open the console: {settings.origin}/console/requests/{alarm.request_id}",
            }
            yield Delivery(console.ids.new(), "email", address, mail, now, now)
    if settings.webhook_url:
        yield Delivery(console.ids.new(), "webhook", settings.webhook_url, payload, now, now)


def tell(console: Console, unit: DeskUnit, what: str, request_id: str, **data: str) -> None:
    """Tell the council's other systems by webhook that something happened. Ids and codes only, never words."""
    if not console.settings.webhook_url:
        return
    now = console.now()
    payload = {"event": what, "request": request_id, "at": now.isoformat(), **data}
    delivery = Delivery(console.ids.new(), "webhook", console.settings.webhook_url, payload, now, now)
    unit.desk.deliveries.add(delivery, console.event("system", "delivery.queued", f"request:{request_id}", what))


async def deliver_due(console: Console, senders: Mapping[str, Send]) -> int:
    """Try once everything that is due and that one of these senders takes. Returns how many arrived."""
    due = await asyncio.to_thread(_due, console, tuple(senders))
    arrived = 0
    for delivery in due:
        if why := await _why_not(senders[delivery.kind], delivery):
            await asyncio.to_thread(_failed, console, delivery, why)
        else:
            arrived += 1
            await asyncio.to_thread(_arrived, console, delivery)
    return arrived


async def _why_not(send: Send, delivery: Delivery) -> str:
    """Why it did not arrive; nothing where it did."""
    try:
        await send(delivery)
    except DeliveryFailed as failure:
        return str(failure)
    except Exception as error:  # one that cannot even be made must not hold up those behind it
        log.error("delivery %s by %s could not be made", delivery.id, delivery.kind, exc_info=error)
        return f"could not be made: {type(error).__name__}"
    return ""


def _due(console: Console, kinds: tuple[str, ...]) -> list[Delivery]:
    with console.units.reading() as unit:
        waiting = {"kind": kinds, "delivered_at": None, "given_up_at": None}
        return list(unit.desk.deliveries.before("next_at", console.now(), **waiting))


def _arrived(console: Console, delivery: Delivery) -> None:
    done = replace(delivery, attempts=delivery.attempts + 1, delivered_at=console.now(), last_error="")
    _save(console, done, "delivery.arrived")


def _failed(console: Console, delivery: Delivery, why: str) -> None:
    attempts = delivery.attempts + 1
    pause = FIRST_PAUSE * 2 ** (attempts - 1)
    given_up = console.now() if attempts >= MOST_ATTEMPTS else None
    failed = replace(delivery, attempts=attempts, next_at=console.now() + pause, last_error=why, given_up_at=given_up)
    log.warning("delivery %s by %s failed (%d of %d): %s", delivery.id, delivery.kind, attempts, MOST_ATTEMPTS, why)
    _save(console, failed, "delivery.given_up" if given_up else "delivery.failed")


def _save(console: Console, delivery: Delivery, action: str) -> None:
    with console.units() as unit:
        unit.desk.deliveries.save(
            delivery, console.event("system", action, f"delivery:{delivery.id}", delivery.last_error)
        )
        unit.commit()
