"""A family's whole journey in a real browser against the whole service: real bot, real actions, real packs."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page

from tests.browser.conftest import DESK, PHONE
from tests.browser.helpers import picture, sideways, violations
from tests.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.asyncio(loop_scope="session")]

LONGEST = 40
OPENING = "My 9 year old in Nuneaton, no routine, bills piling up, school on at me. I'm his mum"
PRESSED = (
    "send", "consent:given", "share:school", "yes", "ongoing_help", "daily_life", "several", "nothing_yet", "parent",
    "none", "skip", "not_known", "not_said",
)  # fmt: skip
TICKED = ("no_worries_like_these", "contact:call", "share:school")
FILLED = {"phone": "07700 900123", "contact_name": "Leanne", "names": "Jay"}

WAYS = pytest.mark.parametrize(
    ("viewport", "javascript", "view"),
    [(PHONE, True, "chat"), (DESK, True, "chat"), (PHONE, False, "chat"), (PHONE, False, "form")],
    ids=["phone", "desk", "no-scripts", "form-no-scripts"],
)


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser, stack: Stack, viewport: dict[str, int], javascript: bool) -> AsyncIterator[Page]:
    context = await browser.new_context(base_url=stack.url, viewport=viewport, java_script_enabled=javascript)
    page = await context.new_page()
    page.set_default_timeout(20_000)
    yield page
    await context.close()


@WAYS
async def test_from_the_first_word_to_a_reference(
    page: Page, javascript: bool, view: str, viewport: dict[str, int]
) -> None:
    shot = f"{view}-{viewport['width']}" if javascript else ""
    await page.goto("/")
    await page.click("a:has-text('Continue')")
    await page.check("input[value=family]")
    await page.click(f"button[value={view}]")
    await page.fill("#text", OPENING)
    await press(page, page.locator("button", has_text="Send"), javascript)
    for _ in range(LONGEST):
        if await is_sent(page):
            break
        assert await sideways(page) == 0
        if javascript:
            assert await violations(page) == []
        if shot:
            await picture_of_a_landmark(page, shot)
        await answer(page, javascript)
    assert await is_sent(page), await page.locator("main").inner_text()
    if shot:
        await picture(page, f"chat/outcome-{shot}")
    copy = await page.goto("/copy")
    assert copy
    assert OPENING in await page.locator("main").inner_text()


async def picture_of_a_landmark(page: Page, shot: str) -> None:
    if await page.locator("#answer input[type=checkbox]").count() > 4:
        await picture(page, f"chat/worries-{shot}")
    if await page.locator("button[value=send]").count():
        await picture(page, f"chat/check-answers-{shot}")


async def is_sent(page: Page) -> bool:
    return await page.locator("[data-kind=outcome]").count() > 0


async def answer(page: Page, javascript: bool) -> None:
    """What a person would do with the question on the screen: tick, fill in, press, or write."""
    own = page.locator("#answer")
    go_on = own.locator("button", has_text="Continue").first
    if await own.locator("input[type=checkbox]").count():
        await tick(own)
        await press(page, go_on, javascript)
    elif await fill(own):
        await press(page, go_on, javascript)
    elif choice := await offered(own):
        if await choice.get_attribute("type") == "radio":
            await choice.check()
            choice = go_on
        await press(page, choice, javascript)
    else:
        await page.fill("#text", "1 Oak Road, Nuneaton")
        await press(page, own.locator("button", has_text="Send"), javascript)


async def fill(own: Locator) -> bool:
    """Whether there was a form to fill in."""
    for name, words in FILLED.items():
        if await own.locator(f"[name='a.{name}']").count():
            await own.locator(f"[name='a.{name}']").fill(words)
            return True
    return False


async def offered(own: Locator) -> Locator | None:
    for choice in PRESSED:
        found = own.locator(f"[name=choice][value='{choice}']")
        if await found.count():
            return found
    return None


async def tick(own: Locator) -> None:
    for choice in TICKED:
        box = own.locator(f"input[type=checkbox][value='{choice}']")
        if await box.count():
            await box.check()
            return
    await own.locator("input[type=checkbox]").first.check()


async def press(page: Page, button: Locator, javascript: bool) -> None:
    """Press, and wait for what comes: another number of messages, or without scripts another page."""
    if not javascript:
        async with page.expect_navigation():
            await button.click()
        return
    before = await page.locator("#conversation li").count()
    await button.click()
    await page.locator(f"#conversation li >> nth={before + 1}").wait_for()
