"""A decided request reaches the case-management system, is tried again, and rings where nobody ever says that they have it."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from dataclasses import replace

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from benchmarks.desk_kit import WORDS, a_request, keep, trail
from gateway.alerts import handover
from gateway.alerts.outbox import MOST_ATTEMPTS, deliver_due
from gateway.alerts.senders import SIGNATURE, senders, signature
from gateway.alerts.watch import look
from gateway.exports.document import SCHEMA
from tests.console.case_system import PLACES, CaseSystem

KEY = "a key that both sides know"
AT = "/console/requests/r1"


@asynccontextmanager
async def connected(console, **behaviour):
    """A case system that really listens, the console set up for it, and one turn of the outbox."""
    system = CaseSystem(KEY, **behaviour)
    async with TestServer(system.app()) as server, aiohttp.ClientSession() as http:
        settings = replace(console.settings, case_system_url=str(server.make_url("/contacts")), case_system_key=KEY)
        object.__setattr__(console, "settings", settings)
        ways = {**senders(settings, http), handover.KIND: handover.sender(console, http)}
        yield system, lambda: deliver_due(console, ways)


def handovers(console):
    with console.units() as unit:
        return unit.desk.handovers.find(order="sent_at")


def ringing(console) -> list[str]:
    with console.units() as unit:
        return [alarm.kind for alarm in unit.desk.alarms.find(acknowledged_at=None) if alarm.kind == "not_taken"]


async def decided(console, sign_in, **changes):
    keep(console, a_request(**changes))
    ada = await sign_in("ada")
    await ada.decide(console, action="confirm")
    return ada


def test_every_field_of_the_documented_schema_has_a_place_in_the_other_system():
    assert set(PLACES) == set(SCHEMA["properties"])


async def test_a_request_is_taken_in_whole_and_its_receipt_stands_on_the_timeline(console, sign_in):
    ada = await decided(console, sign_in)
    async with connected(console) as (system, deliver):
        await ada.post(f"{AT}/handover")
        assert await deliver() == 1
    (record,) = system.taken.values()
    assert record["contact"]["external_id"] == "FD-0001"
    assert [person["name"] for person in record["persons"]] == ["Kai"]
    assert record["referrer"]["safe_contact"]["phone"] == "07700 900123"
    assert {answer["name"] for answer in record["form"]["answers"]} == {"neglect", "impact"}
    assert record["outcome"]["action"] == "confirm"
    assert record["case_note"][-1]["text"] == WORDS
    assert record["census"][0]["ReferralSource"]
    assert record["documents"][0]["content"].startswith(b"%PDF-")
    page = await (await ada.get(AT)).text()
    assert "as <strong>CMS-4000</strong>" in page
    (taken,) = [event for event in trail(console) if event.action == "handover.taken"]
    assert taken.why == "CMS-4000"


async def test_it_is_tried_again_until_it_arrives_and_taken_in_once(console, sign_in):
    ada = await decided(console, sign_in)
    async with connected(console, answers=[503, 500, 201]) as (system, deliver):
        await ada.post(f"{AT}/handover")
        await ada.post(f"{AT}/handover")
        for _ in range(3):
            await deliver()
            console.clock.move(minutes=5)
        assert system.posts == 3
        assert len(system.taken) == 1, "two presses are one handover"
    assert [one.receipt for one in handovers(console)] == ["CMS-4000"]


async def test_a_receipt_may_come_later_signed_and_silences_the_alarm(console, sign_in):
    ada = await decided(console, sign_in)
    async with connected(console, late=True) as (_system, deliver):
        await ada.post(f"{AT}/handover")
        await deliver()
        look(console)
        assert ringing(console) == [], "its time is not over"
        console.clock.move(minutes=61)
        look(console)
        assert ringing(console) == ["not_taken"]
        (sent,) = handovers(console)
        assert (await receipt(ada, sent.id, receipt="CMS-7")).status == 200
    assert ringing(console) == []
    assert [one.receipt for one in handovers(console)] == ["CMS-7"]


async def receipt(browser, handover_id: str, *, key: str = KEY, **said: str):
    body = json.dumps({"handover": handover_id, **said}).encode()
    headers = {SIGNATURE: signature(key, body), "Content-Type": "application/json"}
    return await browser.client.post(f"/console/handovers/{handover_id}/receipt", data=body, headers=headers)


async def test_nobody_without_the_key_can_say_that_it_was_taken(console, sign_in):
    ada = await decided(console, sign_in)
    async with connected(console, late=True) as (_system, deliver):
        await ada.post(f"{AT}/handover")
        await deliver()
        (sent,) = handovers(console)
        assert (await receipt(ada, sent.id, key="guessed", receipt="CMS-7")).status == 403
        foreign = {SIGNATURE: "sha256=é🦆"}
        assert (
            await ada.client.post(f"/console/handovers/{sent.id}/receipt", data=b"{}", headers=foreign)
        ).status == 403
        assert (await receipt(ada, sent.id)).status == 422
        assert (await receipt(ada, "nothing", receipt="CMS-7")).status == 404
        object.__setattr__(console, "settings", replace(console.settings, case_system_key=""))
        assert (await receipt(ada, sent.id, key="", receipt="CMS-7")).status == 403, "no key opens nothing"
    assert handovers(console)[0].acknowledged_at is None


async def test_what_is_never_taken_rings_and_so_does_what_is_sent_again(console, sign_in):
    ada = await decided(console, sign_in)
    async with connected(console, answers=[422]) as (_system, deliver):
        for times in (1, 2):
            await ada.post(f"{AT}/handover")
            await deliver()
            look(console)
            look(console)
            assert ringing(console) == ["not_taken"] * times
            console.clock.move(minutes=1)
    page = await (await ada.get(AT)).text()
    assert "refused</strong>: The referrer&#39;s role has no code here" in page
    assert "The case system has not taken this" in await (await ada.get("/console")).text()


async def test_what_was_given_up_can_be_sent_again_and_is_still_taken_in_once(console, sign_in):
    ada = await decided(console, sign_in)
    async with connected(console, answers=[201, *[503] * MOST_ATTEMPTS, 201], late=True) as (system, deliver):
        await ada.post(f"{AT}/handover")
        await deliver()
        assert "Send it again" not in await (await ada.get(AT)).text(), "it is on its way"
        console.clock.move(minutes=61)
        ada = await sign_in("ada")
        assert "Send it again" in await (await ada.get(AT)).text()
        await ada.post(f"{AT}/handover")
        for _ in range(MOST_ATTEMPTS):
            await deliver()
            console.clock.move(hours=2)
        assert await deliver() == 0, "given up"
        ada = await sign_in("ada")
        await ada.post(f"{AT}/handover")
        system.late = False
        assert await deliver() == 1
        assert (system.posts, len(system.taken)) == (2 + MOST_ATTEMPTS, 1)
    assert [one.receipt for one in handovers(console)] == ["CMS-4000"]


@pytest.mark.parametrize(
    ("pieces", "receipts"),
    [
        ([b'{"receipt"', b': "CMS', b'-7"}'], ["CMS-7"]),
        ([b"x" * 40_000, b"x" * 40_000], [""]),
        ([b"[" * 30_000], [""]),
        ([b'"CMS-7"'], [""]),
    ],
    ids=["in pieces", "without end", "too deep", "no object"],
)
async def test_an_answer_is_read_whole_and_only_as_far_as_it_makes_sense(console, sign_in, pieces, receipts):
    async def answer(request: web.Request) -> web.StreamResponse:
        await request.read()
        response = web.StreamResponse(status=200)
        await response.prepare(request)
        for piece in pieces:
            await response.write(piece)
            await asyncio.sleep(0.05)  # so that each travels by itself
        return response

    ada = await decided(console, sign_in)
    app = web.Application()
    app.router.add_post("/contacts", answer)
    async with TestServer(app) as server, aiohttp.ClientSession() as http:
        settings = replace(console.settings, case_system_url=str(server.make_url("/contacts")), case_system_key=KEY)
        object.__setattr__(console, "settings", settings)
        await ada.post(f"{AT}/handover")
        await deliver_due(console, {handover.KIND: handover.sender(console, http)})
    assert [one.receipt for one in handovers(console)] == receipts


async def test_nothing_is_handed_over_before_it_is_decided_or_where_nothing_is_set_up(console, sign_in):
    keep(console, a_request())
    ada = await sign_in("ada")
    assert (await ada.post(f"{AT}/handover")).status == 422
    async with connected(console) as (_system, _deliver):
        assert (await ada.post(f"{AT}/handover")).status == 422
    assert handovers(console) == []


async def test_where_the_council_wants_it_a_decision_is_pushed_without_a_press(console, sign_in):
    async with connected(console) as (system, deliver):
        object.__setattr__(console, "settings", replace(console.settings, case_system_on_decision=True))
        await decided(console, sign_in)
        await deliver()
    assert len(system.taken) == 1


async def test_who_asked_to_stay_anonymous_stays_so_in_the_other_system(console, sign_in):
    ada = await decided(console, sign_in, anonymous=True)
    async with connected(console) as (system, deliver):
        await ada.post(f"{AT}/handover")
        await deliver()
    record = next(iter(system.taken.values()))
    kept = json.dumps({key: value for key, value in record.items() if key != "documents"})
    for secret in ("Jo Marsh", "07700", "hungry"):
        assert secret not in kept


async def test_the_outbox_keeps_ids_and_nobodys_words(console, sign_in):
    ada = await decided(console, sign_in)
    async with connected(console):
        await ada.post(f"{AT}/handover")
    with console.units() as unit:
        (waiting,) = [one for one in unit.desk.deliveries.find() if one.kind == handover.KIND]
    assert set(waiting.payload) == {"handover", "request"}


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"handover": 1}'])
async def test_a_receipt_that_is_none_is_refused(console, sign_in, body):
    ada = await decided(console, sign_in)
    async with connected(console):
        headers = {SIGNATURE: signature(KEY, body)}
        answer = await ada.client.post("/console/handovers/x/receipt", data=body, headers=headers)
    assert answer.status == 422
