"""Retention, holds, the kill switch, officers: what an administrator can do, and what nobody can."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date, timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from benchmarks.desk_kit import NOW, a_request, keep
from gateway.console import disposal
from gateway.console.app import console_app
from gateway.console.kill_switch import kill_switch
from triage.desk import RecordHold, Switch
from triage.ports import Conversation
from triage.request import SafeContact
from triage.retention import Disposable, Schedule, judge, schedule_of

TODAY = date(2036, 1, 1)
items = st.builds(
    Disposable, conversation_id=st.just("c"), request_id=st.just("r"),
    last_at=st.datetimes(min_value=NOW.replace(tzinfo=None, year=2020), max_value=NOW.replace(tzinfo=None)),
    state=st.sampled_from(["draft", "open", "left", "sent", "closed", "allocated", "abandoned"]),
    route=st.sampled_from([None, "information", "mash_referral"]),
    danger=st.sampled_from(["none", "safeguarding_concern", "immediate_danger"]), identified=st.booleans(), held=st.booleans(),
)  # fmt: skip
schedules = st.dictionaries(
    st.sampled_from(["unidentified", "closed", "route:information", "route:mash_referral"]), st.integers(1, 4000)
).map(Schedule)


@given(item=items, schedule=schedules)
def test_a_hold_wins_over_every_period(item, schedule):
    assert not judge(replace(item, held=True), schedule, TODAY).delete


@given(item=items)
def test_without_a_schedule_nothing_is_deleted(item):
    assert not judge(item, Schedule({}), TODAY).delete


@given(item=items, schedule=schedules)
def test_what_somebody_works_with_or_what_held_danger_unsent_is_never_deleted(item, schedule):
    verdict = judge(item, schedule, TODAY)
    if verdict.delete:
        assert item.state == "closed" or (item.danger == "none" and not item.identified)
        assert item.state not in ("sent", "allocated", "abandoned")


def test_a_longer_period_never_deletes_more():
    item = Disposable("c", "r", NOW, "closed", "information", "none", True, False)
    assert judge(item, schedule_of({"retention.closed": "30"}), NOW.date() + timedelta(days=31)).delete
    assert not judge(item, schedule_of({"retention.closed": "60"}), NOW.date() + timedelta(days=31)).delete


@pytest.mark.parametrize("bad", ["", "0", "-1", "1.5", "ever"])
def test_a_period_is_a_whole_number_of_days(bad):
    with pytest.raises(ValueError, match="whole number"):
        schedule_of({"retention.closed": bad})


def nameless(number: int, **changes):
    return a_request(number, children=(), safe_contact=SafeContact(), requester_name=None, **changes)


def test_by_default_only_what_identifies_nobody_goes_and_the_bots_store_with_it(console, tmp_path):
    trackers = tmp_path / "trackers.db"
    with sqlite3.connect(trackers) as database:
        database.execute("CREATE TABLE trackers (sender_id TEXT PRIMARY KEY, events TEXT)")
        database.executemany("INSERT INTO trackers VALUES (?, '')", [("c1",), ("c2",), ("c3",)])
    object.__setattr__(console, "forget_dialogue", disposal.forget_in(trackers))
    keep(console, a_request(1, state="closed"))
    keep(console, nameless(2, state="draft", sent_at=None))
    keep(console, nameless(3, state="draft", sent_at=None, danger="safeguarding_concern"))
    console.clock.move(days=31)
    assert [v.item.conversation_id for v in disposal.report(console)[0] if v.delete] == ["c2"]
    assert [v.item.conversation_id for v in disposal.purge(console, "test")] == ["c2"]
    with console.units() as unit:
        assert unit.conversations.get("c2") is None
        assert unit.requests.get("r2") is None
        assert unit.desk.trail.count(text="conversation.purged") == 1
        assert unit.desk.trail.verify() is None, "the audit stays whole"
    left = sqlite3.connect(trackers).execute("SELECT sender_id FROM trackers").fetchall()
    assert left == [("c1",), ("c3",)]


async def test_a_held_request_is_kept_and_the_database_itself_refuses(console, sign_in):
    keep(console, a_request(1, state="closed"))
    grace, ivy = await sign_in("grace"), await sign_in("ivy")
    await grace.post("/console/requests/r1/holds", ground="Police inquiry")
    await ivy.post("/console/retention", kind="closed", days="1", why="Schedule 2026, signed by the board")
    console.clock.move(days=400)
    assert disposal.purge(console, "test") == ()
    with pytest.raises(IntegrityError), console.units() as unit:
        unit.desk.disposal.remove("c1", console.event("test", "conversation.purged", "conversation:c1"))
    with console.units() as unit:
        hold: RecordHold = unit.desk.record_holds.find()[0]
    console.clock.at = NOW
    await grace.post(f"/console/requests/r1/holds/{hold.id}/lift")
    console.clock.move(days=400)
    assert len(disposal.purge(console, "test")) == 1


async def test_the_report_page_says_what_stays_and_why(console, sign_in):
    keep(console, a_request(1, state="closed"))
    page = await (await (await sign_in("ivy")).get("/console/retention")).text()
    assert "no period is set" in page


async def test_the_kill_switch_turns_every_public_page_into_numbers_and_is_audited(console, sign_in, monkeypatch):
    monkeypatch.setattr("gateway.console.kill_switch.REMEMBER_S", -1.0)

    async def chat(request: web.Request) -> web.Response:
        return web.Response(text="chat")

    app = web.Application(middlewares=[kill_switch(console)])
    app.router.add_get("/", chat)
    app.router.add_post("/api/v1/conversations", chat)
    app.add_subapp("/console", console_app(console))
    grace = await sign_in("grace")
    async with TestClient(TestServer(app)) as public:
        assert await (await public.get("/")).text() == "chat"
        await grace.post("/console/switch", to="off", why="Wrong answers seen")
        page = await public.get("/")
        assert page.status == 503
        assert "999" in await page.text()
        problem = await public.post("/api/v1/conversations")
        assert problem.status == 503
        assert "999" in (await problem.json())["detail"]
        assert (await public.get("/console/sign-in")).status == 200
        await grace.post("/console/switch", to="on", why="Repaired")
        assert (await public.get("/")).status == 200
    with console.units() as unit:
        events = unit.desk.trail.latest(text="switch.changed")
    assert [event.why for event in events] == ["Repaired", "Wrong answers seen"]


async def test_an_administrator_enters_officers_but_not_their_own_roles(console, sign_in):
    ivy = await sign_in("ivy")
    answer = await ivy.post(
        "/console/officers", id="new", name="New Person", role="officer", authorities="wiltshire", active="on"
    )
    assert answer.status == 303
    with console.units() as unit:
        entered = unit.desk.officers.get("new")
    assert entered.authorities == {"wiltshire"}
    assert (
        await ivy.post("/console/officers", id="ivy", name="Ivy", role="safeguarding_lead", active="on")
    ).status == 403


async def test_the_audit_page_checks_the_chain(console, sign_in):
    keep(console, a_request())
    tom = await sign_in("tom")
    page = await (await tom.post("/console/audit/verify")).text()
    assert "events hold" in page


def test_a_conversation_without_a_request_goes_after_thirty_days(console):
    with console.units() as unit:
        event = console.event("person", "conversation.begun", "conversation:c9")
        unit.conversations.add(Conversation("c9", "h", "web", "family", NOW), event)
        unit.desk.switches.save(Switch("other", "x", NOW, "t"), event)
        unit.commit()
    console.clock.move(days=30)
    assert disposal.purge(console, "test") == ()
    console.clock.move(days=1)
    assert len(disposal.purge(console, "test")) == 1
