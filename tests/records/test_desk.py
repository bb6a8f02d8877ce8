"""The desk keeps what it is given, on SQLite and on PostgreSQL."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta
from threading import Barrier, Thread

import pytest

from benchmarks.desk_kit import NOW, a_request, keep, make_console, proposal
from gateway.console import clocks
from records.shelf import Shelf
from triage.candidates import Candidate, kept
from triage.desk import QueueFilter, Session, Task, urgency
from triage.desk_ports import StaleRecord
from triage.lifecycle import open_states
from triage.request import Level, SafeContact


def test_every_table_of_the_desk_holds_exactly_its_shape(console):
    """The two are written down twice, once for the domain and once for the database: this holds them together."""
    with console.units() as unit:
        shelves = [shelf for shelf in vars(unit.desk).values() if isinstance(shelf, Shelf)]
    assert len(shelves) > 10
    for shelf in shelves:
        assert [column.name for column in shelf._table.columns] == [one.name for one in fields(shelf._kind)]


@pytest.fixture
def console(database_url):
    return make_console(database_url)


def ids(console, **wanted):
    with console.units() as unit:
        return [row.id for row in unit.desk.queue.rows(QueueFilter(states=open_states(), **wanted))]


def test_unset_clocks_come_last_in_both_databases(console):
    keep(console, a_request(1))
    keep(console, a_request(2))
    with console.units() as unit:
        unit.desk.queue.set_clock("r2", NOW)
        unit.commit()
    assert ids(console) == ["r2", "r1"]


def test_a_search_takes_percent_and_underscore_literally(console):
    keep(console, a_request(1, place="100% Rugby"))
    keep(console, a_request(2, place="Rugby"))
    assert ids(console, text="100%") == ["r1"]
    assert ids(console, text="_") == []


def test_the_clock_of_a_friday_request_ends_on_monday_night(console):
    keep(console, a_request(1))
    keep(console, a_request(2, danger="immediate_danger"))
    assert clocks.start_clocks(console) == 2
    with console.units() as unit:
        due = {row.id: row.due_at for row in unit.desk.queue.rows(QueueFilter())}
    assert due["r1"].isoformat() == "2026-11-23T23:59:59+00:00"
    assert due["r2"] == NOW - timedelta(hours=1) + timedelta(minutes=15)


def test_a_time_limit_that_ends_sooner_is_the_clock_of_the_request(console):
    same_day = {"name": "homeless_seen", "what": "Homeless 16 or 17 year old seen", "starts": "homelessness_known",
                "unit": "days", "limit": 0, "at_least": None, "at_most": None, "each": [], "source": "southwark", "clause": "all"}  # fmt: skip
    keep(console, a_request(1, proposal=proposal(clocks=[same_day])))
    clocks.start_clocks(console)
    with console.units() as unit:
        (row,) = unit.desk.queue.rows(QueueFilter())
    assert row.due_at.isoformat() == "2026-11-20T23:59:59+00:00"


def test_a_derived_clock_does_not_make_an_open_page_stale(console):
    saved = keep(console, a_request(1))
    clocks.start_clocks(console)
    with console.units() as unit:
        unit.requests.save(replace(saved, place="Rugby"), console.event("t", "request.saved", "request:r1"))


def test_danger_counts_even_where_the_level_came_out_lower():
    assert urgency("immediate_danger", "universal") == 0
    assert urgency("safeguarding_concern", "early_help") == 1
    assert urgency("none", None) == urgency("none", Level.CHILD_IN_NEED)


def test_the_same_number_written_differently_is_found_and_says_what_is_the_same(console):
    keep(console, a_request(1, children=(), requester_name=None))
    later = keep(
        console, a_request(2, children=(), requester_name=None, safe_contact=SafeContact(phone="+44 7700 900 123"))
    )
    keep(console, a_request(3, children=(), requester_name="Somebody Else", safe_contact=SafeContact()))
    with console.units() as unit:
        found = unit.desk.queue.alike(later)
    assert [(row.id, same) for row, same in found] == [("r1", ("the telephone number",))]


def test_a_shelf_finds_by_value_by_none_and_by_one_of(console):
    keep(console, a_request(1))
    event = console.event("t", "task.added", "request:r1")
    with console.units() as unit:
        for number, done in enumerate([None, NOW]):
            unit.desk.tasks.add(Task(f"t{number}", "r1", "review", "x", NOW.date(), NOW, "ada", done_at=done), event)
        assert [task.id for task in unit.desk.tasks.find(done_at=None)] == ["t0"]
        assert [task.id for task in unit.desk.tasks.find(id=("t0", "t1"), order="-id")] == ["t1", "t0"]
        assert unit.desk.tasks.get("nothing") is None


def test_ticking_a_session_leaves_no_event(console):
    event = console.event("t", "session.begun", "officer:ada")
    with console.units() as unit:
        session = Session("k", "ada", "c", NOW, NOW)
        unit.desk.sessions.add(session, event)
        before = unit.desk.trail.count()
        unit.desk.sessions.touch(replace(session, last_at=NOW + timedelta(minutes=1)))
        assert unit.desk.trail.count() == before
        assert unit.desk.sessions.get("k").last_at == NOW + timedelta(minutes=1)


def test_of_many_officers_who_decide_at_once_exactly_one_does(console):
    keep(console, a_request(1))
    start, outcomes = Barrier(6), []

    def decide_now(number: int) -> None:
        with console.units() as unit:
            seen = unit.requests.get("r1")
        start.wait()
        try:
            with console.units() as unit:
                event = console.event(f"officer:{number}", "decision.made", "request:r1")
                unit.requests.save(replace(seen, state="closed", assigned_to=str(number)), event)
                unit.commit()
            outcomes.append(number)
        except StaleRecord:
            outcomes.append(None)

    threads = [Thread(target=decide_now, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    winners = [number for number in outcomes if number is not None]
    assert len(winners) == 1
    assert len(outcomes) == 6
    with console.units() as unit:
        assert unit.requests.get("r1").assigned_to == str(winners[0])
        assert unit.desk.trail.verify() is None


def test_a_candidate_goes_with_its_request_until_it_was_read_and_stays_after(console):
    keep(console, a_request(1))
    event = console.event("officer:ada", "candidate.marked", "request:r1")
    marked = Candidate("k1", "r1", "m1-2", "warwickshire", "false_alarm", "marked", "parent", "words", "none", ["neglect"],
                       None, "", "ada", NOW)  # fmt: skip
    with console.units() as unit:
        unit.desk.training_candidates.add(marked, event)
        unit.desk.training_candidates.add(replace(marked, id="k2"), event)
        assert unit.desk.training_candidates.get("k1") == marked
        read = kept(marked, "words", "none", "", by="mina", at=NOW)
        unit.desk.training_candidates.save(read, event)
        unit.desk.disposal.remove("c1", console.event("system", "conversation.purged", "conversation:c1"))
        unit.commit()
    with console.units() as unit:
        assert unit.desk.training_candidates.find() == [read]
