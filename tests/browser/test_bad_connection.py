"""A cracked phone on a slow line: late, cut off, pressed twice, read in two tabs, reloaded, gone back."""

from __future__ import annotations

import pytest
from playwright.async_api import Error, Page, expect

from tests.browser.conftest import DESK, PHONE, Open
from tests.browser.helpers import begin, say, to_choice, to_end
from tests.gateway.fake_bot import FakeBot

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

WAYS = pytest.mark.parametrize(
    ("viewport", "javascript"), [(PHONE, True), (DESK, True), (PHONE, False)], ids=["phone", "desk", "no-scripts"]
)
SLOW_3G = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}  # ms, bytes/s
SLOW_CPU = 4  # times slower than this machine


async def made_slow(page: Page) -> None:
    chromium = await page.context.new_cdp_session(page)
    await chromium.send("Network.enable")
    await chromium.send("Network.emulateNetworkConditions", SLOW_3G)
    await chromium.send("Emulation.setCPUThrottlingRate", {"rate": SLOW_CPU})


@WAYS
async def test_the_whole_journey_on_a_slow_line_and_an_old_phone(
    open_page: Open, bot: FakeBot, viewport: dict[str, int], javascript: bool
) -> None:
    page = await open_page(viewport, javascript)
    await made_slow(page)
    await page.reload()
    await begin(page)
    await to_end(page)
    assert [m.payload.get("choice") for m in bot.asked] == ["start", None, "information", None, "send"]


async def test_on_a_slow_line_the_page_says_that_it_is_sending(open_page: Open) -> None:
    page = await open_page(PHONE)
    await begin(page)
    await made_slow(page)
    await say(page, "slow")
    await expect(page.locator("#state")).to_have_text("Sending…")
    await page.wait_for_selector("#choice")
    await expect(page.locator("#state")).to_be_empty()


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
async def test_cut_off_at_every_step_the_journey_still_ends_and_nothing_counts_twice(
    open_page: Open, bot: FakeBot, viewport: dict[str, int]
) -> None:
    page = await open_page(viewport)
    await begin(page)
    for step, arrived in STEPS:
        await page.context.set_offline(True)
        await step(page)
        await expect(page.locator("#state")).to_contain_text("Not sent: there is no connection")
        await page.context.set_offline(False)
        await page.click("text=Try again")
        await page.wait_for_selector(arrived)
    assert [m.payload.get("choice") for m in bot.asked] == ["start", None, "information", None, "send"]


async def tells(page: Page) -> None:
    await say(page, "My son is 7")


async def chooses(page: Page) -> None:
    await page.check("input[value=information]")
    await page.click("button:has-text('Continue')")


async def fills_in(page: Page) -> None:
    await page.fill("#f-name_to_use", "Mo")
    await page.check("input[name='a.agreed'][value=yes]")
    await page.click("button:has-text('Continue')")


async def sends(page: Page) -> None:
    await page.click("button[value=send]")


STEPS = [(tells, "#choice"), (chooses, "#f-name_to_use"), (fills_in, "button[value=send]"), (sends, "text=AB-123")]


async def test_without_scripts_a_cut_line_loses_nothing_that_was_kept(open_page: Open, bot: FakeBot) -> None:
    """The browser says itself that it has no connection; reloading its error page sends the form again."""
    page = await open_page(PHONE, javascript=False)
    await begin(page)
    await to_choice(page)
    await page.context.set_offline(True)
    await page.check("input[value=information]")
    async with page.expect_event("requestfailed"):
        await page.click("button:has-text('Continue')", no_wait_after=True)
    await page.context.set_offline(False)
    await page.reload()
    await page.wait_for_selector("#f-name_to_use")
    assert [m.payload.get("choice") for m in bot.asked] == ["start", None, "information"]


async def test_a_page_opened_without_a_connection_opens_again_where_it_was(open_page: Open) -> None:
    page = await open_page(PHONE)
    await begin(page)
    await to_choice(page)
    await page.context.set_offline(True)
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        await page.reload()
    await page.context.set_offline(False)
    await page.goto("/chat")
    await expect(page.locator("#choice")).to_be_visible()


async def test_a_line_that_swallows_the_answer_is_told_as_it_is(open_page: Open, bot: FakeBot) -> None:
    """Nobody can know whether it arrived: the page says so, and trying again counts once."""
    page = await open_page(PHONE)
    await begin(page)
    lost: list[str] = []

    async def swallow_the_first_answer(route) -> None:  # type: ignore[no-untyped-def]
        if route.request.method == "POST" and not lost:
            lost.append(route.request.url)
            await route.fetch()
            await route.abort()
        else:
            await route.continue_()

    await page.route("**/chat", swallow_the_first_answer)
    await tells(page)
    await expect(page.locator("#state")).to_contain_text("it may not be sent")
    await page.click("text=Try again")
    await page.wait_for_selector("#choice")
    assert bot.texts == ["My son is 7"]


async def test_too_much_at_once_is_said_kindly_where_it_was_written(open_page: Open) -> None:
    page = await open_page(PHONE)
    await begin(page)
    await page.route(
        "**/chat", lambda route: route.fulfill(status=429) if route.request.method == "POST" else route.continue_()
    )
    await tells(page)
    await expect(page.locator("#state")).to_contain_text("Wait a moment. In danger, call 999 now.")
    assert await page.input_value("#text") == "My son is 7"


@WAYS
async def test_pressed_twice_it_counts_once(
    open_page: Open, bot: FakeBot, viewport: dict[str, int], javascript: bool
) -> None:
    page = await open_page(viewport, javascript)
    await begin(page)
    await page.fill("#text", "only once")
    await page.dblclick("button:has-text('Send')", no_wait_after=True)
    await page.wait_for_selector("#choice")
    assert bot.texts == ["only once"]


@WAYS
async def test_reload_and_back_show_where_things_are(
    open_page: Open, bot: FakeBot, viewport: dict[str, int], javascript: bool
) -> None:
    page = await open_page(viewport, javascript)
    await begin(page)
    await to_choice(page)
    await page.reload()
    assert await page.locator("#choice").count() == 1
    await page.go_back()
    await page.goto("/chat")
    assert await page.locator("#choice").count() == 1
    assert bot.texts == ["My son is 7"]


@WAYS
async def test_an_old_tab_cannot_answer_another_question(
    open_page: Open, bot: FakeBot, viewport: dict[str, int], javascript: bool
) -> None:
    page = await open_page(viewport, javascript)
    await begin(page)
    await to_choice(page)
    other = await page.context.new_page()
    await other.route("**/chat/updates", lambda route: route.abort())  # an old tab: it hears of nothing new
    await other.goto("/chat")
    await chooses(page)
    await page.wait_for_selector("#f-name_to_use")
    await other.check("input[value=short_help]")
    await other.click("button:has-text('Continue')")
    await other.wait_for_selector("#f-name_to_use")
    await expect(other.locator("[role=status]", has_text="out of date")).to_be_visible()
    assert [m.payload.get("choice") for m in bot.asked[2:]] == ["information"]


async def test_what_is_said_in_one_tab_is_there_in_the_other(open_page: Open) -> None:
    page = await open_page(PHONE)
    await begin(page)
    other = await page.context.new_page()
    await other.goto("/chat")
    await tells(page)
    await page.wait_for_selector("#choice")
    await other.reload()
    await expect(other.locator("#choice")).to_be_visible()
    assert await other.locator("#conversation li").count() == await page.locator("#conversation li").count()
