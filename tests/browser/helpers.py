"""What the browser tests share: going through the conversation, and looking at a page as axe does."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Any

from aiohttp.test_utils import TestServer
from playwright.async_api import Locator, Page

from gateway.keys import SERVICES
from triage.ports import AuditEvent, StoredMessage

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
IMAGES = ROOT / "docs" / "images"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


async def begin(page: Page, view: str = "chat") -> None:
    await page.check("input[value=family]")
    await page.click(f"button[value={view}]")
    await page.wait_for_selector("#answer")
    await page.wait_for_load_state("load")
    if await page.locator("body.js-enabled #conversation").count():
        await page.wait_for_selector("body.fd-live")  # our script listens from now on


async def closed(page: Page, seconds: float = 20) -> bool:
    """Whether the server has shut the conversation: the browser tells it on the side, which may take a moment."""
    for _ in range(int(seconds * 5)):
        await page.goto("/chat")
        if page.url.endswith("/closed"):
            return True
        await asyncio.sleep(0.2)
    return False


async def say(page: Page, text: str) -> None:
    await page.fill("#text", text)
    await page.click("button:has-text('Send')")


async def to_choice(page: Page) -> None:
    await say(page, "My son is 7")
    await page.locator("li", has_text="You said: My son is 7").last.wait_for()  # a list may stand there already
    await page.wait_for_selector("#choice")


async def to_form(page: Page) -> None:
    await to_choice(page)
    await page.check("input[value=information]")
    await page.click("button:has-text('Continue')")
    await page.wait_for_selector("#f-name_to_use")


async def to_summary(page: Page) -> None:
    await to_form(page)
    await page.fill("#f-name_to_use", "Mo")
    await page.fill("#f-born-year", "2019")
    await page.check("input[name='a.ways'][value=text]")
    await page.check("input[name='a.agreed'][value=yes]")
    await page.click("button:has-text('Continue')")
    await page.wait_for_selector("button[value=send]")


async def to_end(page: Page) -> None:
    await to_summary(page)
    await page.click("button[value=send]")
    await page.wait_for_selector("text=AB-123")


async def officer_says(page: Page, gateway: TestServer, text: str) -> None:
    """A member of staff writes into the conversation of this page, as the console does."""
    services = gateway.app[SERVICES]
    now = services.clock.now()
    [visit] = [cookie for cookie in await page.context.cookies() if cookie["name"] == "visit"]
    conversation_id = visit["value"].partition(".")[0]
    message = StoredMessage(services.ids.new(), conversation_id, 0, "officer", text, now)
    with services.units() as unit:
        event = AuditEvent(now, "officer:ada", "message.sent", f"conversation:{conversation_id}")
        unit.conversations.add_message(message, event)
        unit.commit()
    while not services.bell.listeners(conversation_id):
        await asyncio.sleep(0.1)  # until the stream is open
    services.bell.ring(conversation_id)


async def violations(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 A and AA, as `rule: element`; and ids that stand twice, which it does not look for."""
    await page.evaluate(AXE.read_text("utf-8"))  # the policy of our pages lets no script tag in
    result: dict[str, Any] = await page.evaluate("(tags) => axe.run(document, {runOnly: tags})", WCAG)
    twice: list[str] = await page.evaluate(
        "[...document.querySelectorAll('[id]')].map(e => e.id).filter((id, at, all) => all.indexOf(id) !== at)"
    )
    found = [f"{v['id']}: {node['html'][:120]}" for v in result["violations"] for node in v["nodes"]]
    return found + [f"stands twice: #{id_}" for id_ in twice]


async def sideways(page: Page) -> int:
    """By how many pixels a page is wider than the window."""
    width: int = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return width


async def picture(of: Page | Locator, name: str, **more: Any) -> None:
    """Writes `docs/images/{name}.png` where FRONTDOOR_SCREENSHOTS is set, and does nothing elsewhere: a machine that only
    runs the tests may lack the shared memory for it."""
    if not os.environ.get("FRONTDOOR_SCREENSHOTS"):
        return
    path = IMAGES / f"{name}.png"
    await of.screenshot(path=path, animations="disabled", **more)
    assert path.stat().st_size > 5000
