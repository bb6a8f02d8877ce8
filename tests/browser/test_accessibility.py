"""Every state of every page: nothing that axe can see, nothing cut off, nothing hidden, nothing too small."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Page

from tests.browser.conftest import DESK, PHONE, SMALLEST, Open
from tests.browser.helpers import begin, say, sideways, to_choice, to_end, to_form, to_summary, violations
from tests.gateway.fake_bot import FakeBot

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


STATES: dict[str, State] = {
    "choice": to_choice,
    "ticks": with_ticks,
    "form": to_form,
    "errors": with_errors,
    "summary": to_summary,
    "end": to_end,
    "danger": in_danger,
}
EVERY = pytest.mark.parametrize("state", STATES)
PAGES_OF_WORDS = ("/", "/safety", "/privacy", "/accessibility", "/closed", "/nowhere")


@EVERY
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
async def test_axe_finds_nothing_in_the_chat(open_page: Open, state: str, viewport: dict[str, int]) -> None:
    page = await open_page(viewport)
    await begin(page)
    assert await violations(page) == []
    await STATES[state](page)
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


async def test_axe_finds_nothing_on_the_other_pages(open_page: Open) -> None:
    page = await open_page(PHONE)
    for path in PAGES_OF_WORDS:
        await page.goto(path)
        assert await violations(page) == [], path
    await page.goto("/")
    await page.click("button[value=chat]")
    await page.wait_for_selector(".govuk-error-summary")
    assert await violations(page) == []
    await begin(page)
    for path in ("/copy", "/leave"):
        await page.goto(path)
        assert await violations(page) == [], path


async def test_nothing_is_wider_than_320_pixels(open_page: Open) -> None:
    """1280 pixels at 400 % zoom are 320 (WCAG 2.2, 1.4.10)."""
    page = await open_page(SMALLEST)
    for path in PAGES_OF_WORDS:
        await page.goto(path)
        assert await sideways(page) == 0, path
    await page.goto("/")
    await begin(page)
    await say(page, "averyveryverylongwordthatnobodycanbreak" * 5)
    await page.wait_for_selector("#choice")
    assert await sideways(page) == 0
    await page.check("input[value=information]")
    await page.click("button:has-text('Continue')")
    await page.wait_for_selector("#f-name_to_use")
    assert await sideways(page) == 0
    await page.click("summary")
    await with_ticks(page)
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
async def test_what_has_the_focus_can_be_seen(open_page: Open, viewport: dict[str, int]) -> None:
    """Each stop of the keyboard shows an outline or a colour, and nothing lies over it (2.4.7, 2.4.11)."""
    page = await open_page(viewport)
    await begin(page)
    await to_summary(page)
    await page.evaluate("window.scrollTo(0, 0); document.activeElement.blur()")
    hidden: list[str] = []
    for _ in range(60):
        await page.keyboard.press("Tab")
        told: str | None = await page.evaluate(FOCUS_PROBLEM)
        if told == "end":
            break
        if told:
            hidden.append(told)
    assert hidden == []


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
