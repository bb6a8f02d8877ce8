"""After the decision work finds a worker who has room, and steps have clocks."""

from __future__ import annotations

from datetime import date

import pytest

from benchmarks.desk_kit import stored
from gateway.calendar import EnglandWorkingDays
from tests.console.deciding_kit import decided
from triage import allocation
from triage.desk import Allocation, Worker


def worker(id_="w1", unit="cases", most=15, team="family_support", **more) -> Worker:
    return Worker(id_, id_.upper(), "warwickshire", more.pop("locality", "nuneaton"), team, unit, most, **more)


def held(worker_id="w1", load=1, unit="cases", number=1) -> Allocation:
    return Allocation(f"a{number}", f"r{number}", worker_id, "fs", unit, load, date(2026, 1, 5))


def test_children_are_never_counted_as_cases():
    children_worker = worker("w2", "children", 20, "pod_family_support")
    found = allocation.loads(
        [worker(), children_worker], [held(load=3), held("w2", 4, "children", 2), held("w2", 9, "cases", 3)]
    )
    assert [(load.worker.id, load.held) for load in found] == [("w1", 3), ("w2", 4)]
    assert allocation.weight(worker(), children=4) == 1
    assert allocation.weight(children_worker, children=4) == 4
    assert allocation.weight(children_worker, children=0) == 1, "an unborn or unnamed child counts"


def test_a_full_worker_takes_nothing_more_and_the_reason_names_the_unit():
    with pytest.raises(allocation.NoRoom, match="15 of 15 cases"):
        allocation.check_room(allocation.Load(worker(), 15), children=1)


def test_half_a_pod_holds_fifty_children():
    social = [worker(f"s{n}", "children", 50, "pod_social_work", pod="north 1") for n in range(2)]
    pod = [allocation.Load(social[0], 30), allocation.Load(social[1], 19)]
    allocation.check_room(pod[1], 1, pod)
    with pytest.raises(allocation.NoRoom, match="49 of 50"):
        allocation.check_room(pod[1], 2, pod)


def test_workers_of_the_locality_come_first_then_those_with_most_room():
    near, far = worker("near"), worker("far", locality="rugby")
    loads = [allocation.Load(far, 0), allocation.Load(near, 14)]
    assert [load.worker.id for load in allocation.suggestions(loads, "nuneaton", 1)] == ["near", "far"]


def test_review_dates_follow_the_kind_of_work_and_fall_on_working_days():
    calendar = EnglandWorkingDays()
    early = allocation.reviews("targeted", date(2026, 1, 31), calendar)
    assert [due.on for due in early] == [date(2026, 4, 30), date(2026, 7, 31), date(2026, 11, 2), date(2027, 2, 1)]
    need = allocation.reviews("child_in_need", date(2026, 11, 20), calendar)
    assert need[0].on == date(2027, 1, 4), "six weeks on is New Year's Day; then a weekend"
    assert allocation.annual_review(date(2024, 2, 29), calendar).on == date(2025, 2, 28)


def test_a_step_starts_its_clocks():
    up = allocation.step_clocks("step_up", date(2026, 11, 20), EnglandWorkingDays())
    assert [due.on for due in up] == [date(2026, 12, 25), date(2027, 2, 17)]
    assert allocation.step_clocks("close", date(2026, 11, 20), EnglandWorkingDays()) == ()


async def allocate(console, sign_in):
    mina = await sign_in("mina")
    await mina.post("/console/allocation/workers", name="Sam Price", authority="warwickshire", locality="nuneaton",
                    team="family_support", most="12")  # fmt: skip
    with console.units() as unit:
        worker_id = unit.desk.workers.find()[0].id
    answer = await mina.post("/console/requests/r1/allocate", worker=worker_id, version=str(stored(console).version))
    assert answer.status == 303, await answer.text()
    return mina


async def test_allocation_names_a_worker_and_plans_the_reviews(console, sign_in):
    await decided(console, sign_in)
    mina = await allocate(console, sign_in)
    assert stored(console).state == "allocated"
    with console.units() as unit:
        assert len(unit.desk.tasks.find(request_id="r1", kind="review")) == 3
        assert len(unit.desk.tasks.find(request_id="r1", kind="exit")) == 1
    assert "1 of 12" in await (await mina.get("/console/allocation")).text()


async def test_a_step_up_needs_its_plan_and_starts_its_clocks(console, sign_in):
    ada = await decided(console, sign_in)
    await allocate(console, sign_in)
    version = str(stored(console).version)
    without = await ada.post("/console/requests/r1/step", step="step_up", reason="It got worse", version=version)
    assert without.status == 422
    await ada.post(
        "/console/requests/r1/step",
        step="step_up",
        reason="It got worse",
        plan="Early help plan of 3 November",
        version=version,
    )
    assert stored(console).state == "referred"
    with console.units() as unit:
        assert len(unit.desk.tasks.find(request_id="r1", kind="step_clock")) == 2
        assert unit.desk.allocations.find(request_id="r1", ended_on=None) == []


async def test_after_a_step_down_the_family_keeps_the_worker_it_knows(console, sign_in):
    ada = await decided(console, sign_in)
    await allocate(console, sign_in)
    for step in ("step_up", "step_down"):
        await ada.post(
            "/console/requests/r1/step",
            step=step,
            reason="Agreed",
            plan="The plan",
            version=str(stored(console).version),
        )
    mina = await sign_in("mina")
    assert "the family knows this worker" in await (await mina.get("/console/requests/r1/allocate")).text()
    await allocate(console, sign_in)
    with console.units() as unit:
        assert unit.desk.allocations.find(request_id="r1", ended_on=None)[0].same_worker is True
