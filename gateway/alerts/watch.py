"""One look at everything that waits: start clocks, take in what was left behind, raise alarms, ring them again.

Called every few seconds; each look is one short transaction, so a crash between two loses nothing (hazards H04, H19).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from gateway.alerts import handover, outbox
from gateway.console import clocks
from gateway.console.services import Console
from triage.desk import Alarm, QueueRow
from triage.desk_ports import DeskUnit
from triage.lifecycle import check_step, open_states

LEFT_AFTER = timedelta(minutes=15)
SYSTEM = "system"


def look(console: Console) -> int:
    """Returns how many alarms rang."""
    _take_in_the_abandoned(console)
    _take_in_answers(console)
    clocks.start_clocks(console)
    with console.units() as unit:
        _raise_new(console, unit)
        rung = _ring_due(console, unit)
        unit.commit()
    return rung


def _take_in_the_abandoned(console: Console) -> None:
    """A conversation that heard danger or concern and was left becomes a contact for an officer."""
    before = console.now() - LEFT_AFTER
    with console.units() as unit:
        left = unit.desk.queue.left_in_danger(before)
        for row in left:
            request = unit.requests.get(row.id)
            if request is not None:
                step = check_step(request.state, "abandon", None)
                event = console.event(SYSTEM, "request.abandoned", f"request:{row.id}", "left after danger was heard")
                unit.requests.save(replace(request, state=step.target), event)
        if left:
            unit.commit()


def _take_in_answers(console: Console) -> None:
    """The person answered an officer's question in the chat: it is the officer's turn again."""
    with console.units() as unit:
        answered = unit.desk.queue.answered()
        for row in answered:
            request = unit.requests.get(row.id)
            if request is not None:
                step = check_step(request.state, "answer", None)
                event = console.event(SYSTEM, "question.answered", f"request:{row.id}")
                unit.requests.save(replace(request, state=step.target), event)
        if answered:
            unit.commit()


def _raise_new(console: Console, unit: DeskUnit) -> None:
    ringing = {(alarm.request_id, alarm.kind) for alarm in unit.desk.alarms.find()}
    for kind, rows in _reasons(console, unit):
        for row in rows:
            if (row.id, kind) not in ringing:
                _raise(console, unit, row.id, kind)
    _raise_not_taken(console, unit)


def _raise_not_taken(console: Console, unit: DeskUnit) -> None:
    """Each handover rings by itself: what was sent again and is not taken again rings again."""
    for sent in handover.not_taken(console, unit):
        rung = unit.desk.alarms.find(request_id=sent.request_id, kind="not_taken")
        if not any(alarm.raised_at >= sent.sent_at for alarm in rung):
            _raise(console, unit, sent.request_id, "not_taken")


def _raise(console: Console, unit: DeskUnit, request_id: str, kind: str) -> None:
    alarm = Alarm(console.ids.new(), request_id, kind, console.now(), console.now())
    unit.desk.alarms.add(alarm, console.event(SYSTEM, "alarm.raised", f"request:{request_id}", kind))


def _reasons(console: Console, unit: DeskUnit) -> list[tuple[str, list[QueueRow]]]:
    now, waiting = console.now(), open_states()
    emergencies = unit.desk.queue.in_immediate_danger((*waiting, "draft"))
    known = {row.id for row in emergencies}
    unopened = unit.desk.queue.unopened_since(now - console.settings.unopened_after, ("sent", "abandoned"))
    overdue = unit.desk.queue.overdue(now, waiting)
    return [
        ("emergency", list(emergencies)),
        ("unopened", [row for row in unopened if row.id not in known]),
        ("overdue", [row for row in overdue if row.id not in known]),
    ]


def _ring_due(console: Console, unit: DeskUnit) -> int:
    due = unit.desk.alarms.before("next_at", console.now(), acknowledged_at=None)
    for alarm in due:
        again = console.now() + console.settings.ring_again_after
        rung = replace(alarm, rung=alarm.rung + 1, next_at=again)
        event = console.event(SYSTEM, "alarm.rung", f"request:{alarm.request_id}", alarm.kind, times=rung.rung)
        unit.desk.alarms.save(rung, event)
        for delivery in outbox.deliveries_of(console, alarm):
            unit.desk.deliveries.add(
                delivery, console.event(SYSTEM, "delivery.queued", f"request:{alarm.request_id}", delivery.kind)
            )
    return len(due)
