"""Strangers, other sites and floods: refused, kindly, and without telling them anything."""

from __future__ import annotations

from http.cookies import SimpleCookie
from typing import Any

import pytest
from aiohttp import FormData

from tests.gateway.fake_bot import FakeBot
from tests.gateway.web_visitor import Visitor


def visit_cookie(response: Any) -> Any:
    jar: SimpleCookie = response.cookies
    return next(cookie for name, cookie in jar.items() if name.endswith("visit"))


async def test_a_form_without_its_token_is_refused(client: Any, bot: FakeBot) -> None:
    visitor = await Visitor(client).begin()
    for hidden in ([], [("form_token", "wrong")], [("form_token", "é\u202e🦆")]):
        await visitor.send(hidden=hidden, text="forged")
        assert visitor.status == 403
    assert bot.texts == []


@pytest.mark.parametrize("headers", [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
])  # fmt: skip
async def test_a_post_from_another_site_is_refused(client: Any, bot: FakeBot, headers: dict[str, str]) -> None:
    visitor = await Visitor(client).begin()
    response = await client.post("/chat", data=[*visitor.hidden, ("text", "forged")], headers=headers)
    assert response.status == 403
    assert bot.texts == []
    assert (await client.post("/start", data={"audience": "family"}, headers=headers)).status == 403


async def test_our_own_origin_is_welcome(client: Any, bot: FakeBot) -> None:
    visitor = await Visitor(client).begin()
    headers = {"Origin": str(client.make_url("/").origin()), "Sec-Fetch-Site": "same-origin"}
    response = await client.post("/chat", data=[*visitor.hidden, ("text", "mine")], headers=headers)
    assert response.status == 200
    assert bot.texts == ["mine"]


async def test_the_cookie_is_out_of_reach(client: Any) -> None:
    response = await client.post("/start", data={"audience": "family"}, allow_redirects=False)
    cookie = visit_cookie(response)
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert not cookie["max-age"]  # gone with the browser


async def test_over_https_the_cookie_is_bound_to_this_host(start: Any) -> None:
    client = await start(public_url="https://help.example.gov.uk")
    response = await client.post("/start", data={"audience": "family"}, allow_redirects=False)
    cookie = visit_cookie(response)
    assert cookie.key == "__Host-visit"
    assert cookie["secure"]
    assert "Strict-Transport-Security" in response.headers


async def test_a_visit_handed_to_somebody_is_never_continued(client: Any) -> None:
    """Session fixation: beginning always makes a new visit, whatever cookie was planted."""
    client.session.cookie_jar.update_cookies({"visit": "planted.token"}, client.make_url("/"))
    response = await client.post("/start", data={"audience": "family"}, allow_redirects=False)
    assert "planted" not in visit_cookie(response).value


async def test_every_answer_carries_the_strict_headers(client: Any) -> None:
    for path in ("/", "/safety", "/nowhere", "/api/openapi.json", "/static/theme.css", "/health"):
        headers = (await client.get(path)).headers
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"


async def test_no_page_is_kept_by_a_browser(client: Any) -> None:
    visitor = await Visitor(client).begin()
    for path in ("/", "/chat", "/form", "/copy"):
        assert (await client.get(path)).headers["Cache-Control"] == "no-store"
    assert visitor.status == 200


async def test_no_page_has_anything_inline(client: Any) -> None:
    visitor = await Visitor(client).begin()
    await visitor.send(text="x")
    for path in ("/", "/chat", "/form", "/safety"):
        html = (await visitor.get(path)).html
        assert "<style" not in html
        assert " style=" not in html
        assert " onclick=" not in html
        assert html.count("<script") == html.count("<script src=") + html.count('<script type="module" src=')


async def test_exit_ends_the_visit_and_wipes_the_browser(client: Any) -> None:
    visitor = await Visitor(client).begin()
    cookie = client.session.cookie_jar.filter_cookies(client.make_url("/"))["visit"].value
    response = await client.get("/exit", allow_redirects=False)
    assert response.headers["Location"] == "https://www.bbc.co.uk/weather"
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert visit_cookie(response)["max-age"] == "0"
    client.session.cookie_jar.update_cookies({"visit": cookie}, client.make_url("/"))
    assert (await visitor.get("/chat")).url == "/closed"  # the old cookie opens nothing any more


async def test_exit_works_for_somebody_without_a_visit(client: Any) -> None:
    assert (await client.get("/exit", allow_redirects=False)).status == 303
    assert (await client.post("/exit")).status == 204


async def test_too_much_at_once_is_said_with_the_numbers(start: Any) -> None:
    client = await start(message_rate="2/minute")
    visitor = await Visitor(client).begin()
    for text in ("one", "two", "three"):
        await visitor.send(text=text)
        if visitor.status == 429:
            break
    assert visitor.status == 429
    assert "999" in visitor.words
    assert "Wait a moment" in visitor.words


async def test_too_much_at_once_over_the_api_says_when_to_come_back(start: Any) -> None:
    client = await start(message_rate="1/minute")
    begun = await (await client.post("/api/v1/conversations", json={})).json()
    headers = {"Authorization": f"Bearer {begun['token']}"}
    url = f"/api/v1/conversations/{begun['id']}/messages"
    answers = [await client.post(url, json={"text": "x"}, headers=headers) for _ in range(2)]
    assert [a.status for a in answers] == [200, 429]
    assert 1 <= int(answers[1].headers["Retry-After"]) <= 60
    assert "999" in (await answers[1].json())["detail"]


async def test_a_stranger_who_begins_too_often_is_slowed(start: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gateway.security.rates.is_ours", lambda _address: False)
    client = await start(start_rate="2/minute")
    statuses = [(await client.post("/api/v1/conversations", json={})).status for _ in range(3)]
    assert statuses == [201, 201, 429]


@pytest.mark.parametrize("path", ["/chat", "/start"])
async def test_a_body_that_is_too_large_is_refused(client: Any, bot: FakeBot, path: str) -> None:
    visitor = await Visitor(client).begin()
    response = await client.post(path, data=[*visitor.hidden, ("text", "x" * 100_000)])
    assert response.status == 413
    assert "999" in await response.text()
    assert bot.texts == []


async def test_over_the_api_a_body_that_is_too_large_is_refused(client: Any, bot: FakeBot) -> None:
    begun = await (await client.post("/api/v1/conversations", json={})).json()
    headers = {"Authorization": f"Bearer {begun['token']}"}
    url = f"/api/v1/conversations/{begun['id']}/messages"
    assert (await client.post(url, json={"text": "x" * 100_000}, headers=headers)).status == 413
    assert bot.texts == []


async def test_files_are_not_taken(client: Any, bot: FakeBot) -> None:
    visitor = await Visitor(client).begin()
    form = FormData([*visitor.hidden, ("text", "look")])
    form.add_field("picture", b"not a picture", filename="a.png", content_type="image/png")
    response = await client.post("/chat", data=form)
    assert response.status == 415
    assert bot.texts == []


async def test_an_error_of_ours_says_so_with_the_numbers_and_no_detail(start: Any) -> None:
    client = await start()
    services = next(v for v in client.app.values() if type(v).__name__ == "Services")

    def broken(*_: object) -> None:
        raise RuntimeError("secret detail")

    object.__setattr__(services.conversing.store, "units", broken)
    response = await client.post("/api/v1/conversations", json={})
    assert response.status == 500
    problem = await response.text()
    assert "secret" not in problem
    assert "999" in problem
