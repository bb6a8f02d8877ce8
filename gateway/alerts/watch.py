"""One look at everything that waits: start clocks, take in what was left behind, raise alarms, ring them again.

Called every few seconds; each look is a few short transactions, so a crash between two loses nothing (hazards H04, H19).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

from gateway.alerts import handover, outbox
from gateway.console import clocks
from gateway.console.services import Console
from triage.desk import Alarm, QueueRow
from triage.desk_ports import DeskUnit
from triage.lifecycle import check_step, open_states

T = TypeVar("T")
AT_ONCE = 100
LEFT_AFTER = timedelta(minutes=15)
SYSTEM = "system"
log = logging.getLogger("frontdoor.alerts")


def _at_once(found: Sequence[T]) -> Iterator[Sequence[T]]:
    """Some at a time, each in a transaction of its own: after a long weekend no chat waits for a thousand alarms."""
    for first in range(0, len(found), AT_ONCE):
        yield found[first : first + AT_ONCE]


def _take_in_the_abandoned(console: Console) -> None:
    """A conversation that heard danger or concern and was left becomes a contact for an officer."""
    with console.units.reading() as unit:
        left = unit.desk.queue.left_in_danger(console.now() - LEFT_AFTER)
    _step_each(console, left, "abandon", "request.abandoned", "left after danger was heard")


def _take_in_answers(console: Console) -> None:
    """The person answered an officer's question in the chat: it is the officer's turn again."""
    with console.units.reading() as unit:
        answered = unit.desk.queue.answered()
    _step_each(console, answered, "answer", "question.answered", then=_question_is_done)


def _question_is_done(console: Console, unit: DeskUnit, request_id: str) -> None:
    """Nobody has to tick off what the answer itself has settled."""
    for task in unit.desk.tasks.find(request_id=request_id, kind="question", done_at=None):
        done = replace(task, done_at=console.now(), done_by=SYSTEM, outcome="Answered in the chat.")
        unit.desk.tasks.save(done, console.event(SYSTEM, "task.done", f"request:{request_id}", task.kind))


def _step_each(
    console: Console, rows: Sequence[QueueRow], step: str, action: str, why: str = "",
    then: Callable[[Console, DeskUnit, str], None] | None = None,
) -> None:  # fmt: skip
    """Each in a transaction of its own, and read again: somebody may have moved it meanwhile."""
    for row in rows:
        with console.units() as unit:
            request = unit.requests.get(row.id)
            if request is not None and request.state == row.state:
                target = check_step(request.state, step, None).target
                event = console.event(SYSTEM, action, f"request:{row.id}", why)
                unit.requests.save(replace(request, state=target), event)
                if then is not None:
                    then(console, unit, row.id)
                unit.commit()


def _raise_new(console: Console) -> None:
    with console.units.reading() as unit:
        found = _to_raise(console, unit)
    for some in _at_once(found):
        with console.units() as unit:
            for request_id, kind in some:
                if not unit.desk.alarms.find(request_id=request_id, kind=kind, limit=1):
                    _raise(console, unit, request_id, kind)
            unit.commit()


def _to_raise(console: Console, unit: DeskUnit) -> list[tuple[str, str]]:
    """What deserves an alarm and has none; danger rings as danger, and not as late besides."""
    now, waiting, to_ring = console.now(), open_states(), unit.desk.queue.to_ring
    danger = to_ring("emergency", (*waiting, "draft"), now)
    late = [
        (row, "unopened") for row in to_ring("unopened", ("sent", "abandoned"), now - console.settings.unopened_after)
    ]
    late += [(row, "overdue") for row in to_ring("overdue", waiting, now)]
    return [(row.id, "emergency") for row in danger] + [
        (row.id, kind) for row, kind in late if row.danger != "immediate_danger"
    ]


def _raise_not_taken(console: Console) -> None:
    """Each handover rings by itself: what was sent again and is not taken again rings again."""
    with console.units.reading() as unit:
        found = handover.not_taken(console, unit)
    for some in _at_once(found):
        with console.units() as unit:
            for sent in some:
                rung = unit.desk.alarms.find(request_id=sent.request_id, kind="not_taken")
                if not any(alarm.raised_at >= sent.sent_at for alarm in rung):
                    _raise(console, unit, sent.request_id, "not_taken")
            unit.commit()


def _raise(console: Console, unit: DeskUnit, request_id: str, kind: str) -> None:
    alarm = Alarm(console.ids.new(), request_id, kind, console.now(), console.now())
    unit.desk.alarms.add(alarm, console.event(SYSTEM, "alarm.raised", f"request:{request_id}", kind))


def _ring_due(console: Console) -> None:
    with console.units.reading() as unit:
        due = [alarm.id for alarm in unit.desk.alarms.before("next_at", console.now(), acknowledged_at=None)]
    for some in _at_once(due):
        with console.units() as unit:
            # read again: somebody may have taken one meanwhile
            for alarm in unit.desk.alarms.find(id=tuple(some), acknowledged_at=None, order="raised_at"):
                _ring(console, unit, alarm)
            unit.commit()


def _ring(console: Console, unit: DeskUnit, alarm: Alarm) -> None:
    rung = replace(alarm, rung=alarm.rung + 1, next_at=console.now() + console.settings.ring_again_after)
    event = console.event(SYSTEM, "alarm.rung", f"request:{alarm.request_id}", alarm.kind, times=rung.rung)
    unit.desk.alarms.save(rung, event)
    for delivery in outbox.deliveries_of(console, alarm):
        unit.desk.deliveries.add(
            delivery, console.event(SYSTEM, "delivery.queued", f"request:{alarm.request_id}", delivery.kind)
        )


STEPS = (_take_in_the_abandoned, _take_in_answers, clocks.start_clocks, _raise_new, _raise_not_taken, _ring_due)


def look(console: Console) -> None:
    """Every step is tried, whatever became of the one before: a request that cannot be moved must not silence an alarm.

    When all has been tried, raises the first thing that went wrong: whoever watches the watch must see it.
    """
    first: Exception | None = None
    for step in STEPS:
        try:
            step(console)
        except Exception as error:
            log.error("the watch failed at %s", step.__name__.strip("_"), exc_info=error)
            first = first or error
    if first:
        raise first
