"""Ten languages: what to do in danger, how to leave, and a call with an interpreter that an officer sees."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from benchmarks.desk_kit import Browser
from gateway.app import build_app
from gateway.channels.webchat.languages import languages
from gateway.keys import SERVICES
from gateway.settings import Settings
from records.bootstrap import migrate
from tests.gateway.fake_bot import FakeBot

CODES = ("ar", "bn", "gu", "pa", "pl", "pt", "ro", "so", "uk", "ur")
EVERY = pytest.mark.parametrize("code", CODES)


def test_ten_languages_have_all_the_words() -> None:
    assert tuple(sorted(languages())) == CODES
    complete = set(languages()["pl"].words)
    assert all(set(one.words) == complete for one in languages().values())
    assert {code for code, one in languages().items() if one.dir == "rtl"} == {"ar", "ur"}


@EVERY
def test_the_words_of_danger_name_the_calls_and_the_words_of_leaving_name_the_button(code: str) -> None:
    words = languages()[code].words
    assert "999" in words["danger"]
    assert "55" in words["danger"]
    assert words["exit"] in words["leave"]


@EVERY
async def test_a_page_is_marked_with_its_language_and_direction(client: Any, code: str) -> None:
    language = languages()[code]
    link = f'href="/in/{code}" lang="{code}" hreflang="{code}" dir="{language.dir}">{language.name}</a>'
    for _ in ("the page before the first", "the first"):
        assert link in await (await client.get("/")).text()
    page = unescape(await (await client.get(f"/in/{code}")).text())
    assert f'<html lang="{code}" dir="{language.dir}"' in page
    for words in ("danger", "exit", "leave", "privacy", "english_only", "call_heading"):
        assert language.words[words] in page, words
    for needed in ('href="tel:999"', 'href="tel:01926414144"', 'href="/exit"'):
        assert needed in page


@EVERY
async def test_words_that_nobody_has_checked_say_so_on_the_page(client: Any, code: str) -> None:
    language = languages()[code]
    page = await (await client.get(f"/in/{code}")).text()
    assert (language.words["unchecked"] in unescape(page)) is not bool(language.reviewed)


async def test_a_number_becomes_a_request_with_its_language(client: Any) -> None:
    fields = {"phone": "07700 900123", "caller": "Ewa", "hours": "po 17"}
    page = unescape(await (await client.post("/in/pl", data=fields)).text())
    reference = page.split('<strong dir="ltr">')[1].split("<")[0]
    assert languages()["pl"].words["danger"] in page
    with client.app[SERVICES].units() as unit:
        request = unit.requests.by_reference(reference)
    assert (request.state, request.language, request.safe_contact.phone) == ("sent", "pl", "07700 900123")
    assert (request.safe_contact.safe_call, request.safe_contact.safe_voicemail) == (True, False)
    assert "Polish" in request.story
    assert request.proposal.route == "early_responders"  # nothing is known: a person looks


async def test_pressing_twice_or_loading_the_answer_again_is_one_request(client: Any) -> None:
    form = unescape(await (await client.get("/in/uk")).text())
    key = re.search(r'name="key" value="([^"]+)"', form)[1]
    fields = {"phone": "07700 900124", "key": key}
    answers = await asyncio.gather(*(client.post("/in/uk", data=fields) for _ in range(3)))
    pages = [unescape(await answer.text()) for answer in answers]
    assert len({page.split('<strong dir="ltr">')[1].split("<")[0] for page in pages}) == 1
    assert key not in await (await client.get("/in/uk")).text(), "each form asks for a call of its own"


@EVERY
async def test_the_page_after_asking_for_a_call_has_a_way_on(client: Any, code: str) -> None:
    page = unescape(await (await client.post(f"/in/{code}", data={"phone": "07700 900123"})).text())
    assert f'href="/">{languages()[code].words["go_on"]}</a>' in page


def test_the_words_say_that_neither_a_child_nor_a_relative_nor_a_friend_translates() -> None:
    """Law A17, C51: where harm at home may be, whoever is near may be part of it."""
    assert "dziecka, krewnego ani znajomego" in languages()["pl"].words["call_text"]
    assert "criança, a um familiar ou a um amigo" in languages()["pt"].words["call_text"]


async def test_a_signed_translation_is_named_where_the_page_says_what_nobody_checked(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Nobody has checked them yet" in await (await client.get("/accessibility")).text()
    monkeypatch.setitem(languages(), "pl", replace(languages()["pl"], reviewed="Ewa Nowak, 2026-11-20"))
    page = await (await client.get("/accessibility")).text()
    assert "has checked: Polish" in page
    assert "Nobody has checked them yet" not in page


@pytest.mark.parametrize("phone", ["", "call me", "12"])
async def test_without_a_number_the_page_says_so_and_keeps_what_was_typed(client: Any, phone: str) -> None:
    response = await client.post("/in/ro", data={"phone": phone, "caller": "<b>Ana"})
    assert response.status == 422
    page = await response.text()
    assert languages()["ro"].words["phone_error"] in unescape(page)
    assert 'value="&lt;b&gt;Ana"' in page


async def test_who_asks_for_calls_too_often_is_slowed_with_the_numbers(
    start: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gateway.security.rates.is_ours", lambda _address: False)
    client = await start(start_rate="2/minute")
    answers = [await client.post("/in/pl", data={"phone": "07700 900123"}) for _ in range(3)]
    assert [answer.status for answer in answers] == [200, 200, 429]
    assert 'href="tel:999"' in await answers[-1].text()


async def test_a_language_that_is_not_there_is_not_found(client: Any) -> None:
    assert (await client.get("/in/xx")).status == 404
    assert (await client.post("/in/pl", data={}, headers={"Origin": "https://evil.example"})).status == 403


async def test_an_officer_sees_the_request_with_its_language(tmp_path: Path) -> None:
    settings = Settings(
        data_dir=tmp_path, database_url=f"sqlite:///{tmp_path}/f.db", authority="warwickshire", officer_demo=True
    )
    migrate(settings.database)
    app = await build_app(settings, lambda _settings, _http: FakeBot(), rooms=("gateway.console",))
    async with TestClient(TestServer(app)) as client:
        await client.post("/in/so", data={"phone": "07700 900123"})
        queue = await (await (await Browser(client).sign_in("ada")).get("/console")).text()
    assert ", Somali" in queue
