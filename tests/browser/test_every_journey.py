"""Every way through the conversation, wide and narrow with scripts, narrow without: each ends where it should."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import DESK, PHONE, Open
from tests.browser.helpers import begin, say, to_choice, to_end, to_form, to_summary

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

Journey = Callable[[Page], Awaitable[None]]


async def danger_first_and_then_on_to_the_end(page: Page) -> None:
    await say(page, "he has a knife")
    await expect(page.locator("li.fd-bubble--safety").get_by_role("button", name="Call 999")).to_be_visible()
    await to_end(page)


async def errors_put_right(page: Page) -> None:
    await to_form(page)
    await page.click("button:has-text('Continue')")
    await expect(page.locator(".govuk-error-summary")).to_be_visible()
    await page.check("#u-name_to_use")
    await page.check("input[name='a.agreed'][value=not_known]")
    await page.click("button:has-text('Continue')")
    await expect(page.locator("button[value=send]")).to_be_visible()


async def a_date_that_is_none_put_right(page: Page) -> None:
    await to_form(page)
    await page.check("#u-name_to_use")
    await page.check("input[name='a.agreed'][value=yes]")
    for part, value in (("", "31"), ("-month", "2"), ("-year", "2019")):
        await page.fill(f"#f-born{part}", value)
    await page.click("button:has-text('Continue')")
    await expect(page.locator(".govuk-error-summary")).to_contain_text("Write a real date")
    for part in ("", "-month", "-year"):
        await page.fill(f"#f-born{part}", "")
    await page.fill("#f-born-about", "in the spring")
    await page.click("button:has-text('Continue')")
    await expect(page.locator("button[value=send]")).to_be_visible()


async def an_answer_changed(page: Page) -> None:
    await to_summary(page)
    await page.click("button:has-text('Change')")
    await page.wait_for_selector("#choice")
    await page.check("input[value=short_help]")
    await page.click("button:has-text('Continue')")
    await expect(page.locator("#f-name_to_use")).to_be_visible()


async def ticked(page: Page) -> None:
    await say(page, "worries")
    await page.wait_for_selector("input[type=checkbox]")
    await page.check("input[value=neglect]")
    await page.check("input[value=missing]")
    await page.click("button:has-text('Continue')")
    await expect(page.locator("button[value=send]")).to_be_visible()


async def in_own_words(page: Page) -> None:
    await to_choice(page)
    await page.click("summary")
    await say(page, "I would rather tell it myself")
    await expect(page.locator("li", has_text="You said: I would rather tell it myself")).to_be_visible()


async def left_for_good(page: Page) -> None:
    await to_choice(page)
    await page.click("nav >> text=Stop and leave")
    await page.click("button:has-text('Stop and leave')")
    await expect(page.locator("main")).to_contain_text("What you wrote is erased")
    await page.goto("/chat")
    await expect(page.locator("main")).to_contain_text("There is nothing open here")


async def stopped_and_gone_on_with_a_code(page: Page) -> None:
    await to_choice(page)
    await page.click("text=Stop now and go on later")
    await page.click("button:has-text('Give me a code')")
    code = await page.inner_text(".fd-code")
    await page.goto("/come-back")
    await page.fill("#code", code)
    await page.click("button:has-text('Continue')")
    await expect(page.locator("#choice")).to_be_visible()


async def a_copy_looked_at(page: Page) -> None:
    await to_choice(page)
    await page.click("text=A copy to print")
    await expect(page.locator("main")).to_contain_text("My son is 7")
    await page.click("main >> text=Go back")
    await expect(page.locator("#choice")).to_be_visible()


async def from_one_view_to_the_other_and_back(page: Page) -> None:
    await to_choice(page)
    for words in ("Show one question on a page", "Show everything that was said"):
        await page.click(f"text={words}")
        await expect(page.locator("#choice")).to_be_visible()


JOURNEYS: list[Journey] = [
    danger_first_and_then_on_to_the_end, errors_put_right, a_date_that_is_none_put_right, an_answer_changed, ticked,
    in_own_words, left_for_good, stopped_and_gone_on_with_a_code, a_copy_looked_at, from_one_view_to_the_other_and_back,
]  # fmt: skip


@pytest.mark.parametrize(
    ("viewport", "javascript"), [(PHONE, True), (DESK, True), (PHONE, False)], ids=["phone", "desk", "no-scripts"]
)
@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda journey: journey.__name__)
async def test_a_journey_ends_where_it_should(
    open_page: Open, journey: Journey, viewport: dict[str, int], javascript: bool
) -> None:
    page = await open_page(viewport, javascript)
    await begin(page)
    await journey(page)
