"""Due times of what waits for an officer (law.md T01: decide within one working day; day 0 is the day of receipt), or sooner
where a time limit of the pack ends sooner (the same day for a homeless 16 or 17 year old).

Danger has its own, shorter clock: whoever opens the console must see it at the top at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from gateway.alerts import outbox
from gateway.calendar import EnglandWorkingDays, end_of, local_day
from gateway.console.services import Console
from triage.desk import QueueRow
from triage.desk_ports import DeskUnit
from triage.lifecycle import open_states
from triage.time_limits import TimeLimit, at_the_door

DECIDE_WITHIN_WORKING_DAYS = 1
IMMEDIATE = timedelta(minutes=15)


def due_at(row: QueueRow, calendar: EnglandWorkingDays, limits: Iterable[TimeLimit] = ()) -> datetime:
    received = row.sent_at or row.created_at
    if row.danger == "immediate_danger" or row.level == "immediate_danger":
        return received + IMMEDIATE
    day = local_day(received)
    ends = [due.on for due in at_the_door(limits, day, calendar)]
    return end_of(min([calendar.after(day, DECIDE_WITHIN_WORKING_DAYS), *ends]))


def start_clocks(console: Console) -> int:
    """Give a due time to every request that waits without one. Returns how many."""
    with console.units.reading() as unit:
        if not unit.desk.queue.without_clock(open_states()):
            return 0
    with console.units() as unit:
        rows = unit.desk.queue.without_clock(open_states())
        for row in rows:
            unit.desk.queue.set_clock(row.id, due_at(row, console.calendar, _limits(unit, row)))
            outbox.tell(console, unit, "request.waiting", row.id, state=row.state)
        if rows:
            unit.commit()
    return len(rows)


def _limits(unit: DeskUnit, row: QueueRow) -> list[TimeLimit]:
    """Those kept with the proposal as it stands."""
    proposed = unit.requests.proposals(row.id)
    return list(proposed[-1].indication.get("clocks") or ()) if proposed else []
