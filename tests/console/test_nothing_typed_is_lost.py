"""A form that is sent back keeps what was typed; records name people and not accounts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.desk_kit import a_request, keep, stored
from gateway.console.words import cited
from triage.facts import Fact, Status

TYPED = "Auntie rang: she keeps both of them until Friday."


async def page_of(answer) -> str:
    return await answer.text()


async def test_a_decision_that_is_sent_back_keeps_every_word(console, sign_in):
    keep(console, a_request())
    answer = await (await sign_in("ada")).decide(console, action="override", reason=TYPED, question="Who rang?")
    page = await page_of(answer)
    assert answer.status == 422
    assert f'rows="4">{TYPED}</textarea>' in page
    assert 'rows="2">Who rang?</textarea>' in page


@pytest.mark.parametrize("field", ["reason", "question"])
async def test_a_decision_on_a_stale_page_shows_what_was_written(console, sign_in, field):
    keep(console, a_request())
    ada = await sign_in("ada")
    answer = await ada.decide(console, action="override", **{field: TYPED, "version": "0"})
    assert answer.status == 409
    assert TYPED in await page_of(answer)


async def test_a_decision_on_a_closed_request_shows_what_was_written(console, sign_in):
    keep(console, replace(a_request(), state="closed"))
    ada = await sign_in("ada")
    assert TYPED in await page_of(await ada.decide(console, action="override", reason=TYPED))


@pytest.mark.parametrize(
    ("path", "typed"),
    [("/step", {"step": "close", "plan": TYPED}), ("/do-not-tell/ask", {"why": TYPED}), ("/say", {"note": TYPED})],
)
async def test_any_form_with_something_missing_shows_what_was_written(console, sign_in, path, typed):
    keep(console, a_request())
    ada = await sign_in("ada")
    answer = await ada.post(f"/console/requests/r1{path}", version=str(stored(console).version), **typed)
    assert answer.status == 422
    assert TYPED in await page_of(answer)


async def test_who_was_signed_out_meanwhile_gets_their_words_back_and_records_nothing(console, sign_in):
    keep(console, a_request())
    ada = await sign_in("ada")
    await ada.post("/console/sign-out")
    answer = await ada.post("/console/requests/r1/decision", action="override", reason=TYPED)
    assert answer.status == 401
    assert TYPED in await page_of(answer)
    assert stored(console).decisions == ()
    elsewhere = await ada.client.post(
        "/console/requests/r1/decision", data={"reason": TYPED}, headers={"Origin": "https://evil.example"}
    )
    assert TYPED not in await page_of(elsewhere)


async def test_what_was_told_and_half_filled_in_comes_back_filled_in_and_open(console, sign_in):
    keep(console, a_request())
    ada = await sign_in("ada")
    answer = await ada.post(
        "/console/requests/r1/agreement", version=str(stored(console).version),
        told="service:given", speaker="parent", said_at="2026-11-20T09:30",
    )  # fmt: skip
    page = await page_of(answer)
    assert answer.status == 422
    assert 'value="service:given" selected' in page
    assert "<details open><summary>Record an agreement" in page


async def test_the_wish_of_somebody_young_is_shown_as_a_wish(console, sign_in):
    wish = Fact("service_agreement", "child_refuses_parent_contact", Status.CONFIRMED, "person", a_request().created_at)
    keep(console, replace(a_request(), audience="young_person", consents=()).note(wish))
    page = await page_of(await (await sign_in("ada")).get("/console/requests/r1"))
    assert "In the conversation they chose: <strong>child refuses parent contact</strong>" in page
    assert "Agreement: not asked." not in page


async def test_the_audit_names_people_and_is_searched_by_their_names(console, sign_in):
    keep(console, a_request())
    ada = await sign_in("ada")
    await ada.get("/console/requests/r1")
    tom = await sign_in("tom")
    page = await page_of(await tom.get("/console/audit?q=Ada Okafor"))
    assert "<td>Ada Okafor" in page
    assert "request.opened" in page
    assert "<td>Tom Ferreira" not in page


def test_a_source_is_named_by_its_title():
    titles = {"s001": "Offer v2.0"}
    assert cited("Reviews (S001 4.1; S999 2)", titles) == "Reviews (Offer v2.0, 4.1; S999 2)"
