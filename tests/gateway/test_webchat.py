"""The web chat without scripts: complete by itself, one question at a time or all at once."""

from __future__ import annotations

from typing import Any

import pytest

from tests.gateway.fake_bot import FakeBot
from tests.gateway.web_visitor import Visitor

VIEWS = pytest.mark.parametrize("path", ["/chat", "/form"])


@VIEWS
async def test_a_whole_journey_without_scripts(client: Any, bot: FakeBot, path: str) -> None:
    visitor = await Visitor(client, path).begin()
    assert "What is going on?" in visitor.words
    await visitor.send(text="My son is 7")
    assert "What would help?" in visitor.words
    await visitor.send(do="choice", choice="information")
    assert "How can we reach you?" in visitor.words
    await visitor.send(do="answers", a__name_to_use="Mo", a__born__year="2019", a__ways=["text"], a__agreed="yes")
    assert "Shall we send this?" in visitor.words
    await visitor.send(choice="send")
    assert "AB-123" in visitor.words
    assert bot.asked[3].payload["answers"] == {"name_to_use": "Mo", "born": "2019", "ways": ["text"], "agreed": "yes"}


async def test_the_form_shows_only_what_is_asked_now(client: Any) -> None:
    visitor = await Visitor(client, "/form").begin()
    await visitor.send(text="My son is 7")
    assert "What is going on?" not in visitor.words
    assert "My son is 7" in (await visitor.get("/chat")).words


async def test_who_starts_must_say_for_whom(client: Any) -> None:
    response = await client.post("/start", data={})
    assert response.status == 422
    assert "Error: Help and advice" in await response.text()


async def test_errors_name_the_field_and_keep_what_was_typed(client: Any, bot: FakeBot) -> None:
    visitor = await Visitor(client).begin()
    await visitor.send(text="x")
    await visitor.send(do="choice", choice="information")
    await visitor.send(do="answers", a__born__day="31", a__born__month="2", a__born__year="2019", a__more="kept words")
    assert visitor.status == 422
    assert "There is a problem" in visitor.words
    assert 'href="#f-name_to_use"' in visitor.html
    assert 'href="#f-born"' in visitor.html
    assert "kept words" in visitor.html
    assert "<title>Error:" in visitor.html
    assert len(bot.asked) == 3


@pytest.mark.parametrize(("fields", "words"), [
    ({"text": "   "}, "Write something first"),
    ({"text": "x" * 5000}, "5000 characters"),
    ({"do": "choice"}, "Choose an answer"),
    ({"choice": "never-offered"}, "Choose an answer"),
])  # fmt: skip
async def test_what_cannot_be_taken_is_said_kindly(client: Any, bot: FakeBot, fields: Any, words: str) -> None:
    visitor = await Visitor(client).begin()
    await visitor.send(text="x")
    await visitor.send(**fields)
    assert visitor.status == 422
    assert words in visitor.words
    assert bot.texts == ["x"]


async def test_i_dont_know_is_an_answer_to_every_required_field(client: Any, bot: FakeBot) -> None:
    visitor = await Visitor(client).begin()
    await visitor.send(text="x")
    await visitor.send(do="choice", choice="not_known")
    await visitor.send(do="answers", unsure__name_to_use="yes", a__agreed="not_known")
    assert bot.asked[-1].payload["answers"] == {"name_to_use": "not_known", "ways": [], "agreed": "not_known"}


@pytest.mark.parametrize(("ticked", "status", "words"), [
    (["neglect", "missing"], 200, "Nobody cooks or washes; A child goes missing"),
    (["no_worries_like_these"], 200, "None of these"),
    ([], 422, "Tick what fits, or “None of these”"),
    (["neglect", "no_worries_like_these"], 422, "or only “None of these”"),
])  # fmt: skip
async def test_none_of_these_is_said_on_purpose(client: Any, ticked: list[str], status: int, words: str) -> None:
    visitor = await Visitor(client).begin()
    await visitor.send(text="worries")
    assert 'data-behaviour="exclusive"' in visitor.html
    assert visitor.html.count("None of these") == 1  # a tick box, not a button as well
    await visitor.send(do="answers", a__worries=ticked)
    assert visitor.status == status
    assert words in visitor.words


async def test_pressing_twice_counts_once(client: Any, bot: FakeBot) -> None:
    visitor = await Visitor(client).begin()
    hidden = visitor.hidden
    await visitor.send(hidden=hidden, text="only once")
    await visitor.send(hidden=hidden, text="only once")
    assert visitor.status == 200
    assert bot.texts == ["only once"]


async def test_an_answer_from_an_old_page_is_not_taken_for_another_question(client: Any, bot: FakeBot) -> None:
    visitor = await Visitor(client).begin()
    await visitor.send(text="x")
    old = [(n, "another-key" if n == "key" else v) for n, v in visitor.hidden]
    await visitor.send(do="choice", choice="information")
    await visitor.send(hidden=old, do="choice", choice="information")
    assert visitor.status == 409
    assert "out of date" in visitor.words
    assert len(bot.asked) == 3


async def test_a_summary_is_rows_with_change_buttons(client: Any, bot: FakeBot) -> None:
    visitor = await Visitor(client).begin()
    await visitor.send(text="x")
    await visitor.send(do="choice", choice="information")
    await visitor.send(do="answers", unsure__name_to_use="yes", a__agreed="yes")
    assert 'form="pressed" name="choice" value="change:wants"' in visitor.html
    await visitor.send(choice="change:wants")
    assert bot.asked[-1].payload["choice"] == "change:wants"
    assert 'form="pressed"' not in visitor.html  # an old summary changes nothing any more


async def test_in_danger_999_is_one_press_away(client: Any) -> None:
    visitor = await Visitor(client).begin()
    await visitor.send(text="he has a knife")
    assert ">Call 999</a>" in visitor.html.split('data-kind="safety"')[1]


async def test_a_copy_to_print_holds_all_that_was_said(client: Any) -> None:
    visitor = await Visitor(client).begin()
    await visitor.send(text="My son is 7")
    copy = (await visitor.get("/copy")).words
    assert "My son is 7" in copy
    assert "What would help?" in copy


async def test_leaving_erases_and_nothing_comes_back(client: Any) -> None:
    visitor = await Visitor(client).begin()
    await visitor.get("/leave")
    response = await client.post("/leave", data=visitor.hidden)
    assert "What you wrote is erased" in await response.text()
    assert (await visitor.get("/chat")).url == "/closed"


@VIEWS
@pytest.mark.parametrize(
    ("hours", "said"),
    [(24.0, "24 hours"), (1.9, "1 hour"), (1.0, "1 hour"), (0.99, "59 minutes"), (0.02, "1 minute")],
)
async def test_how_long_an_answer_can_wait_is_said_beforehand_and_never_too_long(
    start: Any, path: str, hours: float, said: str
) -> None:
    visitor = await Visitor(await start(visit_hours=hours), path).begin()
    assert f"each answer can wait {said}. After that this page closes" in visitor.words


async def test_a_page_left_open_for_a_day_is_ended(start: Any) -> None:
    client = await start(visit_hours=0.0)
    visitor = await Visitor(client).begin()
    assert visitor.url == "/closed"


@pytest.mark.parametrize("path", ["/", "/safety", "/privacy", "/accessibility", "/closed", "/nowhere"])
async def test_every_page_has_the_numbers_and_the_way_out(client: Any, path: str) -> None:
    html = await (await client.get(path)).text()
    for needed in ('href="tel:999"', 'href="tel:01926414144"', 'href="tel:01926886922"', 'href="/exit"'):
        assert needed in html, needed


async def test_titles_tell_nothing(client: Any) -> None:
    visitor = await Visitor(client).begin()
    await visitor.send(text="she hits me")
    for path in ("/chat", "/form", "/copy", "/safety", "/leave"):
        title = (await visitor.get(path)).html.split("<title>")[1].split("</title>")[0].casefold()
        assert not any(word in title for word in ("child", "famil", "abuse", "harm", "social", "safe", "she"))
