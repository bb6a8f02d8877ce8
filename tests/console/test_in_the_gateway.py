"""The console inside the real gateway: the same storage, the same chat, one start and one stop."""

from __future__ import annotations

import asyncio
import re
from types import SimpleNamespace

import pytest
from aiohttp.test_utils import TestClient, TestServer

from benchmarks.desk_kit import Browser, a_request, keep, token_in
from gateway.alerts.keeper import heartbeat
from gateway.app import build_app
from gateway.settings import Settings
from records.bootstrap import migrate, unit_of_work_factory
from tests.gateway.fake_bot import FakeBot


@pytest.fixture
async def gateway(tmp_path, monkeypatch):
    monkeypatch.setattr("gateway.console.live.LOOK_EVERY_S", 0.05)
    monkeypatch.setattr("gateway.console.kill_switch.REMEMBER_S", 0.0)
    settings = Settings(data_dir=tmp_path, database_url=f"sqlite:///{tmp_path}/f.db", authority="warwickshire",
                        officer_demo=True, bot_patience_s=2.0)  # fmt: skip
    migrate(settings.database)
    app = await build_app(settings, lambda _settings, _http: FakeBot(), rooms=("gateway.console",))
    async with TestClient(TestServer(app)) as client:
        yield client, unit_of_work_factory(settings.database)


async def test_officers_come_in_and_families_keep_their_own_page(gateway):
    client, _ = gateway
    ada = await Browser(client).sign_in("ada")
    assert (await ada.get("/console")).status == 200
    assert (await client.get("/")).status == 200
    assert (await client.get("/console/static/console.css")).status == 200


async def test_a_call_is_typed_into_the_very_same_conversation(gateway):
    client, units = gateway
    ravi = await Browser(client).sign_in("ravi")
    page = await (await ravi.post("/console/phone", audience="family", authority="warwickshire")).text()
    assert "What is going on?" in page
    fields = {name: re.search(rf'name="{name}" value="([^"]+)"', page).group(1) for name in ("token", "key")}
    conversation_id = re.search(r'/console/phone/([^"]+)"', page).group(1)
    page = await (await ravi.post(f"/console/phone/{conversation_id}", text="My son is 7", **fields)).text()
    assert "You said: My son is 7" in page
    assert 'name="choice" value="information"' in page
    again = await (await ravi.post(f"/console/phone/{conversation_id}", text="My son is 7", **fields)).text()
    assert again.count("You said: My son is 7") == 1, "sent twice, kept once"
    key = re.search(r'name="key" value="([^"]+)"', page).group(1)
    page = await (
        await ravi.post(f"/console/phone/{conversation_id}", choice="information", token=fields["token"], key=key)
    ).text()
    assert "How can we reach you?" in page
    with units() as unit:
        assert unit.conversations.get(conversation_id).channel == "phone"


async def test_a_call_cannot_be_taken_over_without_its_token(gateway):
    client, _ = gateway
    ravi = await Browser(client).sign_in("ravi")
    page = await (await ravi.post("/console/phone", audience="family")).text()
    conversation_id = re.search(r'/console/phone/([^"]+)"', page).group(1)
    assert (await ravi.post(f"/console/phone/{conversation_id}", text="x", token="wrong", key="k")).status == 404


async def test_the_queue_hears_live_that_something_waits_and_the_stream_ends_with_the_session(gateway):
    client, units = gateway
    ada = await Browser(client).sign_in("ada")
    stream = await client.get("/console/live")
    assert stream.headers["Content-Type"].startswith("text/event-stream")
    keep(SimpleNamespace(units=units), a_request())
    heard = b""
    while b"waiting" not in heard:
        heard += await asyncio.wait_for(stream.content.readline(), 5)
    assert b"1 waiting" in heard
    await ada.post("/console/sign-out")
    while await asyncio.wait_for(stream.content.readline(), 5):
        pass
    assert stream.content.at_eof()


async def test_the_stream_is_for_those_who_may_see_the_queue(gateway):
    client, _ = gateway
    assert (await client.get("/console/live")).status == 403
    await Browser(client).sign_in("ivy")
    assert (await client.get("/console/live")).status == 403


async def test_the_gateway_stops_while_streams_are_open(tmp_path):
    settings = Settings(data_dir=tmp_path, database_url=f"sqlite:///{tmp_path}/f.db", officer_demo=True)
    migrate(settings.database)
    app = await build_app(settings, lambda _settings, _http: FakeBot(), rooms=("gateway.console",))
    client = TestClient(TestServer(app))
    await client.start_server()
    await Browser(client).sign_in("ada")
    await client.get("/console/live")
    await asyncio.wait_for(client.close(), 10)


async def test_the_chat_can_be_switched_off_and_on(gateway):
    client, _ = gateway
    grace = await Browser(client).sign_in("grace")
    await grace.post("/console/switch", to="off", why="Test")
    page = await client.get("/")
    assert page.status == 503
    assert "You can call us" in await page.text()
    assert token_in(await (await grace.get("/console/switch")).text()) == grace.csrf
    await grace.post("/console/switch", to="on", why="Test over")
    assert (await client.get("/")).status == 200


async def test_the_watch_runs_with_the_gateway(gateway):
    client, _ = gateway
    from gateway.alerts.keeper import LAST_LOOK

    for _ in range(100):
        if client.app[LAST_LOOK]:
            break
        await asyncio.sleep(0.05)
    assert client.app[LAST_LOOK]
    assert (await client.get("/console/heartbeat")).status == 200


async def test_a_watch_that_fell_silent_is_seen_from_outside(console):
    beat = heartbeat(console, [console.now()])
    assert (await beat(None)).status == 200
    console.clock.move(minutes=2)
    assert (await beat(None)).status == 503
    assert (await heartbeat(console, [])(None)).status == 503
