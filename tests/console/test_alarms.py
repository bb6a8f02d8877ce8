"""An alarm rings until somebody has it, and climbs from person to person."""

from __future__ import annotations

import asyncio
import contextlib
import json
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from aiosmtpd.controller import Controller

from benchmarks.desk_kit import NOW, a_request, keep, stored
from gateway.alerts import keeper, watch
from gateway.alerts.outbox import MOST_ATTEMPTS, deliver_due
from gateway.alerts.senders import SIGNATURE, senders, signature
from gateway.alerts.watch import AT_ONCE, look
from records.unit_of_work import SqlUnitOfWork
from tests.conftest import free_port
from triage.desk import Delivery


def configure(console, **settings):
    object.__setattr__(console, "settings", replace(console.settings, **settings))


def alarms(console):
    with console.units() as unit:
        return [(alarm.request_id, alarm.kind, alarm.rung) for alarm in unit.desk.alarms.find(order="raised_at")]


def waiting(console):
    with console.units() as unit:
        return unit.desk.deliveries.find(order="id")


def test_immediate_danger_rings_at_once_even_before_it_is_sent(console):
    keep(console, a_request(1, danger="immediate_danger", state="draft", sent_at=None))
    look(console)
    assert alarms(console) == [("r1", "emergency", 1)]


def test_what_nobody_opened_within_its_limit_rings(console):
    keep(console, a_request(1, sent_at=NOW - timedelta(minutes=59)))
    look(console)
    assert alarms(console) == []
    console.clock.move(minutes=1)
    look(console)
    assert alarms(console) == [("r1", "unopened", 1)]


def test_what_was_opened_but_not_decided_in_time_rings_as_overdue(console):
    keep(console, a_request(1, opened_at=NOW))
    look(console)
    assert alarms(console) == []
    console.clock.move(days=4)  # Friday plus one working day is Monday; now it is Tuesday
    look(console)
    assert alarms(console) == [("r1", "overdue", 1)]


def test_an_alarm_rings_again_and_reaches_the_next_person_and_then_all(console):
    configure(console, smtp_host="mail", first_ring=("first@example.org", "second@example.org"))
    keep(console, a_request(1, danger="immediate_danger"))
    reached = []
    for _ in range(3):
        look(console)
        reached.append([d.to for d in waiting(console)][sum(map(len, reached)) :])
        look(console)
        console.clock.move(minutes=15)
    assert reached == [["first@example.org"], ["second@example.org"], ["first@example.org", "second@example.org"]]


async def test_an_acknowledged_alarm_is_silent(console, sign_in):
    keep(console, a_request(1, danger="immediate_danger"))
    look(console)
    ada = await sign_in("ada")
    page = await (await ada.get("/console")).text()
    assert "Immediate danger</strong>" in page
    assert "FD-0001" in page
    with console.units() as unit:
        alarm = unit.desk.alarms.find()[0]
    await ada.post(f"/console/alarms/{alarm.id}/acknowledge")
    console.clock.move(hours=2)
    look(console)
    with console.units() as unit:
        kept = unit.desk.alarms.get(alarm.id)
    assert (kept.rung, kept.acknowledged_by) == (1, "ada")


def test_a_conversation_left_after_danger_was_heard_becomes_a_contact(console):
    keep(console, a_request(1, state="draft", sent_at=None, danger="safeguarding_concern"))
    keep(console, a_request(2, state="draft", sent_at=None))
    console.clock.move(minutes=1)
    look(console)
    assert stored(console, "r1").state == "draft" if console.now() - NOW < timedelta(minutes=15) else True
    console.clock.move(minutes=15)
    look(console)
    assert stored(console, "r1").state == "abandoned"
    assert stored(console, "r2").state == "draft"


def test_a_message_outwards_names_nobody(console):
    configure(console, smtp_host="mail", webhook_url="http://hook", first_ring=("a@example.org",))
    keep(console, a_request(1, danger="immediate_danger"))
    look(console)
    for delivery in waiting(console):
        for secret in ("Kai", "Jo", "Nuneaton", "07700", "hungry", "FD-0001"):
            assert secret not in json.dumps(dict(delivery.payload))


class Mailbox:
    def __init__(self) -> None:
        self.letters: list[tuple[str, str]] = []

    async def handle_DATA(self, server, session, envelope):
        self.letters.append((envelope.rcpt_tos[0], envelope.content.decode()))
        return "250 OK"


@pytest.fixture
def mail_server():
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield box, controller.port
    controller.stop()


async def test_an_alarm_arrives_by_real_mail(console, mail_server):
    box, port = mail_server
    configure(console, smtp_host="127.0.0.1", smtp_port=port, first_ring=("duty@example.org",))
    keep(console, a_request(1, danger="immediate_danger"))
    look(console)
    async with aiohttp.ClientSession() as http:
        assert await deliver_due(console, senders(console.settings, http)) == 1
        assert await deliver_due(console, senders(console.settings, http)) == 0
    ((to, text),) = box.letters
    assert to == "duty@example.org"
    assert "/console/requests/r1" in text


async def test_a_webhook_is_signed_and_tried_again_until_it_arrives(console):
    received, answers = [], [500, 503, 200]

    async def take(request: web.Request) -> web.Response:
        received.append((await request.read(), request.headers[SIGNATURE]))
        return web.Response(status=answers.pop(0))

    app = web.Application()
    app.router.add_post("/hook", take)
    async with TestServer(app) as server, aiohttp.ClientSession() as http:
        configure(console, webhook_url=str(server.make_url("/hook")), webhook_key="secret")
        keep(console, a_request(1, danger="immediate_danger", state="draft"))
        look(console)
        ways = senders(console.settings, http)
        for seconds in (0, 30, 60):
            console.clock.move(seconds=seconds)
            await deliver_due(console, ways)
    assert len(received) == 3
    assert len({json.loads(body)["id"] for body, _ in received}) == 1, "the same id each time: act once"
    assert all(sign == signature("secret", body) for body, sign in received)
    assert waiting(console)[0].delivered_at == console.now()


def test_a_step_of_the_watch_that_fails_silences_no_alarm(console, monkeypatch):
    keep(console, a_request(1, danger="immediate_danger", sent_at=NOW - timedelta(minutes=1)))

    def broken(_console) -> None:
        raise RuntimeError("a row that cannot be read")

    monkeypatch.setattr(watch, "STEPS", (broken, *watch.STEPS))
    with pytest.raises(RuntimeError, match="cannot be read"):
        look(console)
    assert alarms(console) == [("r1", "emergency", 1)]


async def test_what_cannot_even_be_made_holds_up_nothing_behind_it(console):
    sent = []

    async def send(delivery) -> None:
        if not sent:
            sent.append("the first one")
            raise RuntimeError("no such letter")
        sent.append(delivery.id)

    configure(console, webhook_url="http://127.0.0.1/hook", webhook_key="k")
    for number in (1, 2):
        keep(console, a_request(number, danger="immediate_danger", state="draft"))
    look(console)
    assert await deliver_due(console, {"webhook": send}) == 1
    assert sorted(one.attempts for one in waiting(console)) == [1, 1]


async def test_a_case_system_that_hangs_holds_up_no_alarm(console, monkeypatch):
    monkeypatch.setattr(keeper, "LOOK_EVERY_S", 0.01)
    hanging, rung = asyncio.Event(), asyncio.Event()

    async def hang(_delivery) -> None:
        hanging.set()
        await asyncio.Event().wait()

    async def ring(_delivery) -> None:
        rung.set()

    monkeypatch.setattr(keeper, "senders", lambda _settings, _http: {"webhook": ring})
    monkeypatch.setattr(keeper.handover, "sender", lambda _console, _http: hang)
    configure(console, webhook_url="http://127.0.0.1/hook", webhook_key="k")
    with console.units() as unit:
        stuck = Delivery("d1", keeper.handover.KIND, "", {}, console.now(), console.now())
        unit.desk.deliveries.add(stuck, console.event("system", "delivery.queued", "request:r0"))
        unit.commit()
    task = asyncio.create_task(keeper.keep_watch(console, []))
    try:
        async with asyncio.timeout(20):
            await hanging.wait()
            keep(console, a_request(1, danger="immediate_danger", state="draft"))
            await rung.wait()
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def test_what_never_arrives_is_given_up_aloud(console, caplog):
    configure(console, webhook_url=f"http://127.0.0.1:{free_port()}/nobody", webhook_key="k")
    keep(console, a_request(1, danger="immediate_danger", state="draft"))
    look(console)
    async with aiohttp.ClientSession() as http:
        for _ in range(MOST_ATTEMPTS):
            await deliver_due(console, senders(console.settings, http))
            console.clock.move(hours=2)
    given_up = waiting(console)[0]
    assert given_up.given_up_at is not None
    with console.units() as unit:
        assert unit.desk.trail.count(text="delivery.given_up") == 1
    assert "failed" in caplog.text


async def test_other_systems_hear_of_a_new_request_and_of_a_decision_in_codes_only(console, sign_in):
    configure(console, webhook_url="http://hook")
    keep(console, a_request(1, sent_at=NOW))
    look(console)
    await (await sign_in("ada")).decide(console, action="confirm")
    told = [dict(delivery.payload) for delivery in waiting(console)]
    assert [payload["event"] for payload in told] == ["request.waiting", "decision.made"]
    assert told[1] == {"event": "decision.made", "request": "r1", "at": console.now().isoformat(),
                       "state": "to_allocate", "action": "confirm"}  # fmt: skip


def test_after_a_long_weekend_alarms_are_raised_in_short_turns_and_none_is_lost(console):
    """No transaction holds more than a hundred: a chat that writes meanwhile never waits for all of them."""
    for number in range(1, 131):
        keep(console, a_request(number, sent_at=NOW - timedelta(hours=2)))
    most = []
    commits = SqlUnitOfWork.commit

    def counted(unit):
        raised = unit.desk.trail.latest(text="alarm.raised", limit=1_000)
        most.append(len(raised))
        commits(unit)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SqlUnitOfWork, "commit", counted)
        look(console)
    steps = [b - a for a, b in pairwise([0, *most])]
    assert max(steps) <= AT_ONCE < 130
    look(console)
    assert [rung for *_, rung in alarms(console)] == [1] * 130, "each rang once, and not again before its time"
