"""An officer's day in a real browser, with a picture of each step for the documentation."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.async_api import expect

from benchmarks.desk_kit import stored
from tests.browser.helpers import picture

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_sign_in_queue_and_open(officer_page, console_site, browser):
    context = await browser.new_context(base_url=console_site, viewport={"width": 1280, "height": 900})
    page = await context.new_page()
    await page.goto("/console")
    await expect(page).to_have_title("Sign in – Front Door")
    await picture(page, "console-sign-in")
    await context.close()
    page = await officer_page("ada")
    first = page.locator("#queue tbody tr").first
    await expect(first).to_contain_text("FD-0002")
    await expect(first).to_contain_text("Danger now")
    await picture(page, "console-queue")
    await page.click("text=FD-0001")
    await expect(page.locator("mark")).to_have_text("hungry")
    await picture(page, "console-request")


async def test_evidence_and_fact_lead_to_each_other(officer_page):
    page = await officer_page("ada")
    await page.goto("/console/requests/r1")
    await page.click("mark a")
    await expect(page.locator("#fact-1")).to_be_in_viewport()
    await page.click("#fact-1 a")
    assert page.url.endswith("#evidence-1")
    await expect(page.locator("mark")).to_be_in_viewport()


async def test_confirming_and_overriding(officer_page, desk):
    page = await officer_page("ada")
    await page.goto("/console/requests/r1")
    assert await page.locator("#decision-form input[type=radio]:checked").count() == 0
    await page.click("text=Record my decision")
    await expect(page.locator(".problems")).to_be_focused()
    await expect(page.locator(".problems")).to_contain_text("Choose what happens")
    await picture(page, "console-decision-missing")
    await page.check("#action-confirm")
    await page.click("text=Record my decision")
    await expect(page.locator("[role=status]")).to_contain_text("recorded")
    await picture(page, "console-confirmed")
    await page.goto("/console/requests/r3")
    await page.check("#action-override")
    await page.select_option("#level", "child_in_need")
    await page.select_option("#route", "mash_referral")
    await page.fill("#reason", "Two earlier visits and an unborn baby.")
    await picture(page.locator("#decision-form"), "console-override")
    await page.click("text=Record my decision")
    await expect(page.locator(".decision")).to_contain_text("Decided differently")
    assert [stored(desk, id_).state for id_ in ("r1", "r3")] == ["to_allocate", "referred"]


async def test_a_question_goes_back_to_the_person(officer_page, desk):
    page = await officer_page("ada")
    await page.goto("/console/requests/r1")
    await page.check("#action-ask")
    await page.fill("#question", "Which school does he go to?")
    await page.fill("#reason", "To find the right team")
    await page.click("text=Record my decision")
    await expect(page.locator(".from-officer")).to_contain_text("Which school")
    await picture(page, "console-asked")


async def test_a_blind_first_look(officer_page, desk):
    object.__setattr__(desk, "settings", replace(desk.settings, blind_share=1.0))
    page = await officer_page("ada")
    await page.goto("/console/requests/r1")
    await expect(page.locator("#decide-h")).to_have_text("Your first look")
    await expect(page.locator("body")).not_to_contain_text("Several needs affect daily life")
    await picture(page, "console-blind-first-look")
    await page.select_option("#level", "targeted")
    await page.select_option("#route", "targeted_support")
    await page.click("text=Show me the proposal")
    await expect(page.locator("body")).to_contain_text("Several needs affect daily life")


async def test_allocating_a_letter_a_step_up_and_a_copy(officer_page, desk):
    ada = await officer_page("ada")
    await ada.goto("/console/requests/r1")
    await ada.check("#action-confirm")
    await ada.click("text=Record my decision")
    await ada.select_option("#kind", "next_step")
    await ada.select_option("#channel", "letter")
    await ada.click("button:has-text('Write')")
    await expect(ada.locator("section[aria-labelledby=letters-h]")).to_contain_text("blocked")
    await ada.click("section[aria-labelledby=letters-h] li a")
    await expect(ada.locator(".stop")).to_contain_text("must not leave")
    await picture(ada, "console-letter-blocked")

    mina = await officer_page("mina")
    await mina.goto("/console/allocation")
    for field, value in {
        "name": "Sam Price",
        "authority": "warwickshire",
        "locality": "nuneaton",
        "most": "12",
    }.items():
        await mina.fill(f"#{field}", value)
    await mina.select_option("#team", "family_support")
    await mina.click("button:has-text('Add')")
    await picture(mina, "console-allocation")
    await mina.click("text=FD-0001")
    await mina.click("label:has-text('Sam Price')")
    await mina.click("main button:has-text('Allocate')")
    await expect(mina.locator("[role=status]")).to_contain_text("Allocated")
    await mina.check("#step-step_up")
    await mina.fill("#plan", "Early help plan of 3 November")
    await mina.fill("#step-reason", "It has become worse")
    await mina.click("text=Record the step")
    await expect(mina.locator("section[aria-labelledby=tasks-h]")).to_contain_text("60 working days")
    await picture(mina, "console-step-up")
    async with mina.expect_download() as download:
        await mina.click("text=PDF (tagged)")
    assert (await download.value).suggested_filename == "FD-0001.pdf"


async def test_the_audit_and_oversight_pages(officer_page):
    page = await officer_page("grace")
    for request in ("r1", "r2"):
        await page.goto(f"/console/requests/{request}")
        await page.check("#action-confirm")
        await page.click("text=Record my decision")
    await page.goto("/console/audit")
    await page.click("text=Check the whole chain")
    await expect(page.locator("[role=status]")).to_contain_text("events hold")
    await picture(page, "console-audit")
    await page.goto("/console/oversight")
    await expect(page.locator("svg[role=img]").first).to_be_visible()
    await picture(page, "console-oversight")


async def test_after_signing_out_the_cookie_opens_nothing(officer_page, console_site, browser):
    page = await officer_page("ada")
    cookies = await page.context.cookies()
    await page.click("text=Sign out")
    await expect(page).to_have_title("Sign in – Front Door")
    replay = await browser.new_context(base_url=console_site)
    await replay.add_cookies(cookies)
    again = await replay.new_page()
    await again.goto("/console/requests/r1")
    await expect(again).to_have_title("Sign in – Front Door")
    await picture(again, "console-signed-out")
    await replay.close()


async def test_the_queue_is_worked_by_keyboard_alone(officer_page, desk):
    page = await officer_page("ada")
    await page.keyboard.press("j")
    await expect(page.locator("#queue a.strong").first).to_be_focused()
    await page.keyboard.press("j")
    await page.keyboard.press("k")
    await page.keyboard.press("Enter")
    await expect(page.locator("h1")).to_contain_text("FD-0002")
    await page.focus("#action-confirm")
    await page.keyboard.press("Space")
    await page.focus("#reason")
    await page.keyboard.type("Police are on the way.")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.locator("[role=status]")).to_contain_text("recorded")
    assert stored(desk, "r2").state == "referred"


async def test_a_named_person_signs_the_safety_case(officer_page):
    page = await officer_page("grace")
    await page.goto("/console/safety")
    await expect(page.locator("main")).to_contain_text("Nobody has signed this version")
    await page.select_option("#capacity", "safety_officer")
    await page.check("#read")
    await page.click("main button:has-text('Sign')")
    await expect(page.locator("main")).to_contain_text("read and signed by Grace Lindqvist, safety officer")
    await picture(page, "console-safety-case")


async def test_a_lead_changes_a_threshold_in_the_browser_and_signs_it(officer_page):
    page = await officer_page("grace")
    await page.goto("/console/rules")
    await picture(page, "console-rules")
    await page.goto("/console/rules/drafts/d1")
    rule = page.locator("section.rule", has_text="Repeated abuse around a small or disabled child")
    await expect(rule.get_by_label("Youngest age at most")).to_have_value("4")
    await rule.get_by_label("Youngest age at most").fill("3")
    await rule.scroll_into_view_if_needed()
    await picture(page, "console-rules-draft")
    await page.click("text=Keep, and show what changes")
    await expect(page.locator("main")).to_contain_text("6 → 3", timeout=60_000)
    await expect(page.locator("main")).to_contain_text("all hold, in every situation")
    await picture(page, "console-rules-change")
    await page.check("#read")
    await page.click("text=Sign the draft")
    await expect(page.locator("[role=status]")).to_contain_text("Signed by Grace Lindqvist", timeout=60_000)


async def test_a_draft_that_lowers_danger_cannot_be_signed(officer_page):
    page = await officer_page("grace")
    await page.goto("/console/rules/drafts/d2/check")
    await expect(page.locator("main")).to_contain_text("It cannot be signed while a gate is shut", timeout=60_000)
    assert await page.locator("text=Sign the draft").count() == 0


async def test_a_draft_is_changed_by_keyboard_alone(officer_page):
    page = await officer_page("grace")
    await page.goto("/console/rules/drafts/d1")
    await page.get_by_label("Youngest age at most").first.focus()
    await page.keyboard.press("Control+a")
    await page.keyboard.type("5")
    await page.keyboard.press("Enter")
    await expect(page.locator("h1")).to_contain_text("would change", timeout=60_000)
    await page.focus("#read")
    await page.keyboard.press("Space")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.locator("[role=status]")).to_contain_text("Signed by", timeout=60_000)
