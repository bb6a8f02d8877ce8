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


async def picture(page: Page, name: str, folder: Path) -> None:
    path = folder / f"{name}.png"
    await page.screenshot(path=path, animations="disabled")
    assert path.stat().st_size > 5000


async def test_pictures_for_the_documentation(open_page: Open, tmp_path: Path) -> None:
    folder = PICTURES if os.environ.get("FRONTDOOR_SCREENSHOTS") else tmp_path
    folder.mkdir(parents=True, exist_ok=True)
    page = await open_page(PHONE)
    await picture(page, "first-page", folder)
    await begin(page)
    await to_choice(page)
    await picture(page, "choice", folder)
    page = await open_page(PHONE, javascript=False)
    await begin(page, "form")
    await to_form(page)
    await page.click("button:has-text('Continue')")
    await picture(page, "errors-without-scripts", folder)
    page = await open_page(DESK)
    await begin(page)
    await to_summary(page)
    await picture(page, "check-answers", folder)
    page = await open_page(PHONE)
    await begin(page)
    await say(page, "he has a knife")
    await page.wait_for_selector("li.fd-bubble--safety")
    await picture(page, "danger", folder)
