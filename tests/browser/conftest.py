"""A real Chromium in front of the real gateway; only the bot is a fake."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

from gateway.app import build_app
from gateway.settings import Settings
from records.bootstrap import migrate
from tests.conftest import missing
from tests.gateway.fake_bot import FakeBot

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
SMALLEST = {"width": 320, "height": 640}
ELSEWHERE = "http://elsewhere.invalid/weather"

Open = Callable[..., Awaitable[Page]]

IN_A_CONTAINER = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
"""Root, little shared memory, no graphics card."""
PATIENCE_MS = 20_000
"""A shared machine may be slow: waiting longer costs nothing where the page does what it should."""
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture
def bot() -> FakeBot:
    return FakeBot()


@pytest_asyncio.fixture(loop_scope="session")
async def gateway(bot: FakeBot, tmp_path: Path) -> AsyncIterator[TestServer]:
    """A running gateway; `gateway.app` holds its services."""
    database = f"sqlite:///{tmp_path / 'frontdoor.db'}"
    migrate(database)
    settings = Settings(
        data_dir=tmp_path, database_url=database, authority="warwickshire", exit_url=ELSEWHERE, bot_patience_s=1
    )
    assert (settings.static_dir / "app.css").is_file(), "build the pages first: npm ci && npm run build"
    server = TestServer(await build_app(settings, lambda _settings, _http: bot, rooms=()))
    await server.start_server()
    yield server
    await server.close()


@pytest.fixture
def site(gateway: TestServer) -> str:
    """Its address."""
    return f"http://127.0.0.1:{gateway.port}"


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def browser() -> AsyncIterator[Browser]:
    chromium = shutil.which("chromium") or missing("Chromium", "chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=IN_A_CONTAINER)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def open_page(browser: Browser, site: str) -> AsyncIterator[Open]:
    """Opens the first page, past the one before it: `page = await open_page(viewport=PHONE, javascript=False)`."""
    contexts: list[BrowserContext] = []

    async def open_it(
        viewport: dict[str, int] = PHONE, javascript: bool = True, *, read: bool = True, **more: Any
    ) -> Page:
        context = await browser.new_context(
            viewport=viewport, java_script_enabled=javascript, base_url=site, service_workers="block", **more
        )
        contexts.append(context)
        await context.route(ELSEWHERE, lambda route: route.fulfill(body="<title>Weather</title>Sunny"))
        page = await context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        await page.goto("/")
        if read:
            await page.click("a:has-text('Continue')")
            await page.wait_for_selector("input[value=family]")
        return page

    yield open_it
    for context in contexts:
        await context.close()
