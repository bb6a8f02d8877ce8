"""Whatever is sent to whatever address: words stay words, nothing breaks, and nothing changes that should not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import gateway.console
from benchmarks.desk_kit import a_request, keep, stored
from gateway.console.pages import ROUTES
from tests.console.test_access import FILLED, address
from tests.console.test_request_page import XSS

TEMPLATES = Path(gateway.console.__file__).parent / "templates"
POSTS = [route for route in ROUTES if route.method == "POST"]
GETS = [route for route in ROUTES if route.method == "GET"]
IDS = ("../../etc/passwd", "r1'--", "%00", "🦆", "x" * 5_000, "<script>alert(1)</script>", "-1")
RIGHT = {"request_id": "r1"}


def fields() -> set[str]:
    """Every field that a form of the console has."""
    named = {
        name
        for page in TEMPLATES.rglob("*.html")
        for name in re.findall(r' name="([a-z_-]+)"', page.read_text("utf-8"))
    }
    return named - {"csrf", "viewport"}


def with_id(route, forged: str) -> str:
    """The route's address with a forged id in the last place that takes one."""
    from urllib.parse import quote

    last = re.findall(r"\{(\w+)\}", route.path)[-1]
    filled = {**FILLED, **RIGHT, last: quote(forged, safe="")}
    return "/console" + re.sub(r"\{(\w+)\}", lambda found: filled[found.group(1)], route.path)


@pytest.mark.parametrize("forged", IDS, ids=lambda text: text[:20])
async def test_a_forged_id_leads_nowhere_on_any_address(console, sign_in, forged):
    keep(console, a_request())
    grace = await sign_in("grace")
    for route in (route for route in ROUTES if "{" in route.path):
        url = with_id(route, forged)
        answer = await (grace.get(url) if route.method == "GET" else grace.post(url, reason="x", outcome="x", text="x"))
        assert answer.status in (400, 403, 404, 409, 422), (route.method, url[:80], answer.status)
    assert stored(console).decisions == ()


@pytest.mark.parametrize("hostile", XSS, ids=range(len(XSS)))
async def test_hostile_words_in_every_field_of_every_form_are_kept_and_shown_as_words(console, sign_in, hostile):
    keep(console, a_request())
    grace, ivy = await sign_in("grace"), await sign_in("ivy")
    form = dict.fromkeys(fields(), hostile)
    for browser in (grace, ivy):
        for route in POSTS:
            if route.path.endswith(("/sign-out", "/phone", "/phone/{conversation_id}")):
                continue
            answer = await browser.post(address(route.path), **{**form, "version": str(stored(console).version)})
            assert answer.status < 500, route
            assert_only_words(await answer.text(), hostile, route.path)
    for browser in (grace, ivy):
        for route in GETS:
            answer = await browser.get(address(route.path))
            if answer.content_type == "text/html":
                assert_only_words(await answer.text(), hostile, route.path)


def assert_only_words(page: str, hostile: str, where: str) -> None:
    if any(mark in hostile for mark in '<>"'):
        assert hostile not in page, where
    assert not re.search(r"(href|src|action)=\"\s*javascript:", page), where


@pytest.mark.parametrize("route", POSTS, ids=lambda route: route.path)
async def test_a_form_from_an_expired_session_changes_nothing(console, sign_in, route):
    keep(console, a_request())
    grace = await sign_in("grace")
    before = stored(console)
    console.clock.move(minutes=31)
    answer = await grace.post(address(route.path), **dict.fromkeys(fields(), "yes"))
    assert answer.status == 401
    assert 'href="/console/sign-in"' in await answer.text()
    assert stored(console) == before


@pytest.mark.parametrize("query", ["page=-1", "page=99999999", "page=x", "sort=;drop", "state=nothing", "late=x&who=%27",
                                   "q=" + "%25" * 300, "from=0001-01-01&to=9999-12-31", "part=999"])  # fmt: skip
async def test_an_address_that_somebody_typed_is_read_as_far_as_it_makes_sense(console, sign_in, query):
    keep(console, a_request())
    grace = await sign_in("grace")
    for path in ("/console", "/console/audit", "/console/oversight", "/console/requests/r1"):
        assert (await grace.get(f"{path}?{query}")).status == 200, path
