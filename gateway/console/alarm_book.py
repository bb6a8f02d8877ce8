"""Acknowledging alarms: one place, because two pages do it."""

from __future__ import annotations

from dataclasses import replace

from gateway.console.visit import Visit
from triage.desk import Alarm
from triage.desk_ports import DeskUnit


def acknowledge(visit: Visit, unit: DeskUnit, alarm: Alarm, why: str) -> None:
    if alarm.acknowledged_at is not None:
        return
    event = visit.console.event(visit.actor, "alarm.acknowledged", f"request:{alarm.request_id}", why)
    unit.desk.alarms.save(replace(alarm, acknowledged_at=visit.console.now(), acknowledged_by=visit.officer.id), event)
