"""The pictures in docs/ are made by this test, so that they show what is there.

They are written only where FRONTDOOR_SCREENSHOTS is set; without it the test still goes through every page.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.async_api import Page

from tests.browser.conftest import DESK, PHONE, Open
from tests.browser.helpers import ROOT, begin, say, to_choice, to_form, to_summary

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PICTURES = ROOT / "docs" / "images" / "chat"


async def picture(page: Page, name: str, folder: Path, height: int | None = None) -> None:
    """As much of the page as the window shows, or its first `height` pixels."""
    path = folder / f"{name}.png"
    clip = {"x": 0, "y": 0, "width": PHONE["width"], "height": height} if height else None
    await page.screenshot(path=path, animations="disabled", clip=clip)  # type: ignore[arg-type]
    assert path.stat().st_size > 5000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    chosen = PICTURES if os.environ.get("FRONTDOOR_SCREENSHOTS") else tmp_path
    chosen.mkdir(parents=True, exist_ok=True)
    return chosen


async def test_pictures_of_the_way_in(open_page: Open, folder: Path) -> None:
    page = await open_page(PHONE, read=False)
    await picture(
        page, "before-the-first-page", folder, height=690
    )  # a machine for tests lacks letters of the list below
    await page.click("a:has-text('Continue')")
    await page.wait_for_selector("input[value=family]")
    await picture(page, "first-page", folder)
    await page.goto("/in/pl")
    await picture(page, "in-polish", folder)
    page = await open_page(DESK)
    await picture(page, "first-page-wide", folder)


async def test_pictures_of_the_conversation_on_a_phone(open_page: Open, folder: Path) -> None:
    page = await open_page(PHONE)
    await begin(page)
    await to_choice(page)
    await picture(page, "choice", folder)
    await page.context.set_offline(True)
    await page.check("input[value=information]")
    await page.click("button:has-text('Continue')")
    await page.wait_for_selector("text=Try again")
    await picture(page, "no-connection", folder)
    page = await open_page(PHONE)
    await begin(page)
    await say(page, "he has a knife")
    await page.wait_for_selector("li.fd-bubble--safety")
    await picture(page, "danger", folder)


async def test_pictures_of_the_form_without_scripts(open_page: Open, folder: Path) -> None:
    page = await open_page(PHONE, javascript=False)
    await begin(page, "form")
    await to_form(page)
    await page.click("button:has-text('Continue')")
    await picture(page, "errors-without-scripts", folder)


async def test_pictures_of_the_end_on_a_wide_screen(open_page: Open, folder: Path) -> None:
    page = await open_page(DESK)
    await begin(page)
    await to_summary(page)
    await picture(page, "check-answers", folder)
    await page.click("button[value=send]")
    await page.wait_for_selector("text=AB-123")
    await picture(page, "outcome", folder)
    await page.goto("/copy")
    await picture(page, "copy-to-print", folder)
