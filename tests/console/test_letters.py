"""Letters leave only where it is safe: asked when one is written, and again when it is released."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.desk_kit import NOW, a_request, keep, stored, trail
from tests.console.deciding_kit import decided
from triage import letters
from triage.consent import ConsentKind, ConsentRecord
from triage.desk import Worker
from triage.request import SafeContact

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


async def test_the_next_step_names_the_worker_once_there_is_one(console, sign_in):
    ada = await decided(console, sign_in)
    await ada.post("/console/requests/r1/letters", kind="next_step", channel="phone")
    mina = await sign_in("mina")
    worker = Worker("w1", "Sam Whitlock", "warwickshire", None, "family_support", "cases", 12)
    with console.units() as unit:
        unit.desk.workers.save(worker, console.event("officer:mina", "worker.added", "worker:w1"))
        unit.commit()
    await mina.post("/console/requests/r1/allocate", worker="w1", version=str(stored(console).version))
    await ada.post("/console/requests/r1/letters", kind="next_step", channel="phone")
    with console.units() as unit:
        before, after = unit.desk.letters.find(request_id="r1", order="written_at")
    assert "We choose a worker at our weekly meeting." in before.text
    assert "Sam Whitlock is the worker for this." in after.text


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
