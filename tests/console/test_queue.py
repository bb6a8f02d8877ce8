"""The queue shows what is most urgent first, and nothing that is out of reach."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from benchmarks.desk_kit import NOW, a_request, keep, proposal, trail
from gateway.alerts.watch import look
from triage.consent import ConsentKind, ConsentRecord
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


@pytest.mark.parametrize(
    "said", ["child_refuses_parent_contact", "other_parent_disagrees", "young_person_refuses", "not_asked"]
)
async def test_every_answer_about_agreement_can_be_looked_for(console, sign_in, said):
    record = ConsentRecord(ConsentKind.SERVICE, said, "parent", NOW, "v1", "web")
    keep(console, a_request(1, consents=(record,)))
    keep(console, a_request(2))
    browser = await sign_in("ada")
    page = await (await browser.get(f"/console?consent={said}")).text()
    assert order(page) == ["FD-0001"]
    assert f'<option value="{said}" selected>' in page


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


async def test_many_alarms_are_counted_and_the_loud_ones_stand_each_by_itself(console, sign_in):
    for number in range(1, 31):
        keep(console, a_request(number, sent_at=NOW - timedelta(hours=2)))
    keep(console, a_request(31, danger="immediate_danger"))
    look(console)
    page = await (await (await sign_in("ada")).get("/console?locality=elsewhere")).text()
    assert page.count('class="alarm"') == 2, "one danger, and one box for all that is unopened, whatever the filter"
    assert "30 that nobody has opened in time" in page
    assert "FD-0031" in page


async def test_an_alarm_is_stopped_on_the_page_of_its_request(console, sign_in):
    keep(console, a_request(1, sent_at=NOW - timedelta(hours=2)))
    look(console)
    ada = await sign_in("ada")
    page = await (await ada.get("/console/requests/r1")).text()
    address = re.search(r'action="(/console/alarms/[^"]+)"', page).group(1)
    assert (await ada.post(address)).status == 303
    assert "Nobody opened this in time" not in await (await ada.get("/console/requests/r1")).text()


async def test_an_alarm_out_of_reach_or_of_ones_own_family_is_not_shown(console, sign_in):
    keep(console, a_request(1, danger="immediate_danger", authority="wiltshire"))
    keep(console, a_request(2, danger="immediate_danger"))
    look(console)
    ada = await sign_in("ada")
    with console.units() as unit:
        officer = replace(
            unit.desk.officers.get("ada"), authorities=frozenset({"warwickshire"}), own_family=frozenset({"r2"})
        )
        unit.desk.officers.save(officer, console.event("t", "officer.saved", "officer:ada"))
        unit.commit()
    page = await (await ada.get("/console")).text()
    assert 'class="alarm"' not in page


async def test_unopened_only_narrows_to_what_nobody_has_seen(console, sign_in):
    keep(console, a_request(1, opened_at=NOW))
    keep(console, a_request(2))
    page = await (await (await sign_in("ada")).get("/console?new=1")).text()
    assert "FD-0002" in page
    assert "FD-0001" not in page


async def test_a_place_is_named_and_found_by_its_name_never_by_its_code(console, sign_in):
    keep(console, a_request(1, place="Bedworth", locality="nuneaton_and_bedworth"))
    keep(console, a_request(2, place="Rugby", locality="rugby"))
    browser = await sign_in("ada")
    page = await (await browser.get("/console?locality=Nuneaton+and+Bedworth")).text()
    assert order(page) == ["FD-0001"]
    assert "Nuneaton and Bedworth" in page
    assert "nuneaton_and_bedworth" not in page.split("<table")[1]
