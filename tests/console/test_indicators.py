"""Every indicator that the sources ask for is counted, or it is said why it cannot be counted here."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from benchmarks.desk_kit import NOW, a_request, keep
from tests.console.test_oversight import request as line
from triage.desk import Allocation, SampleReview, Task
from triage.indicators import NOT_COUNTED, Desk, indicators, overdue_reviews, reviewed_in_time, sustained
from triage.oversight import Share
from triage.ports import AuditEvent

TODAY = NOW.date()


def task(due: date, done: date | None = None, kind: str = "review") -> Task:
    done_at = None if done is None else NOW.replace(year=done.year, month=done.month, day=done.day)
    return Task("t", "r1", kind, "Review", due, NOW, "ada", done_at=done_at)


def step(action: str, days_ago: int, request: str = "r1") -> AuditEvent:
    return AuditEvent(NOW - timedelta(days=days_ago), "officer:ada", f"request.{action}", f"request:{request}", "")


def counted(**parts) -> dict[str, object]:
    empty = dict.fromkeys(("sent", "before", "tasks", "allocations", "audits", "steps"), ())
    return {one.name: one for one in indicators(Desk(**{**empty, **parts}, today=TODAY, now=NOW))}


def test_a_plan_is_reviewed_in_time_where_its_review_was_done_by_its_day():
    day = TODAY - timedelta(days=10)
    tasks = [task(day, day), task(day, day + timedelta(days=1)), task(day), task(TODAY + timedelta(days=1)),
             task(day, day, kind="call_back")]  # fmt: skip
    assert reviewed_in_time(tasks, TODAY) == Share(1, 3)
    assert overdue_reviews(tasks, TODAY) == [tasks[2]]


@pytest.mark.parametrize(("steps", "share"), [
    ([step("step_down", 200)], Share(1, 1)),
    ([step("step_down", 182)], Share(0, 0)),
    ([step("step_down", 300), step("step_up", 200)], Share(0, 1)),
    ([step("step_down", 400), step("step_up", 200)], Share(1, 1)),
    ([step("step_down", 300), step("reopen", 290)], Share(0, 1)),
    ([step("step_down", 300), step("step_up", 290, "r2")], Share(1, 1)),
], ids=["kept", "too young to say", "undone", "undone after six months", "reopened", "another family"])  # fmt: skip
def test_a_step_down_counts_once_six_months_have_shown_it(steps, share):
    assert sustained(steps, NOW) == share


def test_whoever_is_held_longer_than_a_year_is_counted():
    def held(days: int, ended: date | None = None) -> Allocation:
        return Allocation("a", "r1", "w", "offer", "cases", 1, TODAY - timedelta(days=days), ended_on=ended)

    found = counted(allocations=[held(366), held(365), held(900, ended=TODAY)])
    assert found["With a worker for more than 12 months"].now == Share(1, 2)


def test_the_same_worker_counts_only_where_there_was_one_before():
    def given(days: int, same: bool, request: str = "r1") -> Allocation:
        return Allocation("a", request, "w", "offer", "cases", 1, TODAY - timedelta(days=days), same_worker=same)

    found = counted(allocations=[given(9, False), given(5, True), given(3, False), given(7, False, "r2")])
    assert found["Same worker kept at a change"].now == Share(1, 2)


def test_demand_and_re_referrals_stand_beside_the_period_before_and_the_printed_figures():
    sent = [line(1, audience="professional", route="mash_referral"), line(2, again_after_days=10)]
    found = counted(sent=sent, before=[line(3)])
    assert (found["Requests"].now, found["Requests"].before) == (2, 1)
    assert found["From professionals"].now == Share(1, 2)
    assert found["To MASH or emergency"].now == Share(1, 2)
    assert found["Re-referrals within a year"].now == Share(1, 2)
    assert found["Re-referrals within a year"].printed.startswith("36.3 %")
    assert found["of these within 1 month"].now == Share(1, 1)


def test_audits_count_the_yes_of_those_that_could_say():
    def audit(answer: str) -> SampleReview:
        return SampleReview("s", "r1", "tom", NOW, {"voice": answer})

    found = counted(audits=[audit("yes"), audit("partly"), audit("no"), audit("not_applicable")])
    assert found["Child's voice in the audited record"].now == Share(1, 3)


def test_every_indicator_names_its_clause_and_the_rest_say_why_not():
    assert all(one.clause for one in counted().values())
    assert all(why for why in NOT_COUNTED.values())


async def test_leaders_see_them_on_the_oversight_page_and_as_csv(console, sign_in):
    keep(console, a_request())
    console.source_titles["s004"] = "Policy on early help"
    mina = await sign_in("mina")
    page = await (await mina.get("/console/oversight")).text()
    assert "Policy on early help, 3.1" in page
    assert "Indicators that the sources name" in page
    for words in (
        "Plans reviewed in time",
        "Step downs sustained for six months",
        "36.3 % in 2017/18",
        "not counted here",
    ):
        assert words in page
    text = (await (await mina.get("/console/oversight/indicators.csv")).read()).decode("utf-8-sig")
    assert "Re-referrals within a year" in text
