"""The queue shows what is most urgent first, and nothing that is out of reach."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from benchmarks.desk_kit import NOW, a_request, keep, proposal, trail
from triage.request import Level, Route


def order(page: str) -> list[str]:
    return re.findall(r'class="strong" href="/console/requests/\w+">([^<]+)<', page)


async def test_the_queue_is_ordered_by_urgency_then_clock_then_age(console, sign_in):
    keep(console, a_request(1, proposal=proposal(Level.EARLY_HELP, Route.EARLY_RESPONDERS)))
    keep(console, a_request(2, sent_at=NOW - timedelta(days=2)))
    keep(console, a_request(3, sent_at=NOW - timedelta(hours=3)))
    keep(console, a_request(4, danger="immediate_danger", proposal=proposal(Level.UNIVERSAL, Route.INFORMATION)))
    keep(console, a_request(5, proposal=None))
    page = await (await (await sign_in("ada")).get("/console")).text()
    assert order(page) == ["FD-0004", "FD-0005", "FD-0002", "FD-0003", "FD-0001"]


async def test_what_is_closed_or_still_being_written_does_not_wait_in_the_queue(console, sign_in):
    keep(console, a_request(1, state="closed"))
    keep(console, a_request(2, state="draft", reference=None))
    page = await (await (await sign_in("ada")).get("/console")).text()
    assert "Nothing waits here" in page


async def test_filters_narrow_and_a_view_keeps_them(console, sign_in):
    keep(console, a_request(1))
    keep(console, a_request(2, channel="phone", place="Rugby", locality="rugby"))
    browser = await sign_in("ada")
    assert order(await (await browser.get("/console?channel=phone")).text()) == ["FD-0002"]
    assert order(await (await browser.get("/console?q=rugby")).text()) == ["FD-0002"]
    assert order(await (await browser.get("/console?q=FD-0001")).text()) == ["FD-0001"]
    assert order(await (await browser.get("/console?who=me")).text()) == []
    await browser.post("/console/views", name="Phone calls", channel="phone")
    page = await (await browser.get("/console")).text()
    assert "Phone calls" in page
    assert "channel=phone" in page


async def test_an_officer_of_one_authority_does_not_see_the_others(console, sign_in):
    keep(console, a_request(1))
    keep(console, a_request(2, authority="wiltshire", locality=None))
    keep(console, a_request(3, authority=None, locality=None))
    browser = await sign_in("ada")
    with console.units() as unit:
        ada = unit.desk.officers.get("ada")
        unit.desk.officers.save(
            replace(ada, authorities=frozenset({"wiltshire"})), console.event("test", "officer.saved", "officer:ada")
        )
        unit.commit()
    assert sorted(order(await (await browser.get("/console")).text())) == ["FD-0002", "FD-0003"]
    assert order(await (await browser.get("/console?authority=warwickshire")).text()) == ["FD-0003"]
    assert (await browser.get("/console/requests/r1")).status == 403
    assert trail(console)[-1].action == "request.sent"


async def test_own_family_is_blocked_for_every_role(console, sign_in):
    keep(console, a_request(1))
    browser = await sign_in("grace")
    with console.units() as unit:
        grace = unit.desk.officers.get("grace")
        unit.desk.officers.save(
            replace(grace, own_family=frozenset({"r1"})), console.event("test", "officer.saved", "officer:grace")
        )
        unit.commit()
    assert order(await (await browser.get("/console")).text()) == []
    answer = await browser.get("/console/requests/r1")
    assert answer.status == 403
    assert "own family" in await answer.text()
