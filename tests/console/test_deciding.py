"""The officer's decision is the only one that counts, and it has a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from benchmarks.desk_kit import NOW, a_request, keep, proposal, stored, trail
from triage.consent import ConsentKind, ConsentRecord
from triage.deciding import Action, Choice, ChoiceIncomplete, Look, decide
from triage.permissions import NotAllowed, Officer, Role
from triage.request import Level, Route

TODAY = date(2026, 11, 20)
ADA = Officer("ada", "Ada", frozenset({Role.OFFICER}))
TOM = Officer("tom", "Tom", frozenset({Role.AUDITOR}))


def choose(request=None, officer=ADA, **choice):
    return decide(request or a_request(), Choice(**choice), officer=officer, look=Look(NOW), now=NOW, today=TODAY)


def refused(field, **choice):
    with pytest.raises(ChoiceIncomplete) as found:
        choose(**choice)
    assert field in found.value.problems


def test_agreeing_with_the_proposal_needs_no_reason_and_waits_for_a_worker():
    decided = choose(action=Action.CONFIRM)
    assert decided.state == "to_allocate"
    assert (decided.decision.level, decided.decision.route) == (Level.TARGETED, Route.TARGETED_SUPPORT)


def test_nothing_is_chosen_for_the_officer():
    refused("action")


@pytest.mark.parametrize("level", [Level.EARLY_HELP, Level.SIGNIFICANT_HARM])
def test_not_following_the_proposal_needs_a_reason_up_and_down(level):
    refused("reason", action=Action.OVERRIDE, level=level, route=Route.MASH_REFERRAL)
    decided = choose(action=Action.OVERRIDE, level=level, route=Route.MASH_REFERRAL, reason="History of visits.")
    assert decided.decision.level is level
    assert decided.state == "referred"


def test_an_override_that_overrides_nothing_is_sent_back():
    refused("action", action=Action.OVERRIDE, level=Level.TARGETED, route=Route.TARGETED_SUPPORT, reason="x")


def test_closing_always_needs_a_reason():
    refused("reason", request=a_request(proposal=proposal(Level.UNIVERSAL, Route.INFORMATION)), action=Action.CONFIRM)
    refused("reason", action=Action.NO_FURTHER_ACTION)
    assert choose(action=Action.NO_FURTHER_ACTION, reason="Asked by mistake.").state == "closed"


def test_what_cannot_be_offered_now_is_unmet_need_and_never_a_lower_level():
    refused("reason", action=Action.CONFIRM, cannot_offer=True)
    decided = choose(action=Action.CONFIRM, cannot_offer=True, reason="No worker in Nuneaton until May.")
    assert decided.state == "unmet"
    assert decided.decision.level is Level.TARGETED


def test_a_service_that_needs_agreement_does_not_start_without_it():
    refusing = a_request().agree(ConsentRecord(ConsentKind.SERVICE, "refused", "parent", NOW, "v1", "web"))
    refused("route", request=refusing, action=Action.CONFIRM)
    decided = choose(
        refusing, action=Action.OVERRIDE, level=Level.SIGNIFICANT_HARM, route=Route.MASH_REFERRAL, reason="Harm."
    )
    assert decided.state == "referred", "significant harm is never held back by consent"


@pytest.mark.parametrize("until", [None, TODAY, TODAY + timedelta(days=29)])
def test_a_hold_has_a_date_in_the_near_future(until):
    refused("until", action=Action.HOLD, until=until, reason="Waiting for school.")


def test_immediate_danger_is_never_put_on_hold():
    refused(
        "action", request=a_request(danger="immediate_danger"), action=Action.HOLD, until=date(2026, 11, 23), reason="x"
    )


def test_a_contact_without_a_proposal_is_decided_by_level_and_route():
    contact = a_request(state="abandoned", proposal=None)
    refused("action", request=contact, action=Action.CONFIRM)
    decided = choose(
        contact,
        action=Action.OVERRIDE,
        level=Level.SIGNIFICANT_HARM,
        route=Route.MASH_REFERRAL,
        reason="Danger was heard.",
    )
    assert decided.state == "referred"


def test_an_auditor_does_not_decide():
    with pytest.raises(NotAllowed):
        choose(officer=TOM, action=Action.CONFIRM)


# ---- in the console --------------------------------------------------------------------------------


async def test_confirming_in_the_console_is_recorded_with_its_event(console, sign_in):
    keep(console, a_request())
    answer = await (await sign_in("ada")).decide(console, action="confirm")
    assert answer.status == 303
    decided = stored(console)
    assert decided.state == "to_allocate"
    assert decided.decision.officer == "ada"
    assert decided.decision.opened_at == console.now()
    assert [e.action for e in trail(console)][-1] == "decision.made"


async def test_an_incomplete_decision_comes_back_with_what_was_written(console, sign_in):
    keep(console, a_request())
    answer = await (await sign_in("ada")).decide(console, action="hold", reason="Waiting for the school")
    page = await answer.text()
    assert answer.status == 422
    assert "There is a problem" in page
    assert "Waiting for the school</textarea>" in page
    assert stored(console).decisions == ()


async def test_no_option_is_chosen_on_the_page(console, sign_in):
    keep(console, a_request())
    page = await (await (await sign_in("ada")).get("/console/requests/r1")).text()
    form = page[page.index('id="decision-form"') : page.index("Record my decision")]
    assert " checked" not in form
    assert " selected" not in form


async def test_two_officers_at_once_lose_nothing_and_the_second_is_told(console, sign_in):
    keep(console, a_request())
    ada, ben = await sign_in("ada"), await sign_in("ben")
    await ben.get("/console/requests/r1")
    await ada.get("/console/requests/r1")
    version = str(stored(console).version)
    await ada.post("/console/requests/r1/decision", version=version, action="confirm")
    answer = await ben.post(
        "/console/requests/r1/decision", version=version, action="no_further_action", reason="Already known to us"
    )
    page = await answer.text()
    assert answer.status == 409
    assert "Somebody else has decided" in page
    assert "Already known to us" in page, "what was written is given back"
    assert [d.officer for d in stored(console).decisions] == ["ada"]


async def test_a_replayed_form_decides_nothing_a_second_time(console, sign_in):
    keep(console, a_request())
    ada = await sign_in("ada")
    await ada.get("/console/requests/r1")
    form = {"version": str(stored(console).version), "action": "confirm"}
    assert (await ada.post("/console/requests/r1/decision", **form)).status == 303
    assert (await ada.post("/console/requests/r1/decision", **form)).status == 409
    assert len(stored(console).decisions) == 1


async def test_nobody_decides_without_having_opened_it(console, sign_in):
    keep(console, a_request())
    ada = await sign_in("ada")
    answer = await ada.post("/console/requests/r1/decision", version=str(stored(console).version), action="confirm")
    assert answer.status == 422
    assert "Open the request" in await answer.text()


async def test_a_question_goes_back_into_the_chat_and_has_a_day_by_which_to_look(console, sign_in):
    keep(console, a_request())
    await (await sign_in("ada")).decide(
        console, action="ask", question="Which school is he at?", reason="To find the team"
    )
    with console.units() as unit:
        last = unit.conversations.messages("c1")[-1]
        task = unit.desk.tasks.find(request_id="r1")[0]
    assert (last.author, last.text) == ("officer", "Which school is he at?")
    assert task.due_on == date(2026, 11, 23), "Friday plus one working day"
    assert stored(console).state == "asked"


async def test_a_question_to_somebody_who_telephoned_is_a_call_back(console, sign_in):
    keep(console, a_request(channel="phone"))
    await (await sign_in("ada")).decide(console, action="ask", question="Which school?", reason="To find the team")
    with console.units() as unit:
        assert unit.desk.tasks.find(request_id="r1")[0].kind == "call_back"
        assert unit.conversations.messages("c1")[-1].author == "person"


async def test_on_a_blind_first_look_the_proposal_is_hidden_until_the_officer_has_chosen(sqlite_url, sign_in, console):
    object.__setattr__(console, "settings", replace(console.settings, blind_share=1.0))
    keep(console, a_request())
    ada = await sign_in("ada")
    queue = await (await ada.get("/console")).text()
    page = await (await ada.get("/console/requests/r1")).text()
    for text in (queue, page):
        assert "hidden until you" in text.replace("is hidden until you have", "hidden until you")
        assert "enhanced" not in text
    assert "Several needs" not in page
    early = await ada.decide(console, action="confirm")
    assert early.status == 422
    await ada.post("/console/requests/r1/first-look", level="child_in_need", route="mash_referral")
    page = await (await ada.get("/console/requests/r1")).text()
    assert "Several needs" in page
    assert "Before the proposal was shown: Child in need" in page
    await ada.decide(console, action="confirm")
    assert stored(console).decision.blind
