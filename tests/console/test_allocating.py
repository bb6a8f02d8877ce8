"""After the decision work finds a worker who has room, and steps have clocks."""

from __future__ import annotations

from datetime import date

import pytest

from benchmarks.desk_kit import a_request, keep, stored
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


async def allocate(console, sign_in, *, authority="warwickshire", expect=303, **chosen):
    mina = await sign_in("mina")
    await mina.post("/console/allocation/workers", name="Sam Price", authority=authority, locality="", team="family_support",
                    most="12")  # fmt: skip
    with console.units() as unit:
        worker_id = unit.desk.workers.find()[0].id
    asked = {"worker": worker_id, "version": str(stored(console).version), **chosen}
    answer = await mina.post("/console/requests/r1/allocate", **asked)
    assert answer.status == expect, await answer.text()
    return mina if expect == 303 else answer


async def test_allocation_names_a_worker_and_plans_the_reviews(console, sign_in):
    await decided(console, sign_in)
    mina = await allocate(console, sign_in)
    assert stored(console).state == "allocated"
    with console.units() as unit:
        assert len(unit.desk.tasks.find(request_id="r1", kind="review")) == 4
        assert len(unit.desk.tasks.find(request_id="r1", kind="time_limit")) == 1
        assert unit.desk.allocations.find(request_id="r1")[0].offer == "strengthening_families_targeted"
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
        clocks = unit.desk.tasks.find(request_id="r1", kind="step_clock")
        assert len(clocks) == 2
        assert unit.desk.allocations.find(request_id="r1", ended_on=None), "the family keeps its worker meanwhile"
    await ada.post(f"/console/requests/r1/tasks/{clocks[0].id}/done", outcome="The social worker has met them")
    with console.units() as unit:
        assert unit.desk.allocations.find(request_id="r1", ended_on=None) == []


async def test_where_another_route_was_decided_the_meeting_says_what_the_family_gets(console, sign_in):
    keep(console, a_request())
    ada = await sign_in("ada")
    await ada.decide(console, action="override", level="early_help", route="early_responders", reason="One need")
    refused = await allocate(console, sign_in, expect=422)
    assert "Choose what the family gets" in await refused.text()
    await allocate(console, sign_in, offer="early_help_network")
    with console.units() as unit:
        assert unit.desk.allocations.find(request_id="r1")[0].offer == "early_help_network"


async def test_where_no_rules_of_the_authority_are_deployed_work_still_finds_a_worker(console, sign_in):
    await decided(console, sign_in, authority="elsewhere", locality=None)
    await allocate(console, sign_in, authority="elsewhere")
    assert stored(console).state == "allocated"


async def test_an_authority_whose_rules_name_no_dates_gets_none_of_its_neighbour_s(console, sign_in):
    await decided(console, sign_in, authority="wiltshire", locality=None)
    await allocate(console, sign_in, authority="wiltshire", offer="family_keyworker")
    with console.units() as unit:
        assert unit.desk.tasks.find(request_id="r1") == []


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
