"""After the decision: work finds a worker, steps have clocks, letters leave only where it is safe."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.desk_kit import NOW, a_request, keep, stored, trail
from gateway.alerts.watch import look
from gateway.calendar import EnglandWorkingDays
from triage import allocation, letters
from triage.consent import ConsentKind, ConsentRecord
from triage.desk import Allocation, Worker
from triage.ports import StoredMessage
from triage.request import SafeContact


def worker(id_="w1", unit="cases", most=15, team="family_support", **more) -> Worker:
    return Worker(id_, id_.upper(), "warwickshire", more.pop("locality", "nuneaton"), team, unit, most, **more)


def held(worker_id="w1", load=1, unit="cases", number=1) -> Allocation:
    return Allocation(f"a{number}", f"r{number}", worker_id, "fs", unit, load, date(2026, 1, 5))


def test_children_are_never_counted_as_cases():
    children_worker = worker("w2", "children", 20, "pod_family_support")
    found = allocation.loads(
        [worker(), children_worker], [held(load=3), held("w2", 4, "children", 2), held("w2", 9, "cases", 3)]
    )
    assert [(load.worker.id, load.held) for load in found] == [("w1", 3), ("w2", 4)]
    assert allocation.weight(worker(), children=4) == 1
    assert allocation.weight(children_worker, children=4) == 4
    assert allocation.weight(children_worker, children=0) == 1, "an unborn or unnamed child counts"


def test_a_full_worker_takes_nothing_more_and_the_reason_names_the_unit():
    with pytest.raises(allocation.NoRoom, match="15 of 15 cases"):
        allocation.check_room(allocation.Load(worker(), 15), children=1)


def test_half_a_pod_holds_fifty_children():
    social = [worker(f"s{n}", "children", 50, "pod_social_work", pod="north 1") for n in range(2)]
    pod = [allocation.Load(social[0], 30), allocation.Load(social[1], 19)]
    allocation.check_room(pod[1], 1, pod)
    with pytest.raises(allocation.NoRoom, match="49 of 50"):
        allocation.check_room(pod[1], 2, pod)


def test_workers_of_the_locality_come_first_then_those_with_most_room():
    near, far = worker("near"), worker("far", locality="rugby")
    loads = [allocation.Load(far, 0), allocation.Load(near, 14)]
    assert [load.worker.id for load in allocation.suggestions(loads, "nuneaton", 1)] == ["near", "far"]


def test_review_dates_follow_the_kind_of_work_and_fall_on_working_days():
    calendar = EnglandWorkingDays()
    early = allocation.reviews("targeted", date(2026, 1, 31), calendar)
    assert [due.on for due in early] == [date(2026, 4, 30), date(2026, 7, 31), date(2026, 11, 2), date(2027, 2, 1)]
    need = allocation.reviews("child_in_need", date(2026, 11, 20), calendar)
    assert need[0].on == date(2027, 1, 4), "six weeks on is New Year's Day; then a weekend"
    assert allocation.annual_review(date(2024, 2, 29), calendar).on == date(2025, 2, 28)


def test_a_step_starts_its_clocks():
    up = allocation.step_clocks("step_up", date(2026, 11, 20), EnglandWorkingDays())
    assert [due.on for due in up] == [date(2026, 12, 25), date(2027, 2, 17)]
    assert allocation.step_clocks("close", date(2026, 11, 20), EnglandWorkingDays()) == ()


# ---- letters -------------------------------------------------------------------------------------

WAYS = st.booleans()
contacts = st.builds(
    SafeContact, phone=st.sampled_from([None, "07700 900123"]), email=st.sampled_from([None, "a@example.org"]),
    safe_call=WAYS, safe_text=WAYS, safe_voicemail=WAYS, safe_email=WAYS, safe_letter=WAYS,
)  # fmt: skip


@given(contact=contacts, channel=st.sampled_from([*letters.CHANNELS, "pigeon"]), kind=st.sampled_from(letters.KINDS),
       audience=st.sampled_from(["family", "professional"]), anonymous=st.booleans())  # fmt: skip
def test_no_letter_reaches_a_family_that_must_not_be_told(contact, channel, kind, audience, anonymous):
    request = a_request(safe_contact=contact, audience=audience, anonymous=anonymous, do_not_tell_family=True)
    if kind.recipient == letters.FAMILY:
        assert letters.why_blocked(request, kind, channel)
    unsafe = a_request(safe_contact=contact).agree(
        ConsentRecord(ConsentKind.INFORMED, "unsafe", "referrer", NOW, "v1", "web")
    )
    if kind.recipient == letters.FAMILY:
        assert letters.why_blocked(unsafe, kind, channel)


@given(contact=contacts, channel=st.sampled_from(letters.CHANNELS))
def test_a_way_that_was_not_said_to_be_safe_is_not_used(contact, channel):
    kind = letters.kind_named("closure")
    safe = {"letter": contact.safe_letter, "email": contact.safe_email, "phone": contact.safe_call}[channel]
    if not letters.why_blocked(a_request(safe_contact=contact), kind, channel):
        assert safe


async def decided(console, sign_in, **changes):
    keep(console, a_request(**changes))
    ada = await sign_in("ada")
    await ada.decide(console, action="confirm")
    return ada


async def test_a_blocked_letter_is_written_down_as_blocked_and_is_not_released(console, sign_in):
    ada = await decided(console, sign_in)
    await ada.post("/console/requests/r1/letters", kind="next_step", channel="letter")
    page = await (await ada.get("/console/requests/r1")).text()
    assert "blocked: They did not say that it is safe to use this way: letter." in page
    with console.units() as unit:
        letter = unit.desk.letters.find(request_id="r1")[0]
    await ada.post(f"/console/requests/r1/letters/{letter.id}/release")
    with console.units() as unit:
        assert unit.desk.letters.get(letter.id).released_at is None
    assert "letter.blocked" in [event.action for event in trail(console)]


async def test_safety_is_asked_again_at_the_moment_of_release(console, sign_in):
    ada = await decided(console, sign_in)
    await ada.post("/console/requests/r1/letters", kind="next_step", channel="phone")
    with console.units() as unit:
        letter = unit.desk.letters.find(request_id="r1")[0]
    assert not letter.blocked
    await ada.post("/console/requests/r1/do-not-tell", reason="He has moved back in")
    await ada.post(f"/console/requests/r1/letters/{letter.id}/release")
    with console.units() as unit:
        kept = unit.desk.letters.get(letter.id)
    assert kept.released_at is None
    assert "must not be told" in kept.blocked


@pytest.mark.parametrize(
    ("decision", "outcome"),
    [
        ({"action": "confirm"}, "Outcome: accepted for early help or targeted support"),
        ({"action": "no_further_action", "reason": "Met by the school"}, "Outcome: no service from us follows"),
    ],
)
async def test_who_referred_hears_accepted_or_not_and_where_to_disagree_and_no_details(
    console, sign_in, decision, outcome
):
    contact = SafeContact(email="head@oak.sch.example")
    keep(console, a_request(audience="professional", requester_role="school", safe_contact=contact))
    ada = await sign_in("ada")
    await ada.decide(console, **decision)
    await ada.post("/console/requests/r1/letters", kind="outcome", channel="email")
    with console.units() as unit:
        (letter,) = unit.desk.letters.find(request_id="r1")
    await ada.post(f"/console/requests/r1/letters/{letter.id}/release")
    with console.units() as unit:
        assert unit.desk.letters.get(letter.id).released_at is not None
    assert outcome in letter.text
    assert "If you disagree" in letter.text
    assert "Kai" not in letter.text
    assert "Met by the school" not in letter.text


async def test_a_letter_names_no_child_and_signposts_help(console, sign_in):
    ada = await decided(console, sign_in)
    await ada.post("/console/requests/r1/letters", kind="next_step", channel="phone")
    with console.units() as unit:
        text = unit.desk.letters.find(request_id="r1")[0].text
    assert "Kai" not in text
    assert "Hello Jo" in text
    assert "999" in text


# ---- steps, allocation, do not tell ----------------------------------------------------------------


async def allocate(console, sign_in):
    mina = await sign_in("mina")
    await mina.post("/console/allocation/workers", name="Sam Price", authority="warwickshire", locality="nuneaton",
                    team="family_support", most="12")  # fmt: skip
    with console.units() as unit:
        worker_id = unit.desk.workers.find()[0].id
    answer = await mina.post("/console/requests/r1/allocate", worker=worker_id, version=str(stored(console).version))
    assert answer.status == 303, await answer.text()
    return mina


async def test_allocation_names_a_worker_and_plans_the_reviews(console, sign_in):
    await decided(console, sign_in)
    mina = await allocate(console, sign_in)
    assert stored(console).state == "allocated"
    with console.units() as unit:
        assert len(unit.desk.tasks.find(request_id="r1", kind="review")) == 3
        assert len(unit.desk.tasks.find(request_id="r1", kind="exit")) == 1
    assert "1 of 12" in await (await mina.get("/console/allocation")).text()


async def test_a_step_up_needs_its_plan_and_starts_its_clocks(console, sign_in):
    ada = await decided(console, sign_in)
    await allocate(console, sign_in)
    version = str(stored(console).version)
    without = await ada.post("/console/requests/r1/step", step="step_up", reason="It got worse", version=version)
    assert without.status == 422
    await ada.post(
        "/console/requests/r1/step",
        step="step_up",
        reason="It got worse",
        plan="Early help plan of 3 November",
        version=version,
    )
    assert stored(console).state == "referred"
    with console.units() as unit:
        assert len(unit.desk.tasks.find(request_id="r1", kind="step_clock")) == 2
        assert unit.desk.allocations.find(request_id="r1", ended_on=None) == []


async def test_after_a_step_down_the_family_keeps_the_worker_it_knows(console, sign_in):
    ada = await decided(console, sign_in)
    await allocate(console, sign_in)
    for step in ("step_up", "step_down"):
        await ada.post(
            "/console/requests/r1/step",
            step=step,
            reason="Agreed",
            plan="The plan",
            version=str(stored(console).version),
        )
    mina = await sign_in("mina")
    assert "the family knows this worker" in await (await mina.get("/console/requests/r1/allocate")).text()
    await allocate(console, sign_in)
    with console.units() as unit:
        assert unit.desk.allocations.find(request_id="r1", ended_on=None)[0].same_worker is True


async def test_clearing_do_not_tell_takes_two_people(console, sign_in):
    keep(console, a_request(do_not_tell_family=True))
    grace = await sign_in("grace")
    await grace.post("/console/requests/r1/do-not-tell/ask", reason="Police agree")
    alone = await grace.post("/console/requests/r1/do-not-tell/clear", answer="agree", reason="Yes")
    assert alone.status == 403
    assert stored(console).do_not_tell_family


async def test_the_second_person_clears_it_and_both_are_on_record(console, sign_in):
    keep(console, a_request(do_not_tell_family=True))
    await (await sign_in("ada")).post("/console/requests/r1/do-not-tell/ask", reason="Police agree")
    ben = await (await sign_in("ben")).post("/console/requests/r1/do-not-tell/clear", answer="agree", reason="Yes")
    assert ben.status == 403, "the second person is a safeguarding lead"
    await (await sign_in("grace")).post("/console/requests/r1/do-not-tell/clear", answer="agree", reason="Safe now")
    assert not stored(console).do_not_tell_family
    cleared = next(event for event in trail(console) if event.action == "do_not_tell.cleared")
    assert (cleared.actor, cleared.data["first"]) == ("officer:grace", "ada")


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


async def test_a_task_is_done_with_what_came_of_it(console, sign_in):
    keep(console, a_request())
    ada = await sign_in("ada")
    await ada.decide(console, action="hold", until="2026-11-25", reason="School calls back")
    with console.units() as unit:
        task = unit.desk.tasks.find(request_id="r1")[0]
    assert task.due_on == date(2026, 11, 25)
    await ada.post(f"/console/requests/r1/tasks/{task.id}/done", outcome="They called")
    with console.units() as unit:
        assert unit.desk.tasks.get(task.id).outcome == "They called"


async def test_an_officer_joins_the_chat_and_an_open_page_is_told(console, sign_in):
    rung = []
    object.__setattr__(console, "ring", rung.append)
    keep(console, a_request())
    ada = await sign_in("ada")
    assert (await ada.post("/console/requests/r1/say", words="I am Ada. I have read this.")).status == 303
    with console.units() as unit:
        last = unit.conversations.messages("c1")[-1]
    assert (last.author, last.text) == ("officer", "I am Ada. I have read this.")
    assert rung == ["c1"]
    keep(console, a_request(2, channel="phone"))
    assert (await ada.post("/console/requests/r2/say", words="Hello")).status == 404, "there is no chat to write into"


async def test_an_answer_brings_the_request_back_to_the_officer(console, sign_in):
    keep(console, a_request())
    ada = await sign_in("ada")
    await ada.decide(console, action="ask", question="Which school?", reason="To find the team")
    look(console)
    assert stored(console).state == "asked"
    with console.units() as unit:
        answer = StoredMessage("m9", "c1", 0, "person", "Hill School", NOW)
        unit.conversations.add_message(answer, console.event("person", "message.kept", "conversation:c1"))
        unit.commit()
    look(console)
    assert stored(console).state == "sent"
    assert "question.answered" in [event.action for event in trail(console)]


async def test_an_officer_takes_over_the_chat_and_hands_it_back(console, sign_in):
    keep(console, a_request())
    ada = await sign_in("ada")
    assert "Take over the chat" in await (await ada.get("/console/requests/r1")).text()
    assert (await ada.post("/console/requests/r1/take-over", taken="yes")).status == 303
    with console.units() as unit:
        assert unit.conversations.get("c1").dialogue["taken_over"] is True
    assert "Hand the chat back" in await (await ada.get("/console/requests/r1")).text()
    assert (await ada.post("/console/requests/r1/take-over", taken="no")).status == 303
    actions = [event.action for event in trail(console)]
    assert actions.index("conversation.taken_over") < actions.index("conversation.handed_back")


@pytest.mark.parametrize("changes", [{"channel": "phone"}, {"state": "sent"}])
async def test_where_nobody_can_read_along_there_is_no_chat_to_take_over(console, sign_in, changes):
    keep(console, a_request(**changes))
    if "state" in changes:  # as a call in another language is kept: sent at once, with no dialogue
        with console.units() as unit:
            asked = replace(unit.conversations.get("c1"), state="sent")
            unit.conversations.save(asked, console.event("person", "test", "conversation:c1"))
            unit.commit()
    ada = await sign_in("ada")
    assert "Take over the chat" not in await (await ada.get("/console/requests/r1")).text()
    assert (await ada.post("/console/requests/r1/take-over", taken="yes")).status == 404


async def test_tasks_name_people_and_not_their_accounts(console, sign_in):
    keep(console, a_request())
    ada = await sign_in("ada")
    await ada.decide(console, action="hold", until="2026-11-25", reason="School calls back")
    page = await (await ada.get("/console/tasks")).text()
    with console.units() as unit:
        name = unit.desk.officers.get("ada").name
    assert f"<td>{name}</td>" in page


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
