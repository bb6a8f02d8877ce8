"""Whole journeys in a real browser: wide and narrow, with scripts and without, on a bad connection."""

from __future__ import annotations

import asyncio

import pytest
from aiohttp.test_utils import TestServer
from playwright.async_api import Page, expect

from gateway.keys import SERVICES
from tests.browser.conftest import DESK, ELSEWHERE, PHONE, Open
from tests.browser.helpers import begin, closed, say, to_choice, to_end, to_form, to_summary
from tests.gateway.fake_bot import FakeBot
from triage.ports import AuditEvent, StoredMessage

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


async def test_a_lost_connection_is_said_and_the_same_words_are_sent_once(open_page: Open, bot: FakeBot) -> None:
    page = await open_page(PHONE)
    await begin(page)
    await page.context.set_offline(True)
    await say(page, "only once")
    await expect(page.locator("#state")).to_contain_text("Not sent")
    assert await page.input_value("#text") == "only once"
    await page.context.set_offline(False)
    await page.click("text=Try again")
    await page.wait_for_selector("#choice")
    assert bot.texts == ["only once"]


async def test_an_answer_lost_on_the_way_back_does_not_count_twice(open_page: Open, bot: FakeBot) -> None:
    """The message arrived, its answer did not: trying again must not say it again."""
    page = await open_page(PHONE)
    await begin(page)
    broken = False

    async def lose_the_first_answer(route) -> None:  # type: ignore[no-untyped-def]
        nonlocal broken
        if route.request.method == "POST" and not broken:
            broken = True
            await route.fetch()
            await route.abort()
        else:
            await route.continue_()

    await page.route("**/chat", lose_the_first_answer)
    await say(page, "only once")
    await page.click("text=Try again")
    await page.wait_for_selector("#choice")
    assert bot.texts == ["only once"]
    assert await page.locator("li", has_text="only once").count() == 2  # what was said, and the answer to it


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
    services = gateway.app[SERVICES]
    now = services.clock.now()
    [cookie] = await page.context.cookies()
    conversation_id = cookie["value"].partition(".")[0]
    message = StoredMessage(services.ids.new(), conversation_id, 0, "officer", "This is Ada from the front door.", now)
    with services.units() as unit:
        event = AuditEvent(now, "officer:ada", "message.sent", f"conversation:{conversation_id}")
        unit.conversations.add_message(message, event)
        unit.commit()
    while not services.bell.listeners(conversation_id):
        await asyncio.sleep(0.1)  # until the stream is open
    services.bell.ring(conversation_id)
    await expect(page.locator("li.fd-bubble--officer")).to_contain_text("This is Ada")
    assert await page.input_value("#text") == "half a sentence"


async def test_double_press_counts_once(open_page: Open, bot: FakeBot) -> None:
    page = await open_page(PHONE)
    await begin(page)
    await page.fill("#text", "only once")
    await page.dblclick("button:has-text('Send')")
    await page.wait_for_selector("#choice")
    assert bot.texts == ["only once"]


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no-scripts"])
async def test_reload_and_back_show_where_things_are(open_page: Open, bot: FakeBot, javascript: bool) -> None:
    page = await open_page(PHONE, javascript)
    await begin(page)
    await to_choice(page)
    await page.reload()
    assert await page.locator("#choice").count() == 1
    await page.go_back()
    await page.goto("/chat")
    assert await page.locator("#choice").count() == 1
    assert bot.texts == ["My son is 7"]


async def test_an_old_tab_cannot_answer_another_question(open_page: Open, bot: FakeBot) -> None:
    page = await open_page(DESK)
    await begin(page)
    await to_choice(page)
    other = await page.context.new_page()
    await other.route("**/chat/updates", lambda route: route.abort())  # an old tab: it hears of nothing new
    await other.goto("/chat")
    await page.check("input[value=information]")
    await page.click("button:has-text('Continue')")
    await page.wait_for_selector("#f-name_to_use")
    await other.check("input[value=short_help]")
    await other.click("button:has-text('Continue')")
    await other.wait_for_selector("#f-name_to_use")
    await expect(other.locator("[role=status]", has_text="out of date")).to_be_visible()
    assert [m.payload.get("choice") for m in bot.asked[2:]] == ["information"]


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
