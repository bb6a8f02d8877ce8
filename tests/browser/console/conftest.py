"""The console in a real browser: the real gateway with a few invented requests on the desk."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest_asyncio
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page

from benchmarks.desk_kit import NOW, a_request, gateway_with, keep, make_console, proposal
from gateway.console.mount import source_titles
from triage.candidates import Candidate, kept
from triage.desk import PolicyDraft
from triage.ports import StoredMessage
from triage.request import Child, Level, Route

NEED = "england@2016.1:rules/need.yml:thresholds"
DRAFT_DAY = date(2026, 12, 1)
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
ZOOMED = {"width": 320, "height": 256}  # 1280 by 1024 at 400 %


def lay_out(console: Any) -> None:
    """Four requests of different urgency, one of them in danger."""
    keep(console, a_request(1))
    keep(console, a_request(2, danger="immediate_danger", danger_categories=("violence_in_progress",), requester_role="school",
                            proposal=proposal(Level.IMMEDIATE_DANGER, Route.EMERGENCY), audience="professional",
                            do_not_tell_family=True, sent_at=NOW - timedelta(minutes=5)))  # fmt: skip
    keep(console, a_request(3, proposal=proposal(Level.EARLY_HELP, Route.EARLY_RESPONDERS), channel="phone",
                            children=(Child(1, "Ada", -1),), sent_at=NOW - timedelta(days=3)))  # fmt: skip
    keep(console, a_request(4, proposal=None, state="abandoned", reference=None, sent_at=None))
    for number in range(1, 5):
        answer_in_the_chat(console, number)
    draft_rules(console)
    mark_for_training(console)
    console.source_titles.update(source_titles(console.policies_dir / "sources" / "register.yml"))


def answer_in_the_chat(console: Any, number: int) -> None:
    heard = {"in_reply_to": f"m{number}-2"}
    said = StoredMessage(f"m{number}-3", f"c{number}", 0, "bot", "Thank you for telling me.", NOW, heard)
    with console.units() as unit:
        unit.conversations.add_message(said, console.event("bot", "message.kept", f"conversation:c{number}"))
        unit.commit()


def mark_for_training(console: Any) -> None:
    """One message that waits to be read, and one that was kept."""
    waits = Candidate("k1", "r1", "m1-2", "warwickshire", "wrong_fact", "marked", "parent", "he hits me, we live in [place]",
                      "safeguarding_concern", ["domestic_abuse"], "neglect", "the children have supper", "ada", NOW)  # fmt: skip
    read = kept(
        replace(waits, id="k2"), "he gets handsy", "safeguarding_concern", "sexual_abuse_family", by="mina", at=NOW
    )
    for one in (waits, read):
        with console.units() as unit:
            unit.desk.training_candidates.add(one, console.event("officer:ada", "candidate.marked", "request:r1"))
            unit.commit()


def draft_rules(console: Any) -> None:
    """One draft that moves somebody, and one that breaks a promise."""
    for id_, version, edits in (
        (
            "d1",
            "2026.1",
            {f"{NEED}/repeated_abuse_around_a_small_or_disabled_child/when/all/2/any/0/youngest_age/at_most": "4"},
        ),
        ("d2", "2026.2", {"england@2016.1:rules/danger.yml:thresholds/danger_now_means_999/level": "universal"}),
    ):
        draft = PolicyDraft(id_, "warwickshire@2018.1", version, DRAFT_DAY, "Panel of 12 November", edits, NOW, "grace")
        with console.units() as unit:
            unit.desk.policy_drafts.add(draft, console.event("officer:grace", "rules.drafted", f"policy_draft:{id_}"))
            unit.commit()


@pytest_asyncio.fixture(loop_scope="session")
async def desk(sqlite_url: str) -> AsyncIterator[Any]:
    console = make_console(sqlite_url)
    lay_out(console)
    yield console


@pytest_asyncio.fixture(loop_scope="session")
async def console_site(desk: Any) -> AsyncIterator[str]:
    server = TestServer(gateway_with(desk))
    await server.start_server()
    yield f"http://127.0.0.1:{server.port}"
    await server.close()


@pytest_asyncio.fixture(loop_scope="session")
async def officer_page(browser: Browser, console_site: str) -> AsyncIterator[Any]:
    """Signs somebody in: `page = await officer_page("ada", viewport=PHONE)`."""
    contexts = []

    async def enter(officer: str, viewport: dict[str, int] = DESK) -> Page:
        context = await browser.new_context(viewport=viewport, base_url=console_site, reduced_motion="reduce")
        contexts.append(context)
        page = await context.new_page()
        page.set_default_timeout(60_000)  # proving a draft takes a second, and ten on a crowded machine
        await page.goto("/console/sign-in")
        await page.check(f"#as-{officer}")
        await page.click("main button")
        await page.wait_for_url(lambda url: not url.endswith("/sign-in"))
        await page.wait_for_load_state("load")  # keys are listened to once the script has run
        return page

    yield enter
    for context in contexts:
        await context.close()
