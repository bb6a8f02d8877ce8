"""Looking holds up nobody: one moment of the records, on both databases, while others write."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from records.bootstrap import migrate, unit_of_work_factory
from triage.ports import AuditEvent

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


@pytest.fixture
def units(database_url):
    migrate(database_url)
    made = unit_of_work_factory(database_url)
    write(made)
    return made


def write(units) -> None:
    with units() as unit:
        unit.audit(AuditEvent(NOW, "officer:ada", "request.read", "request:r1", "why"))
        unit.commit()


def test_somebody_writes_while_another_looks(units):
    with units.reading() as looking:
        assert looking.desk.trail.count() == 1
        write(units)
        assert looking.desk.trail.count() == 1, "still the moment at which the look began"
    with units.reading() as again:
        assert again.desk.trail.count() == 2


def test_a_log_that_grows_while_it_is_checked_is_not_called_broken(units):
    with units.reading() as checking:
        assert checking.desk.trail.count() == 1
        write(units)
        assert checking.desk.trail.verify() is None


def test_somebody_looks_while_another_has_begun_to_write(units):
    with units() as writing:
        writing.audit(AuditEvent(NOW, "officer:ben", "request.read", "request:r1", "why"))
        with units.reading() as looking:
            assert looking.desk.trail.count() == 1
