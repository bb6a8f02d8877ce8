"""Before the first page: once, how to leave fast. People who are here for their job go straight in."""

from __future__ import annotations

from typing import Any

import pytest

BEFORE, FIRST = "Before you start", "Who is this for?"


async def words_at(client: Any, path: str = "/") -> str:
    return str(await (await client.get(path)).text())


async def test_the_page_about_leaving_fast_comes_first_and_once(client: Any) -> None:
    before = await words_at(client)
    assert BEFORE in before
    assert FIRST not in before
    assert FIRST in await words_at(client)


async def test_it_says_how_to_leave_what_stays_behind_and_has_one_button(client: Any) -> None:
    before = await words_at(client)
    for needed in (
        "Exit this page",
        "Shift three times",
        "history",
        'href="/safety"',
        'href="/exit"',
        'href="tel:999"',
    ):
        assert needed in before
    assert before.count('class="govuk-button"') == 1
    assert "<script>" not in before


async def test_neither_its_title_nor_its_words_tell_what_this_is(client: Any) -> None:
    before = (await words_at(client)).casefold()
    title = before.split("<title>")[1].split("</title>")[0]
    assert title.startswith("before you start")
    assert not any(
        word in before.split("<main")[1].split("</main>")[0] for word in ("child", "abuse", "social", "harm")
    )


@pytest.mark.parametrize("way_out", ["/exit", "/leave"])
async def test_after_leaving_the_next_one_at_this_computer_sees_it_again(client: Any, way_out: str) -> None:
    await words_at(client)
    begun = await (await client.post("/start", data={"audience": "family"})).text()
    form_token = begun.split('name="form_token" value="')[1].split('"')[0]
    await client.post(way_out, data={"form_token": form_token}, allow_redirects=False)
    assert BEFORE in await words_at(client)


async def test_who_has_a_conversation_open_is_not_held_up(client: Any) -> None:
    await client.post("/start", data={"audience": "family"})
    assert FIRST in await words_at(client)


async def test_staff_go_straight_in_with_their_answer_ticked(client: Any) -> None:
    page = await words_at(client, "/professionals")
    assert FIRST in page
    assert 'value="professional" checked' in page
    assert BEFORE in await words_at(client)  # their link tells the next visitor nothing


async def test_the_mark_of_having_read_it_holds_no_secret_and_goes_with_the_window(client: Any) -> None:
    cookie = (await client.get("/")).cookies["read"]
    assert cookie.value == "1"
    assert cookie["httponly"]
    assert not cookie["max-age"]
