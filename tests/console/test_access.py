"""Who gets where: every route and every role, the session, the form token, the headers."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from benchmarks.desk_kit import Browser, a_request, keep, stored
from gateway.console import demo
from gateway.console.app import console_app
from gateway.console.pages import ROUTES
from triage.permissions import GRANTS, Role

FILLED = {"request_id": "r1", "task_id": "t", "letter_id": "l", "hold_id": "h", "view_id": "v", "alarm_id": "a",
          "format": "json", "figure": "demand", "conversation_id": "c1", "pack": "warwickshire@2018.1", "draft_id": "d1",
          "mark_id": "k1", "candidate_id": "k1", "file": "benign_marked"}  # fmt: skip


def address(path: str) -> str:
    return "/console" + re.sub(r"\{(\w+)\}", lambda m: FILLED[m.group(1)], path)


async def sent(browser: Browser, route, **form: str) -> int:
    if route.method == "GET":
        return (await browser.get(address(route.path))).status
    return (await browser.post(address(route.path), **form)).status


def denials(console) -> int:
    with console.units() as unit:
        return unit.desk.trail.count(text="access.denied")


@pytest.mark.parametrize("officer", demo.OFFICERS, ids=lambda o: o.id)
async def test_every_route_is_open_to_the_roles_that_it_names_and_to_no_other(console, sign_in, officer):
    """Every route of the table; a denied pair gives 403 and an event, an allowed one never 403."""
    keep(console, a_request())
    browser = await sign_in(officer.id)
    (role,) = officer.roles
    for route in ROUTES:
        before = denials(console)
        status = await sent(browser, route)
        if route.permission in GRANTS[role]:
            assert status in (200, 303, 404, 409, 422), (route, status)
        else:
            assert status == 403, (route, role)
            assert denials(console) == before + 1, "a refusal is on record"


OUTSIDE_THE_TABLE = {
    "/sign-in", "/sign-out", "/sign-in/council", "/sign-in/council/back",  # before there is a session
    "/live",  # the news of the queue, asks for the queue's own permission
    "/handovers/{handover_id}/receipt",  # another system's, signed
    "/static",
}  # fmt: skip


def test_no_address_of_the_console_stands_outside_the_table_of_routes_unnoticed(console):
    """What is not in the table is walked by no test of the roles: it is named here, with what guards it."""
    object.__setattr__(console, "settings", replace(console.settings, issuer="https://accounts.example.gov.uk"))
    known = {resource.canonical for resource in console_app(console).router.resources()}
    assert known - {route.path for route in ROUTES} == OUTSIDE_THE_TABLE


def test_the_roles_differ_where_they_must():
    assert GRANTS[Role.AUDITOR].isdisjoint({"decide", "read_contact", "read_reporter", "export", "acknowledge"})
    assert GRANTS[Role.ADMINISTRATOR].isdisjoint({"read_request", "read_queue", "decide"})
    assert GRANTS[Role.PHONE_OPERATOR] == {"enter_by_phone"}
    assert [role for role in Role if "clear_do_not_tell" in GRANTS[role]] == [Role.SAFEGUARDING_LEAD]


@pytest.mark.parametrize("route", ROUTES, ids=lambda r: f"{r.method} {r.path}")
async def test_nobody_comes_in_without_a_session(console, sign_in, route):
    keep(console, a_request())
    browser = await sign_in("grace")
    browser.client.session.cookie_jar.clear()
    assert await sent(browser, route) == 303, "sent to sign in"


@pytest.mark.parametrize("route", [r for r in ROUTES if r.method == "POST"], ids=lambda r: r.path)
async def test_no_form_is_taken_without_its_token_or_from_another_site(console, sign_in, route):
    keep(console, a_request())
    browser = await sign_in("grace")
    url, form = address(route.path), {"csrf": browser.csrf}
    for data, headers in (
        ({"csrf": "wrong"}, {}),
        ({"csrf": "é\u202e🦆"}, {}),
        ({}, {}),
        (form, {"Origin": "https://evil.example"}),
        (form, {"Sec-Fetch-Site": "cross-site"}),
    ):
        answer = await browser.client.post(url, data=data, headers=headers, allow_redirects=False)
        assert answer.status == 403
    assert stored(console).decisions == ()


async def test_after_sign_out_the_old_cookie_opens_nothing(console, sign_in):
    keep(console, a_request())
    browser = await sign_in("ada")
    jar = browser.client.session.cookie_jar
    (cookie,) = [c for c in jar if c.key == "frontdoor_officer"]
    answer = await browser.post("/console/sign-out")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    replayed = await browser.client.get(
        "/console/requests/r1", headers={"Cookie": f"frontdoor_officer={cookie.value}"}, allow_redirects=False
    )
    assert replayed.status == 303
    with console.units() as unit:
        assert unit.desk.trail.count(text="session.ended") == 1


async def test_an_idle_session_ends_and_so_does_a_long_one(console, sign_in):
    browser = await sign_in("ada")
    console.clock.move(minutes=29)
    assert (await browser.get("/console")).status == 200
    console.clock.move(minutes=31)
    assert (await browser.get("/console")).status == 303
    browser = await sign_in("ada")
    for _ in range(30):
        console.clock.move(minutes=25)
        answer = await browser.get("/console")
    assert answer.status == 303, "ten hours are the longest"


async def test_an_account_that_was_closed_is_out_at_once(console, sign_in):
    browser = await sign_in("ada")
    with console.units() as unit:
        ada = unit.desk.officers.get("ada")
        unit.desk.officers.save(replace(ada, active=False), console.event("t", "officer.saved", "officer:ada"))
        unit.commit()
    assert (await browser.get("/console")).status == 303


@pytest.mark.parametrize(
    "headers", [{"X-Forwarded-For": "203.0.113.7"}, {"Forwarded": "for=203.0.113.7"}, {"Host": "desk.example"}]
)
async def test_demo_accounts_do_not_work_from_outside_this_machine(console, sign_in, headers):
    browser = await sign_in("ada")
    answer = await browser.client.post(
        "/console/sign-in", data={"officer": "ben"}, headers=headers, allow_redirects=False
    )
    assert answer.status == 403


async def test_demo_accounts_are_off_unless_switched_on(sqlite_url):
    from aiohttp.test_utils import TestClient, TestServer

    from benchmarks.desk_kit import gateway_with, make_console

    async with TestClient(TestServer(gateway_with(make_console(sqlite_url, demo=False)))) as client:
        answer = await client.post("/console/sign-in", data={"officer": "ada"}, allow_redirects=False)
        assert answer.status == 403
        assert "Ada Okafor" not in await (await client.get("/console/sign-in")).text()


async def test_pages_carry_a_strict_policy_and_are_kept_by_no_cache(console, sign_in):
    keep(console, a_request())
    browser = await sign_in("ada")
    for path in ("/console", "/console/requests/r1", "/console/sign-in", "/console/nothing"):
        answer = await browser.get(path)
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        page = await answer.text()
        assert not re.search(r"<(script|style)(?![^>]*src=)[^>]*>", page)
        assert " style=" not in page


async def test_no_file_is_taken_anywhere(console, sign_in):
    import aiohttp

    browser = await sign_in("ada")
    data = aiohttp.FormData({"csrf": browser.csrf})
    data.add_field("reason", b"x", filename="x.png", content_type="image/png")
    answer = await browser.client.post("/console/requests/r1/decision", data=data)
    assert answer.status == 415


async def test_what_people_wrote_never_reaches_the_log(console, sign_in, caplog):
    keep(console, a_request(words="CANARY hungry"), "CANARY hungry")
    ada = await sign_in("ada")
    await ada.decide(console, action="hold", until="2026-11-25", reason="CANARY reason")
    assert "CANARY" not in caplog.text
