"""Whole journeys in a real browser: wide and narrow, with scripts and without."""

from __future__ import annotations

import asyncio

import pytest
from aiohttp.test_utils import TestServer
from playwright.async_api import Page, expect

from tests.browser.conftest import DESK, ELSEWHERE, PHONE, Open
from tests.browser.helpers import begin, closed, officer_says, say, to_choice, to_end, to_form, to_summary
from tests.gateway.fake_bot import FakeBot

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

WAYS = pytest.mark.parametrize(
    ("viewport", "javascript"), [(PHONE, True), (DESK, True), (PHONE, False)], ids=["phone", "desk", "no-scripts"]
)


@WAYS
@pytest.mark.parametrize("view", ["chat", "form"])
async def test_from_the_first_page_to_the_end(
    open_page: Open, bot: FakeBot, viewport: dict[str, int], javascript: bool, view: str
) -> None:
    page = await open_page(viewport, javascript)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    await begin(page, view)
    await to_end(page)
    assert bot.asked[3].payload["answers"] == {"name_to_use": "Mo", "born": "2019", "ways": ["text"], "agreed": "yes"}
    assert faults == []


@WAYS
async def test_before_the_first_page_stands_how_to_leave_fast_and_it_adds_nothing_to_the_history(
    open_page: Open, viewport: dict[str, int], javascript: bool
) -> None:
    page = await open_page(viewport, javascript, read=False)
    await expect(page.get_by_role("heading", name="Before you start")).to_be_visible()
    length = await page.evaluate("history.length")
    await page.get_by_role("button", name="Continue").click()
    await expect(page.get_by_role("heading", name="Help for children and families")).to_be_visible()
    assert await page.evaluate("history.length") == length
    await page.reload()
    await expect(page.get_by_role("heading", name="Help for children and families")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no-scripts"])
async def test_one_can_leave_from_the_very_first_page(open_page: Open, javascript: bool) -> None:
    page = await open_page(PHONE, javascript, read=False)
    await page.click("a.govuk-exit-this-page__button")
    await page.wait_for_url(ELSEWHERE)


async def test_nothing_is_asked_of_anybody_else(open_page: Open, site: str) -> None:
    page = await open_page(DESK)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await page.reload()
    await begin(page)
    await to_end(page)
    for path in ("/safety", "/privacy", "/accessibility", "/copy"):
        await page.goto(path)
    assert {url for url in asked if not url.startswith(site)} == set()


async def test_the_new_question_is_in_view_and_has_the_focus(open_page: Open) -> None:
    page = await open_page(PHONE)
    await begin(page)
    await to_choice(page)
    await expect(page.locator("li", has_text="What would help?").last).to_be_in_viewport()
    focused = await page.evaluate("document.activeElement.innerText")
    assert "You said: My son is 7" in focused


@pytest.mark.parametrize("kind", ["outcome", "safety"])
async def test_what_matters_most_is_in_view_whatever_is_asked_after_it(
    open_page: Open, bot: FakeBot, kind: str
) -> None:
    long = " ".join(["Something else that takes many lines on a phone."] * 12)
    bot.script = lambda _message: [{"text": "Your number is AB-123", "kind": kind}, {"text": long, "kind": "question"}]
    page = await open_page(PHONE)
    await begin(page)
    await say(page, "done")
    await expect(page.locator("li", has_text="AB-123").last).to_be_in_viewport()


async def test_without_scripts_the_new_question_is_in_view(open_page: Open) -> None:
    page = await open_page(PHONE, javascript=False)
    await begin(page)
    await to_choice(page)
    await expect(page.locator("li", has_text="What would help?").last).to_be_in_viewport()


async def test_errors_get_the_focus_and_lead_to_the_field(open_page: Open) -> None:
    page = await open_page(PHONE)
    await begin(page)
    await to_form(page)
    await page.fill("#f-more", "kept")
    await page.click("button:has-text('Continue')")
    await expect(page.locator(".govuk-error-summary")).to_be_focused()
    await page.click(".govuk-error-summary a >> nth=0")
    await expect(page.locator("#f-name_to_use")).to_be_focused()
    assert await page.input_value("#f-more") == "kept"


async def test_while_it_is_sent_the_page_says_so(open_page: Open, bot: FakeBot) -> None:
    page = await open_page(PHONE)
    await begin(page)
    bot.delay_s = 0.6
    await say(page, "slow")
    await expect(page.locator("#state")).to_contain_text("Sending")
    await page.wait_for_selector("#choice")
    await expect(page.locator("#state")).to_be_empty()


async def test_a_late_answer_comes_by_itself(open_page: Open, bot: FakeBot) -> None:
    page = await open_page(PHONE)
    await begin(page)
    bot.delay_s = 6.0  # the gateway waits one second in these tests
    await say(page, "very slow")
    await expect(page.locator("li.fd-bubble--safety")).to_contain_text("Your message is kept")
    await page.fill("#text", "half a sentence")
    await expect(page.locator("li", has_text="You said: very slow")).to_be_visible()
    await page.wait_for_selector("#choice")


async def test_a_member_of_staff_can_join(open_page: Open, gateway: TestServer) -> None:
    page = await open_page(PHONE)
    async with page.expect_request("**/chat/updates"):
        await begin(page)
    await page.fill("#text", "half a sentence")
    await officer_says(page, gateway, "This is Ada from the front door.")
    await expect(page.locator("li.fd-bubble--officer")).to_contain_text("This is Ada")
    assert await page.input_value("#text") == "half a sentence"


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no-scripts"])
async def test_exit_leaves_nothing_behind(open_page: Open, javascript: bool) -> None:
    page = await open_page(PHONE, javascript)
    await begin(page)
    await say(page, "he reads my phone")
    await page.wait_for_selector("#choice")
    await page.click("a.govuk-exit-this-page__button")
    await page.wait_for_url(ELSEWHERE)
    await no_cookies(page)
    await page.go_back()
    await page.wait_for_load_state()
    assert "he reads my phone" not in await page.content()
    await page.goto("/chat")
    assert page.url.endswith("/closed")


async def no_cookies(page: Page) -> None:
    """The script's exit tells the server on the side, so the cookie may go a moment after the page."""
    for _ in range(200):
        if not await page.context.cookies():
            return
        await asyncio.sleep(0.1)
    raise AssertionError("the cookie is still there")


async def test_three_times_shift_is_an_exit(open_page: Open) -> None:
    page = await open_page(DESK)
    await begin(page)
    for _ in range(3):
        await page.keyboard.press("Shift")
    await page.wait_for_url(ELSEWHERE)
    assert await closed(page)


async def test_exit_works_without_a_connection_to_us(open_page: Open) -> None:
    page = await open_page(PHONE)
    await begin(page)
    await page.route("**/exit", lambda route: route.abort())
    await page.click("a.govuk-exit-this-page__button")
    await page.wait_for_url(ELSEWHERE)


async def test_the_second_way_out_is_the_first_stop_of_the_keyboard(open_page: Open) -> None:
    page = await open_page(DESK)
    await begin(page)
    await page.reload()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    assert await page.evaluate("document.activeElement.getAttribute('href')") == "/exit"
    await page.keyboard.press("Enter")
    await page.wait_for_url(ELSEWHERE)


async def test_a_line_of_the_summary_can_be_changed(open_page: Open, bot: FakeBot) -> None:
    page = await open_page(PHONE)
    await begin(page)
    await to_summary(page)
    await page.click("button:has-text('Change')")
    await page.wait_for_selector("#choice")
    assert bot.asked[-1].payload["choice"] == "change:wants"


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no-scripts"])
async def test_a_question_for_words_shows_where_to_write_them(open_page: Open, bot: FakeBot, javascript: bool) -> None:
    town = {"text": "Which town?", "kind": "question", "choices": [{"id": "not_known", "label": "I don’t know"}]}
    bot.script = lambda _message: [town]
    page = await open_page(PHONE, javascript)
    await begin(page)
    await expect(page.get_by_label("Your answer")).to_be_in_viewport()
    await expect(page.get_by_role("button", name="I don’t know")).to_be_in_viewport()


async def test_what_is_offered_after_the_end_is_the_only_question(open_page: Open, bot: FakeBot) -> None:
    bot.script = lambda _message: [
        {"text": "Sent.", "kind": "outcome", "choices": [{"id": "withdraw", "label": "Take it back"}]},
        {"text": "One more thing.", "choices": [{"id": "equality", "label": "Answer"}, {"id": "skip", "label": "No"}]},
    ]
    page = await open_page(PHONE)
    await begin(page)
    await expect(page.locator("#answer").get_by_role("button", name="Answer", exact=True)).to_be_visible()
    await expect(page.get_by_role("button", name="Take it back")).to_have_count(0)
