"""Every state of every page: nothing that axe can see, nothing cut off, nothing hidden, nothing too small."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from aiohttp.test_utils import TestServer
from playwright.async_api import Page

from tests.browser.conftest import DESK, PHONE, SMALLEST, Open
from tests.browser.helpers import begin, officer_says, say, sideways, to_choice, to_end, to_form, to_summary, violations
from tests.gateway.fake_bot import FakeBot, journey
from triage.ports import StoredMessage

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

# WCAG 2.2, 1.4.12: what a person may set without losing anything
TEXT_SPACING = """
  * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
  p { margin-bottom: 2em !important; }
"""

State = Callable[[Page], Awaitable[None]]


async def with_errors(page: Page) -> None:
    await to_form(page)
    await page.click("button:has-text('Continue')")
    await page.wait_for_selector(".govuk-error-summary")


async def in_danger(page: Page) -> None:
    await say(page, "he has a knife")
    await page.wait_for_selector("li.fd-bubble--safety")


async def with_ticks(page: Page) -> None:
    await say(page, "worries")
    await page.wait_for_selector("input[type=checkbox]")


async def without_connection(page: Page) -> None:
    await page.context.set_offline(True)
    await say(page, "My son is 7")
    await page.wait_for_selector("text=Try again")


async def in_another_language(page: Page) -> None:
    await say(page, "اردو")
    await page.wait_for_selector("[lang=ur]")


LINES = [
    {"text": "You can write in your language and a person will read it.", "kind": "statement"},
    {"text": "اگر کوئی خطرے میں ہے تو 999 پر کال کریں", "kind": "safety", "data": {"language": "ur"}},
    {"text": "Czy ktoś jest w niebezpieczeństwie?", "kind": "question", "data": {"language": "pl"}},
]


def with_lines(message: StoredMessage) -> list[dict[str, Any]]:
    return LINES if message.text == "اردو" else journey(message)


STATES: dict[str, State] = {
    "choice": to_choice,
    "ticks": with_ticks,
    "form": to_form,
    "errors": with_errors,
    "summary": to_summary,
    "end": to_end,
    "danger": in_danger,
    "languages": in_another_language,
}
ONLY_WITH_SCRIPTS: dict[str, State] = {"no connection": without_connection}
EVERY = pytest.mark.parametrize("state", STATES)
PAGES_OF_WORDS = ("/", "/professionals", "/safety", "/privacy", "/accessibility", "/come-back", "/closed", "/nowhere",
                  "/in/pl", "/in/ur", "/in/bn")  # fmt: skip
PAGES_OF_A_VISIT = ("/copy", "/leave", "/come-back-later")


@pytest.fixture(autouse=True)
def speaks_languages(bot: FakeBot) -> None:
    bot.script = with_lines


async def look_everywhere(page: Page, look: Callable[[str], Awaitable[None]]) -> None:
    """Every page besides the conversation: before a visit, within one, its errors, and the code that is shown once."""
    for path in PAGES_OF_WORDS:
        await page.goto(path)
        await look(path)
    await page.goto("/")
    await page.click("button[value=chat]")
    await page.wait_for_selector(".govuk-error-summary")
    await look("nobody chosen")
    await page.goto("/come-back")
    await page.click("button:has-text('Continue')")
    await page.wait_for_selector(".govuk-error-summary")
    await look("an unknown code")
    await page.goto("/in/ar")
    await page.locator("form button").click()
    await page.wait_for_selector(".govuk-error-summary")
    await look("no number, in Arabic")
    await page.fill("#phone", "07700 900123")
    await page.locator("form button").click()
    await page.wait_for_selector("strong[dir=ltr]")
    await look("the number was taken, in Arabic")
    await page.goto("/")
    await begin(page)
    for path in PAGES_OF_A_VISIT:
        await page.goto(path)
        await look(path)
    await page.click("button:has-text('Give me a code')")
    await page.wait_for_selector(".fd-code")
    await look("the code")


WIDTHS = pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])


@pytest.mark.parametrize("state", [*STATES, *ONLY_WITH_SCRIPTS])
@WIDTHS
async def test_axe_finds_nothing_in_the_chat(open_page: Open, state: str, viewport: dict[str, int]) -> None:
    page = await open_page(viewport)
    await begin(page)
    assert await violations(page) == []
    await (STATES | ONLY_WITH_SCRIPTS)[state](page)
    assert await violations(page) == []
    if state in ("choice", "form"):
        await page.click("summary")
        assert await violations(page) == []


@EVERY
async def test_axe_finds_nothing_in_the_form(open_page: Open, state: str) -> None:
    page = await open_page(PHONE)
    await begin(page, "form")
    await STATES[state](page)
    assert await violations(page) == []


@WIDTHS
async def test_axe_finds_nothing_where_a_member_of_staff_has_joined(
    open_page: Open, gateway: TestServer, viewport: dict[str, int]
) -> None:
    page = await open_page(viewport)
    async with page.expect_request("**/chat/updates"):
        await begin(page)
    await officer_says(page, gateway, "This is Ada from the front door. I read along now.")
    await page.wait_for_selector("li.fd-bubble--officer")
    assert await violations(page) == []


@WIDTHS
async def test_axe_finds_nothing_on_the_other_pages(open_page: Open, viewport: dict[str, int]) -> None:
    page = await open_page(viewport, read=False)
    assert await violations(page) == [], "before the first page"
    await page.click("a:has-text('Continue')")

    async def look(where: str) -> None:
        assert await violations(page) == [], where

    await look_everywhere(page, look)


async def test_no_page_is_wider_than_320_pixels(open_page: Open) -> None:
    """1280 pixels at 400 % zoom are 320 (WCAG 2.2, 1.4.10)."""
    page = await open_page(SMALLEST, read=False)
    assert await sideways(page) == 0, "before the first page"
    await page.click("a:has-text('Continue')")

    async def look(where: str) -> None:
        assert await sideways(page) == 0, where

    await look_everywhere(page, look)


@EVERY
@pytest.mark.parametrize("view", ["chat", "form"])
async def test_no_state_is_wider_than_320_pixels(open_page: Open, state: str, view: str) -> None:
    page = await open_page(SMALLEST)
    await begin(page, view)
    await say(page, "averyveryverylongwordthatnobodycanbreak" * 5)
    await page.wait_for_selector("#choice")
    assert await sideways(page) == 0
    await page.click("summary")
    await STATES[state](page)
    assert await sideways(page) == 0


async def test_the_question_is_in_view_at_320_pixels(open_page: Open) -> None:
    page = await open_page(SMALLEST)
    await begin(page)
    await to_choice(page)
    top = await page.locator("li", has_text="What would help?").last.evaluate("e => e.getBoundingClientRect().top")
    assert 0 <= top < SMALLEST["height"]


@pytest.mark.parametrize("viewport", [SMALLEST, DESK], ids=["smallest", "desk"])
async def test_wider_spacing_cuts_nothing_off(open_page: Open, viewport: dict[str, int]) -> None:
    page = await open_page(viewport, bypass_csp=True)
    await begin(page)
    await with_errors(page)
    await page.add_style_tag(content=TEXT_SPACING)
    assert await sideways(page) == 0
    cut = await page.evaluate(
        """[...document.querySelectorAll('main *, aside *')].filter(e => {
             const style = getComputedStyle(e);
             return style.overflow === 'hidden' && e.scrollHeight > e.clientHeight + 1 &&
                    !e.closest('.govuk-visually-hidden') && e.clientHeight > 1;
           }).map(e => e.outerHTML.slice(0, 80))"""
    )
    assert cut == []


@pytest.mark.parametrize("viewport", [SMALLEST, DESK], ids=["smallest", "desk"])
@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
@pytest.mark.parametrize("state", ["errors", "summary"])
async def test_what_has_the_focus_can_be_seen(open_page: Open, viewport: dict[str, int], key: str, state: str) -> None:
    """Each stop of the keyboard, down the page and up again, shows an outline or a colour, and nothing lies over it:
    not the bar with the two ways out either (2.4.7, 2.4.11)."""
    page = await open_page(viewport)
    await begin(page)
    await STATES[state](page)
    await page.evaluate("document.activeElement.blur()")
    told = await at_each_stop(page, key)
    assert len(told) > 5
    assert [fault for fault in told if fault] == []


async def at_each_stop(page: Page, key: str) -> list[str | None]:
    """What is wrong at each stop of the keyboard, until it leaves the page."""
    told: list[str | None] = []
    while len(told) < 80:
        await page.keyboard.press(key)
        fault: str | None = await page.evaluate(FOCUS_PROBLEM)
        if fault == "end":
            break
        told.append(fault)
    return told


FOCUS_PROBLEM = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return "end";
  const box = e.getBoundingClientRect();
  const name = e.outerHTML.slice(0, 80);
  const style = getComputedStyle(e);
  const shown = style.outlineStyle !== "none" || style.boxShadow !== "none" || style.backgroundColor === "rgb(255, 221, 0)";
  const label = e.labels?.[0];
  const around = label ? getComputedStyle(label, "::before") : null;
  if (!shown && !(around && (around.boxShadow !== "none" || around.outlineStyle !== "none"))) return "no focus: " + name;
  const points = [0.1, 0.5, 0.9].flatMap(x => [0.2, 0.5, 0.8].map(y => [box.left + box.width * x, box.top + box.height * y]));
  const seen = points.some(([x, y]) => {
    const top = document.elementFromPoint(x, y);
    return top && (top === e || e.contains(top) || top.contains(e) || [...(e.labels ?? [])].includes(top));
  });
  return seen ? null : "covered: " + name;
}"""


async def test_everything_that_is_pressed_is_large_enough(open_page: Open) -> None:
    """24 by 24 pixels at least, but for links inside a sentence (2.5.8)."""
    page = await open_page(PHONE)
    await begin(page)
    await to_summary(page)
    small = await page.evaluate(
        """[...document.querySelectorAll('a, button, input, select, textarea, summary')].filter(e => {
             const box = e.getBoundingClientRect();
             const inText = e.matches('a') && e.closest('p') && e.closest('p').innerText.length > e.innerText.length + 5;
             return box.width && !inText && !e.closest('.govuk-skip-link') && !e.matches('.govuk-skip-link')
                    && e.type !== 'hidden' && (box.height < 23.5 || box.width < 23.5);
           }).map(e => e.outerHTML.slice(0, 90))"""
    )
    assert small == []


async def test_what_was_said_is_a_list_in_a_log(open_page: Open) -> None:
    page = await open_page(PHONE)
    await begin(page)
    assert await page.get_by_role("log").get_by_role("listitem").count() == 2
    assert await page.locator("ol[role]").count() == 0


async def test_each_message_stands_in_its_own_direction_and_language(open_page: Open, bot: FakeBot) -> None:
    bot.script = lambda _message: [{"text": "آپ کیسے ہیں؟", "kind": "question", "data": {"language": "ur"}}]
    page = await open_page(PHONE)
    await begin(page)
    item = page.locator("#conversation li").last
    words = item.locator("[dir=auto]")
    assert await words.get_attribute("lang") == "ur"
    assert await words.evaluate("e => getComputedStyle(e).direction") == "rtl"


async def test_no_movement_for_those_who_want_none(open_page: Open) -> None:
    page = await open_page(PHONE, reduced_motion="reduce")
    moving = await page.evaluate(
        """[...document.querySelectorAll('*')].filter(e => {
             const s = getComputedStyle(e);
             return s.animationName !== 'none' || (s.transitionDuration !== '0s' && s.transitionProperty !== 'none'
                    && s.transitionProperty !== 'all');
           }).length"""
    )
    assert moving == 0


async def test_a_printed_page_holds_the_words_only(open_page: Open) -> None:
    page = await open_page(DESK)
    await begin(page)
    await to_choice(page)
    await page.emulate_media(media="print")
    assert await page.locator("li", has_text="My son is 7").first.is_visible()
    for gone in (".govuk-exit-this-page", "#answer", ".fd-footer", ".fd-other-ways"):
        assert not await page.locator(gone).is_visible(), gone
