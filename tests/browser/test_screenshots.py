"""The pictures in docs/ are made by this test, so that they show what is there.

They are written only where FRONTDOOR_SCREENSHOTS is set; without it the test still goes through every page.
"""

from __future__ import annotations

import pytest

from tests.browser.conftest import DESK, PHONE, Open
from tests.browser.helpers import begin, picture, say, to_choice, to_form, to_summary

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_pictures_of_the_way_in(open_page: Open) -> None:
    page = await open_page(PHONE, read=False)
    top = {
        "x": 0,
        "y": 0,
        "width": PHONE["width"],
        "height": 690,
    }  # a machine for tests lacks letters of the list below
    await picture(page, "chat/before-the-first-page", clip=top)
    await page.click("a:has-text('Continue')")
    await page.wait_for_selector("input[value=family]")
    await picture(page, "chat/first-page")
    await page.goto("/in/pl")
    await picture(page, "chat/in-polish")
    page = await open_page(DESK)
    await picture(page, "chat/first-page-wide")


async def test_pictures_of_the_conversation_on_a_phone(open_page: Open) -> None:
    page = await open_page(PHONE)
    await begin(page)
    await to_choice(page)
    await picture(page, "chat/choice")
    await page.context.set_offline(True)
    await page.check("input[value=information]")
    await page.click("button:has-text('Continue')")
    await page.wait_for_selector("text=Try again")
    await picture(page, "chat/no-connection")
    page = await open_page(PHONE)
    await begin(page)
    await say(page, "he has a knife")
    await page.wait_for_selector("li.fd-bubble--safety")
    await picture(page, "chat/danger")


async def test_pictures_of_the_form_without_scripts(open_page: Open) -> None:
    page = await open_page(PHONE, javascript=False)
    await begin(page, "form")
    await to_form(page)
    await page.click("button:has-text('Continue')")
    await picture(page, "chat/errors-without-scripts")


async def test_a_picture_of_the_copy_to_print(open_page: Open) -> None:
    page = await open_page(DESK)
    await begin(page)
    await to_summary(page)
    await page.goto("/copy")
    await picture(page, "chat/copy-to-print")
