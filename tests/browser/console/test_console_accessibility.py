"""Every page of the console for axe (WCAG 2.2 A and AA), at 390 and 1280 pixels and at 400 % zoom; nothing cut off."""

from __future__ import annotations

import pytest

from benchmarks.desk_kit import stored
from tests.browser.console.conftest import DESK, PHONE, ZOOMED
from tests.browser.helpers import violations

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PAGES = {
    "grace": ("/console", "/console?who=me", "/console/tasks", "/console/allocation", "/console/requests/r1",
              "/console/requests/r2", "/console/requests/r4", "/console/requests/r1/allocate", "/console/oversight",
              "/console/reviews", "/console/candidates", "/console/audit", "/console/switch", "/console/phone", "/console/requests/nothing",
              "/console/safety", "/console/rules", "/console/rules/packs/warwickshire@2018.1",
              "/console/rules/drafts/d1", "/console/rules/drafts/d1/check", "/console/rules/drafts/d2/check"),
    "ivy": ("/console/officers", "/console/retention", "/console"),
}  # fmt: skip


@pytest.mark.parametrize("viewport", [DESK, PHONE, ZOOMED], ids=["1280", "390", "400%"])
async def test_no_page_has_a_violation_or_scrolls_sideways(officer_page, viewport):
    found: list[str] = []
    for officer, paths in PAGES.items():
        page = await officer_page(officer, viewport)
        for path in paths:
            await page.goto(path)
            for summary in await page.locator("summary").all():
                await summary.click()
            found += [f"{path}: {violation}" for violation in await violations(page)]
            wide = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            found += [f"{path} scrolls sideways by {wide} px"] if wide > 1 else []
    assert found == []


async def test_the_pages_that_refuse_and_correct_have_none_either(officer_page, desk):
    page = await officer_page("ada")
    await page.goto("/console/requests/r1")
    await page.check("#action-hold")
    await page.click("text=Record my decision")
    assert await violations(page) == []
    await page.goto("/console/requests/r1")
    version = stored(desk).version
    await page.evaluate("document.querySelector('#decision-form input[name=version]').value = '1'")
    await page.check("#action-confirm")
    await page.click("text=Record my decision")
    assert "Somebody else has decided" in await page.content()
    assert await violations(page) == []
    assert stored(desk).version == version
    await page.goto("/console/officers")
    assert await violations(page) == []


async def test_the_sign_in_page_has_none(browser, console_site):
    context = await browser.new_context(base_url=console_site)
    page = await context.new_page()
    await page.goto("/console/sign-in")
    assert await violations(page) == []
    await context.close()
