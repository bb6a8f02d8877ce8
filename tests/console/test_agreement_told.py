"""No service goes on unnoticed without a yes; a yes or a no said to an officer is written down with who, when and how."""

from __future__ import annotations

import pytest

from benchmarks.desk_kit import stored, trail
from tests.console.test_correcting import proposed
from triage.consent import ConsentKind

SAID = {"told": "service:given", "speaker": "parent", "way": "telephone", "said_at": "2026-11-20T09:30"}


def unasked(console, **more):
    """The family was not asked: no record, and the proposal made from that."""
    return proposed(console, service_agreement="not_asked", consents=(), **more)


async def record(browser, console, **said):
    form = {**SAID, "version": str(stored(console).version), **said}
    return await browser.post("/console/requests/r1/agreement", **form)


async def test_the_page_says_at_the_decision_that_nobody_was_asked(desk, sign_in):
    unasked(desk)
    page = await (await (await sign_in("ada")).get("/console/requests/r1")).text()
    assert "Agreement: not asked." in page
    assert page.index('id="agreement-awaited"') < page.index('id="decision-form"')


async def test_confirming_a_service_that_nobody_agreed_to_asks_for_a_reason(desk, sign_in):
    unasked(desk)
    ada = await sign_in("ada")
    answer = await ada.decide(desk, action="confirm")
    assert answer.status == 422
    assert "Nobody has agreed to this yet" in await answer.text()
    assert (await ada.decide(desk, action="confirm", reason="Mum asks for it; she is rung at four")).status == 303


async def test_harm_waits_for_nobodys_agreement(desk, sign_in):
    unasked(desk, sexual_harm=True)
    ada = await sign_in("ada")
    assert 'id="agreement-awaited"' not in await (await ada.get("/console/requests/r1")).text()
    assert (await ada.decide(desk, action="confirm")).status == 303


async def test_a_yes_by_telephone_is_recorded_and_the_proposal_follows(desk, sign_in):
    before = unasked(desk).proposal
    ada = await sign_in("ada")
    assert (await record(ada, desk)).status == 303
    request = stored(desk)
    kept = request.consents[-1]
    assert (kept.kind, kept.value, kept.channel) == (ConsentKind.SERVICE, "given", "by telephone")
    assert (kept.by, kept.at.isoformat()) == ("a parent with parental responsibility", "2026-11-20T09:30:00+00:00")
    assert "Ada" in kept.reason
    assert request.proposal.consent_outcome == "propose_help" != before.consent_outcome
    assert "agreement.recorded" in [e.action for e in trail(desk)]
    assert (await ada.decide(desk, action="confirm")).status == 303


async def test_a_no_by_telephone_stops_the_service(desk, sign_in):
    unasked(desk)
    ada = await sign_in("ada")
    await record(ada, desk, told="service:refused")
    assert stored(desk).proposal.route == "information"


async def test_sharing_and_telling_are_records_of_their_own(desk, sign_in):
    unasked(desk)
    ada = await sign_in("ada")
    await record(ada, desk, told="sharing:given", agency="school")
    await record(ada, desk, told="informed:yes")
    kinds = [(r.kind, r.agency) for r in stored(desk).consents]
    assert kinds == [(ConsentKind.SHARING, "school"), (ConsentKind.INFORMED, None)]
    assert (await ada.decide(desk, action="confirm")).status == 422, "neither is agreement to a service"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"told": "lawful_basis:public_task"}, "told"),
        ({"told": "sharing:given"}, "agency"),
        ({"speaker": ""}, "speaker"),
        ({"speaker": "carer"}, "speaker"),
        ({"way": ""}, "way"),
        ({"said_at": "2026-11-21T09:30"}, "said_at"),
        ({"said_at": ""}, "said_at"),
    ],
)
async def test_who_when_and_how_are_needed(desk, sign_in, wrong, field):
    unasked(desk)
    answer = await record(await sign_in("ada"), desk, **wrong)
    assert answer.status == 422
    assert stored(desk).consents == ()


async def test_a_neighbour_cannot_agree_for_the_family_and_the_parent_can(desk, sign_in):
    unasked(desk, requester="public")
    ada = await sign_in("ada")
    assert (await ada.decide(desk, action="confirm")).status == 422
    await record(ada, desk)
    assert (await ada.decide(desk, action="confirm")).status == 303
