"""What belongs to another authority, another locality or one's own family is in no list, and cannot be silenced by its id."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from benchmarks.desk_kit import NOW, a_request, keep
from gateway.alerts.watch import look
from triage.desk import SampleReview, Task

OUTSIDE = {
    "another authority": {"authorities": frozenset({"warwickshire"})},
    "another locality": {"localities": frozenset({"rugby"})},
    "own family": {"own_family": frozenset({"r2"})},
}


@pytest.fixture
def two_requests(console):
    """The first may be seen, the second may not."""
    keep(console, a_request(1, authority="warwickshire", locality="rugby", danger="immediate_danger"))
    keep(console, a_request(2, authority="wiltshire", locality="salisbury", danger="immediate_danger"))
    look(console)


@pytest.fixture(params=OUTSIDE.values(), ids=OUTSIDE)
def narrow(request, console, sign_in):
    async def enter(officer: str):
        browser = await sign_in(officer)
        with console.units() as unit:
            limited = replace(unit.desk.officers.get(officer), **request.param)
            unit.desk.officers.save(limited, console.event("t", "officer.saved", f"officer:{officer}"))
            unit.commit()
        return browser

    return enter


async def test_tasks_are_listed_in_reach_only(console, two_requests, narrow):
    with console.units() as unit:
        for number, what in ((1, "Ring the school"), (2, "Ring the aunt")):
            task = Task(f"t{number}", f"r{number}", "look_again", what, date(2026, 11, 25), NOW, "ben", "ben")
            unit.desk.tasks.add(task, console.event("t", "task.added", f"request:r{number}"))
        unit.commit()
    page = await (await (await narrow("ada")).get("/console/tasks")).text()
    assert "Ring the school" in page
    assert "Ring the aunt" not in page


async def test_an_alarm_is_silenced_in_reach_only(console, two_requests, narrow):
    ada = await narrow("ada")
    with console.units() as unit:
        ringing = {alarm.request_id: alarm.id for alarm in unit.desk.alarms.find()}
    assert (await ada.post(f"/console/alarms/{ringing['r1']}/acknowledge")).status == 303
    assert (await ada.post(f"/console/alarms/{ringing['r2']}/acknowledge")).status == 403
    with console.units() as unit:
        (still,) = unit.desk.alarms.find(acknowledged_at=None)
    assert still.request_id == "r2"


async def test_reviews_are_listed_in_reach_only(console, two_requests, narrow):
    with console.units() as unit:
        for number in (1, 2):
            done = SampleReview(f"s{number}", f"r{number}", "tom", NOW, {"voice": "yes"}, "")
            unit.desk.sample_reviews.add(done, console.event("t", "sample.reviewed", f"request:r{number}"))
        unit.commit()
    page = await (await (await narrow("mina")).get("/console/reviews")).text()
    assert "/console/requests/r1" in page
    assert "/console/requests/r2" not in page
