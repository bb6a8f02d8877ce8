"""Any tampering with the audit log is found: update, delete, reorder, a cut tail, a moved head."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete, insert, select, update

from benchmarks.desk_kit import NOW
from records import audit
from records.bootstrap import migrate, unit_of_work_factory
from records.tables import audit_events, audit_head
from triage.ports import AuditEvent

EVENTS = 6


@pytest.fixture
def units(database_url):
    migrate(database_url)
    made = unit_of_work_factory(database_url)
    with made() as unit:
        for number in range(1, EVENTS + 1):
            unit.audit(
                AuditEvent(
                    NOW + timedelta(seconds=number),
                    "officer:ada",
                    "request.read",
                    f"request:r{number}",
                    "why",
                    {"n": number},
                )
            )
        unit.commit()
    return made


def broken(units, *tampering):
    with units() as unit:
        for statement in tampering:
            unit.connection.execute(statement)
        return unit.desk.trail.verify()


def test_an_untouched_log_holds(units):
    assert broken(units) is None


@pytest.mark.parametrize("change", [
    {"why": "other"}, {"actor": "officer:ben"}, {"action": "request.opened"}, {"subject": "request:r9"},
    {"data": {"n": 99}}, {"at": NOW}, {"hash": "0" * 64}, {"previous": "0" * 64},
], ids=lambda change: next(iter(change)))  # fmt: skip
def test_a_changed_field_is_found_at_its_event(units, change):
    found = broken(units, update(audit_events).where(audit_events.c.seq == 3).values(**change))
    assert found.seq == 3


def test_a_deleted_event_is_found(units):
    found = broken(units, delete(audit_events).where(audit_events.c.seq == 4))
    assert (found.seq, found.what) == (4, "event 4 is missing")


def test_two_events_that_changed_places_are_found(units):
    swap = [
        update(audit_events).where(audit_events.c.seq == 2).values(seq=900),
        update(audit_events).where(audit_events.c.seq == 3).values(seq=2),
        update(audit_events).where(audit_events.c.seq == 900).values(seq=3),
    ]
    assert broken(units, *swap).seq == 2


def test_a_cut_tail_is_found_against_the_anchored_head(units):
    found = broken(units, delete(audit_events).where(audit_events.c.seq > 4))
    assert found.seq == 5
    assert "anchored head is event 6" in found.what


def test_a_log_emptied_altogether_is_found(units):
    assert broken(units, delete(audit_events)) is not None


def test_a_missing_head_is_found(units):
    assert broken(units, delete(audit_head)) is not None


def test_a_forged_event_at_the_end_is_found(units):
    with units() as unit:
        last = dict(unit.connection.execute(select(audit_events).where(audit_events.c.seq == EVENTS)).mappings().one())
    row = {**last, "seq": EVENTS + 1, "previous": last["hash"], "why": "forged"}
    row["hash"] = audit.digest(row)
    assert broken(units, insert(audit_events).values(row)) is not None


def test_a_rewritten_chain_still_differs_from_a_head_noted_elsewhere(units):
    """Whoever can rewrite everything is caught by the head that was printed before: it names its hash."""
    with units() as unit:
        noted = unit.connection.execute(select(audit_head.c.hash)).scalar_one()
        unit.connection.execute(delete(audit_events).where(audit_events.c.seq == EVENTS))
        rest = unit.connection.execute(select(audit_events.c.hash).where(audit_events.c.seq == EVENTS - 1)).scalar_one()
        unit.connection.execute(update(audit_head).values(seq=EVENTS - 1, hash=rest))
        assert unit.desk.trail.verify() is None
        assert rest != noted


def test_the_desk_offers_no_way_to_change_the_log(units):
    with units() as unit:
        ways = {name for name in dir(unit.desk.trail) if not name.startswith("_")}
    assert ways == {"count", "doing", "head", "latest", "of", "verify"}
