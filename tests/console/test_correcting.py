"""An officer corrects a fact: the proposal follows it, the earlier one stays beside it, and the decision stays theirs."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from benchmarks.desk_kit import NOW, a_request, keep, stored, trail
from gateway.packs import deployed
from triage.conversation.sending import proposal_of
from triage.facts import Fact, Status
from triage.request import Level, Route
from triage.routing import settle

KNOWN = {
    "requester": "parent", "place": "in_area", "danger_now": False, "wants": "short_help", "impact": "starting",
    "needs": "one", "service_agreement": "given",
}  # fmt: skip


def proposed(console, consents=None, **more):
    """A request with what the real pack proposed for it a while ago."""
    known = {**KNOWN, **more}
    pack = deployed(console.policies_dir).for_authority("warwickshire", on=NOW.date())
    made = proposal_of(settle(known, pack, on=NOW.date()), pack, NOW - timedelta(hours=1))
    request = a_request() if consents is None else a_request(consents=consents)
    facts = [Fact(name, value, Status.STATED, "parent", NOW) for name, value in known.items()]
    return keep(console, replace(request, facts=replace(request.facts, noted=tuple(facts)), proposal=made))


async def correct(browser, console, fact, value):
    return await browser.post(
        "/console/requests/r1/correct",
        fact=fact,
        value=value,
        reason="The school rang",
        version=str(stored(console).version),
    )


def all_proposals(console):
    with console.units() as unit:
        return unit.requests.proposals("r1")


async def test_the_proposal_is_worked_out_anew_and_the_earlier_one_stays(desk, sign_in):
    before = proposed(desk).proposal
    ada = await sign_in("ada")
    assert (await correct(ada, desk, "sexual_harm", "yes")).status == 303
    after = stored(desk).proposal
    assert before.route is not Route.MASH_REFERRAL
    assert (after.level, after.route) == (Level.SIGNIFICANT_HARM, Route.MASH_REFERRAL)
    assert [p.level for p in all_proposals(desk)] == [before.level, after.level], "nothing is rewritten"


async def test_it_is_the_same_pack_of_the_same_day(desk, sign_in):
    before = proposed(desk).proposal
    desk.clock.move(days=400)
    await correct(await sign_in("ada"), desk, "sexual_harm", "yes")
    after = stored(desk).proposal
    assert (after.pack, after.on) == (before.pack, before.on)
    assert after.at == desk.now()


async def test_the_page_shows_old_and_new_with_reasons_and_clocks(desk, sign_in):
    proposed(desk)
    ada = await sign_in("ada")
    await correct(ada, desk, "sexual_harm", "yes")
    page = await (await ada.get("/console/requests/r1")).text()
    change = page[page.index('class="changed"') :]
    assert "was corrected or recorded" in change
    assert "→" in change
    assert change.index("Early") < change.index("MASH referral")
    assert "Its reasons:" in change
    assert "Its clocks:" in change


async def test_the_audit_trail_says_from_what_to_what(desk, sign_in):
    before = proposed(desk).proposal
    await correct(await sign_in("ada"), desk, "sexual_harm", "yes")
    event = next(e for e in trail(desk) if e.action == "fact.corrected")
    assert event.actor == "officer:ada"
    assert event.data["route"] == [before.route, "mash_referral"]
    assert event.data["pack"] == before.pack


async def test_a_decision_stays_as_it_was_made(desk, sign_in):
    proposed(desk)
    ada = await sign_in("ada")
    await ada.decide(desk, action="confirm")
    decided = stored(desk)
    await correct(ada, desk, "sexual_harm", "yes")
    after = stored(desk)
    assert (after.decisions, after.state) == (decided.decisions, decided.state)
    assert after.proposal.level is Level.SIGNIFICANT_HARM


async def test_correcting_danger_away_leaves_somebody_to_look(desk, sign_in):
    request = proposed(desk, danger_now=True)
    assert request.proposal.route is Route.EMERGENCY
    await correct(await sign_in("ada"), desk, "danger_now", "no")
    assert stored(desk).proposal.route is Route.MASH_REFERRAL


async def test_danger_once_heard_stays_heard(desk, sign_in):
    keep(desk, replace(a_request(2), danger="immediate_danger"))
    proposed(desk)
    ada = await sign_in("ada")
    await ada.post("/console/requests/r2/correct", fact="danger_now", value="no", reason="x", version="1")
    assert stored(desk, "r2").danger == "immediate_danger"


async def test_danger_that_a_correction_brings_is_heard_at_once(desk, sign_in):
    proposed(desk)
    await correct(await sign_in("ada"), desk, "danger_now", "yes")
    assert stored(desk).danger == "immediate_danger"
    assert "danger.raised" in [e.action for e in trail(desk)]


async def test_new_grounds_hide_it_from_the_family_and_none_are_taken_away(desk, sign_in):
    proposed(desk)
    ada = await sign_in("ada")
    await correct(ada, desk, "sexual_harm", "yes")
    assert stored(desk).do_not_tell_family
    assert "do_not_tell.set" in [e.action for e in trail(desk)]
    await correct(ada, desk, "sexual_harm", "no")
    assert stored(desk).do_not_tell_family, "two named people clear that, nobody else"


async def test_without_its_pack_the_fact_alone_is_noted(desk, sign_in):
    request = proposed(desk)
    with desk.units() as unit:
        gone = replace(unit.requests.get("r1"), proposal=replace(request.proposal, pack="warwickshire@1999.1"))
        unit.requests.save(gone, desk.event("system", "test", "request:r1"))
        unit.commit()
    answer = await correct(await sign_in("ada"), desk, "sexual_harm", "yes")
    assert answer.headers["Location"].endswith("done=noted")
    assert stored(desk).proposal.pack == "warwickshire@1999.1"
    assert stored(desk).facts.known()["sexual_harm"] is True


async def test_a_correction_is_a_new_fact_and_the_old_one_stays(console, sign_in):
    keep(console, a_request())
    ada = await sign_in("ada")
    await ada.post(
        "/console/requests/r1/correct",
        fact="neglect",
        value="no",
        reason="School visited",
        version=str(stored(console).version),
    )
    facts = [fact for fact in stored(console).facts.noted if fact.name == "neglect"]
    assert [fact.value for fact in facts] == [True, False]
    assert "Earlier answers that were changed" in await (await ada.get("/console/requests/r1")).text()


async def test_a_correction_to_what_the_fact_cannot_be_says_what_it_can_be(console, sign_in):
    console.fact_meanings.update(dict.fromkeys(("domestic_abuse", "youngest_age", "needs"), "as the vocabulary says"))
    keep(console, a_request())
    browser = await sign_in("ada")
    told = {"version": "1", "reason": "The school rang."}
    for fact, value, words in (
        ("domestic_abuse", "maybe", "Domestic abuse is yes or no"),
        ("youngest_age", "very young", "Youngest age is a whole number from -1 to 25"),
        ("needs", "lots", "Needs is none or one or several"),
    ):
        answer = await browser.post("/console/requests/r1/correct", fact=fact, value=value, **told)
        assert answer.status == 422
        assert words in await answer.text()
