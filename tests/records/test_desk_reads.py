"""What the desk reads in one go holds on both databases: what should ring, what was known, who said what of themselves."""

from __future__ import annotations

from datetime import timedelta

import pytest

from benchmarks.desk_kit import NOW, a_request, keep, make_console
from gateway.alerts.watch import look
from triage.desk import QueueFilter
from triage.facts import Fact, Status


@pytest.fixture
def desk(database_url):
    """Three requests: one in danger, one unopened for two hours, one fresh."""
    console = make_console(database_url)
    keep(console, a_request(1, danger="immediate_danger"))
    keep(console, a_request(2, sent_at=NOW - timedelta(hours=2)))
    keep(console, a_request(3, sent_at=NOW, opened_at=NOW))
    return console


def test_what_has_rung_does_not_ring_anew_and_danger_comes_first(desk):
    look(desk)
    look(desk)
    with desk.units.reading() as unit:
        assert [alarm.rung for alarm in unit.desk.alarms.find()] == [1, 1]
        everything = unit.desk.queue.ringing(QueueFilter(), ("emergency", "unopened"), 10)
        assert [(one.kind, one.row.id) for one in everything] == [("emergency", "r1"), ("unopened", "r2")]
        assert unit.desk.queue.ringing_counts(QueueFilter()) == {"emergency": 1, "unopened": 1}
        assert unit.desk.queue.ringing_counts(QueueFilter(hidden=frozenset({"r1"}))) == {"unopened": 1}
        assert [row.id for row in unit.desk.queue.rows(QueueFilter(unopened=True))] == ["r1", "r2"]
        assert [row.id for row in unit.desk.queue.rows(QueueFilter(ids=("r3", "r1", "r9")))] == ["r1", "r3"]
        assert unit.desk.queue.rows(QueueFilter(ids=())) == []


def test_a_page_of_the_queue_is_in_order_whatever_the_page(desk):
    with desk.units.reading() as unit:
        pages = [unit.desk.queue.rows(QueueFilter(limit=1, offset=n))[0].id for n in range(3)]
        assert pages == [row.id for row in unit.desk.queue.rows(QueueFilter())] == ["r1", "r2", "r3"]
        assert unit.desk.queue.rows(QueueFilter(offset=3)) == []


def test_what_was_known_is_the_latest_of_each_fact_and_nothing_that_is_unknown_now(desk):
    late = a_request(4, sent_at=NOW + timedelta(hours=1)).note(
        Fact("neglect", None, Status.NOT_KNOWN, "parent", NOW), Fact("impact", "managing", Status.STATED, "parent", NOW)
    )
    keep(desk, late)
    with desk.units.reading() as unit:
        newest, *_ = unit.desk.figures.known("warwickshire", 2)
        assert newest == ("FD-0004", {"impact": "managing"})
        assert len(unit.desk.figures.known("warwickshire", 2)) == 2
        assert unit.desk.figures.known("wiltshire", 2) == []


def test_answers_about_oneself_are_counted_within_the_period_alone(desk):
    with desk.units() as unit:
        for id_, answer in (("r1", "asian"), ("r2", "black")):
            unit.equality.keep(id_, {"ethnicity": answer}, desk.event("person", "equality.answered", f"request:{id_}"))
        unit.commit()
    with desk.units.reading() as unit:
        since = NOW - timedelta(minutes=90)
        assert unit.desk.figures.equality(since, NOW) == {"ethnicity": {"r1": "asian"}}


def test_steps_are_found_by_what_was_done(desk):
    with desk.units() as unit:
        unit.audit(desk.event("officer:ada", "request.step_down", "request:r1"))
        unit.commit()
    with desk.units.reading() as unit:
        assert [event.subject for event in unit.desk.trail.doing("request.step_up", "request.step_down")] == [
            "request:r1"
        ]
