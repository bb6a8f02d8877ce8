"""The days on which the pack's own time limits end: on no day off, and never after the limit."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.calendar import EnglandWorkingDays
from policies.engine import Clock, PolicySet
from triage.time_limits import at_the_door, with_the_step, with_the_work

CALENDAR = EnglandWorkingDays()
TODAY = date(2026, 11, 20)
POLICIES = PolicySet.load(Path(__file__).parents[2] / "policies")


def limits(authority: str, *names: str) -> list[dict[str, Any]]:
    edition = POLICIES.for_authority(authority, on=TODAY).edition(TODAY)
    measures = [edition.clocks[name] for name in names or edition.clocks]
    return [Clock(measure, figure).as_data() for measure in measures if (figure := measure.on(TODAY))]


def test_early_help_in_warwickshire_is_reviewed_at_3_6_9_and_12_months():
    dues = with_the_work(limits("warwickshire", "worker_reviews", "worker_maximum"), date(2026, 1, 31), CALENDAR)
    reviews = [due.on for due in dues if due.kind == "review"]
    assert reviews == [date(2026, 4, 30), date(2026, 7, 31), date(2026, 10, 30), date(2027, 1, 29)]
    assert [due.on for due in dues if due.kind == "time_limit"] == [date(2027, 1, 29)]


def test_a_child_in_need_plan_is_reviewed_within_six_weeks_and_not_after_new_year():
    (due,) = with_the_work(limits("warwickshire", "child_in_need_plan_review"), TODAY, CALENDAR)
    assert due.on == date(2026, 12, 31), "six weeks on is New Year's Day"
    assert (due.source, due.clause) == ("s000", "Child in need")
    assert "4 to 6 weeks" in due.what


def test_support_begins_20_working_days_from_a_visit_whose_day_is_not_known_yet():
    (due,) = with_the_work(limits("warwickshire", "child_in_need_support_begins"), TODAY, CALENDAR)
    assert due.on == date(2026, 12, 18)
    assert "from first home visit, counted from today" in due.what


def test_a_direct_payment_is_reviewed_every_year_also_one_of_29_february():
    (due,) = with_the_work(limits("warwickshire", "direct_payment_review"), date(2024, 2, 29), CALENDAR)
    assert (due.kind, due.on) == ("review", date(2025, 2, 28))


def test_a_step_up_in_warwickshire_has_35_days_and_60_working_days():
    dues = with_the_step(limits("warwickshire"), "step_up", TODAY, CALENDAR)
    assert [due.on for due in dues] == [date(2026, 12, 24), date(2027, 2, 17)]
    (down,) = with_the_step(limits("warwickshire"), "step_down", TODAY, CALENDAR)
    assert down.on == date(2027, 2, 17)


@pytest.mark.parametrize("authority", ["wiltshire", "leicestershire"])
def test_no_authority_gets_the_step_clocks_of_another(authority: str):
    assert with_the_step(limits(authority), "step_up", TODAY, CALENDAR) == ()


def test_a_homeless_16_or_17_year_old_is_due_on_the_very_day_days_off_included():
    saturday = date(2026, 11, 21)
    (due,) = at_the_door(limits("leicestershire", "homeless_seen"), saturday, CALENDAR)
    assert due.on == saturday
    (decided,) = at_the_door(limits("leicestershire", "social_worker_decision"), saturday, CALENDAR)
    assert decided.on == date(2026, 11, 23)


def test_a_limit_that_an_older_version_kept_otherwise_stops_no_other():
    other = limits("wiltshire", "social_worker_decision")
    odd = [{}, {"starts": "request_received"}, {**other[0], "limit": None}]
    assert at_the_door([*odd, *other], TODAY, CALENDAR) == at_the_door(other, TODAY, CALENDAR)


def test_sessions_are_counted_by_who_holds_them():
    assert with_the_work(limits("leicestershire", "early_responder_sessions"), TODAY, CALENDAR) == ()


@given(
    began=st.dates(date(2020, 1, 1), date(2030, 12, 31)), authority=st.sampled_from(["warwickshire", "leicestershire"])
)
def test_whatever_is_due_is_due_on_a_working_day_in_the_order_of_days(began: date, authority: str):
    days = [due.on for due in with_the_work(limits(authority), began, CALENDAR)]
    assert days == sorted(days)
    assert all(CALENDAR.is_working_day(day) for day in days)
