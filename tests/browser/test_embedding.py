"""A council's own site with our one script tag, under a strict policy of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

BODY = '<!doctype html><html lang="en"><title>Council</title><main><h1>Us</h1><p id="help">{}</p></main>{}</html>'


@pytest_asyncio.fixture(loop_scope="session")
async def council(site: str) -> AsyncIterator[str]:
    """The council's site: another origin. `/corner` and `/own-place` hold the script tag, `/frame` a frame."""
    script = f'<script src="{site}/embed/launcher.js" {{}} defer></script>'
    pages = {
        "/corner": BODY.format("", script.format("")),
        "/own-place": BODY.format("", script.format('data-label="Talk to us" data-into="#help"')),
        "/frame": BODY.format(f'<iframe src="{site}/"></iframe>', ""),
    }

    async def show(request: web.Request) -> web.Response:
        headers = (
            {} if request.path == "/frame" else {"Content-Security-Policy": f"default-src 'none'; script-src {site}"}
        )
        return web.Response(text=pages[request.path], content_type="text/html", headers=headers)

    app = web.Application()
    app.add_routes([web.get(path, show) for path in pages])
    server = TestServer(app)
    await server.start_server()
    yield f"http://127.0.0.1:{server.port}"
    await server.close()


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser) -> AsyncIterator[Page]:
    context = await browser.new_context()
    page = await context.new_page()
    page.set_default_timeout(8000)
    yield page
    await context.close()


@pytest.mark.parametrize(("path", "name"), [("/corner", "Help for a child or family"), ("/own-place", "Talk to us")])
async def test_one_script_tag_gives_a_link_and_nothing_else(
    page: Page, site: str, council: str, path: str, name: str
) -> None:
    asked: list[str] = []
    faults: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: faults.append(message.text))
    await page.goto(council + path)
    link = page.get_by_role("link", name=name)
    await link.wait_for()
    assert [fault for fault in faults if "favicon" not in fault] == []
    assert {url for url in asked if not url.endswith("favicon.ico")} == {council + path, f"{site}/embed/launcher.js"}
    assert await page.context.cookies() == []
    assert (await page.locator("#help a").count() == 1) is (path == "/own-place")
    await link.click()
    await page.wait_for_url(site + "/")


async def test_the_corner_link_is_accessible(page: Page, council: str) -> None:
    await page.goto(council + "/corner")
    await page.get_by_role("link").wait_for()
    assert await page.get_by_role("complementary").count() == 1
    box = await page.get_by_role("link").bounding_box()
    assert box
    assert box["height"] >= 44


async def test_our_pages_refuse_to_be_framed(page: Page, council: str) -> None:
    await page.goto(council + "/frame")
    for frame in page.frames[1:]:
        assert "Help for children" not in await frame.content()
