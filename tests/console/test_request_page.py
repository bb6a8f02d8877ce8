"""One request: why in ten seconds."""

from __future__ import annotations

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert

from benchmarks.desk_kit import NOW, a_request, keep, stored, trail
from gateway.console.highlight import Mark, pieces
from gateway.console.reading import transcript
from records.tables import messages
from triage.facts import Evidence, Fact, Status
from triage.ports import StoredMessage
from triage.request import Child, SafeContact

XSS = [
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "javascript:alert(1)", "{{7*7}}",
    "'><svg/onload=alert(1)>", "</textarea><script>x</script>", "&lt;b&gt;", "\u202etxt.exe", "<!--", "]]>",
]  # fmt: skip


async def test_evidence_is_marked_in_the_words_and_linked_both_ways(console, sign_in):
    keep(console, a_request())
    page = await (await (await sign_in("ada")).get("/console/requests/r1")).text()
    assert '<span id="evidence-1"></span><mark><a href="#fact-1"' in page
    assert re.search(r'<tr id="fact-1">.*?href="#evidence-1">“hungry”', page, re.S)


async def test_reasons_carry_rule_clause_and_version_and_lead_to_the_facts(console, sign_in):
    keep(console, a_request())
    page = await (await (await sign_in("ada")).get("/console/requests/r1")).text()
    assert "Several needs affect daily life." in page
    assert "s004, 4.2" in page
    assert "rule several_needs" in page
    assert "warwickshire@2018.1" in page
    assert '<a href="#fact-1">neglect</a>' in page
    assert "carer capacity" in page, "what is not known and could change it"


async def test_consent_and_safe_contact_stand_before_the_conversation(console, sign_in):
    keep(console, a_request())
    page = await (await (await sign_in("ada")).get("/console/requests/r1")).text()
    places = [page.index(words) for words in ("Safe contact", "Agreement: four records", "Conversation</h2>")]
    assert places == sorted(places)
    for kind in ("Agreement to a service", "Agreement to share", "Who was told", "Lawful basis"):
        assert kind in page
    assert "call: yes" in page
    assert "voicemail: no" in page


async def test_every_child_the_household_strengths_wishes_and_the_childs_own_voice_stand_as_fields(console, sign_in):
    children = (
        Child(1, "Kai", 7, voice="I want it to be quiet"),
        Child(2, "Ida", 12, voice="Nobody asks me"),
        Child(3, None, -1),
    )
    household = ({"kind": "also_at_home", "words": "my sister and her baby"},)
    keep(console, a_request(children=children, household=household, strengths="Nan helps", wishes="One person to ring"))
    page = unescape(await (await (await sign_in("ada")).get("/console/requests/r1")).text())
    section = re.search(r'aria-labelledby="household-h".*?</section>', page, re.S)[0]
    for words in ("Kai", "I want it to be quiet", "Ida", "Nobody asks me", "unborn", "my sister and her baby"):
        assert words in section, words
    assert re.search(r"<dt>Going well</dt><dd>Nan helps</dd>", section)
    assert re.search(r"<dt>Hopes for</dt><dd>One person to ring</dd>", section)


async def test_opening_is_an_event_and_so_is_each_read(console, sign_in):
    keep(console, a_request())
    browser = await sign_in("ada")
    await browser.get("/console/requests/r1")
    await browser.get("/console/requests/r1")
    actions = [event.action for event in trail(console) if event.actor == "officer:ada"]
    assert actions.count("request.read") == 2
    assert "request.opened" in actions
    assert stored(console).opened_at is not None


async def test_an_auditor_sees_no_contact_details_no_reporter_and_does_not_open_it(console, sign_in):
    keep(console, a_request(anonymous=True))
    page = await (await (await sign_in("tom")).get("/console/requests/r1")).text()
    assert "07700" not in page
    assert "Jo Marsh" not in page
    assert "withheld" in page
    assert stored(console).opened_at is None


async def test_hostile_words_in_every_field_are_shown_as_words(console, sign_in):
    for number, hostile in enumerate(XSS, start=1):
        request = a_request(
            number, words=hostile, requester_name=hostile, strengths=hostile, wishes=hostile, place=hostile[:70],
            locality=hostile[:50], requester_role=hostile[:25], danger_categories=(hostile,),
            household=({hostile: hostile},),
            safe_contact=SafeContact(phone=hostile, hours=hostile, must_not_know=hostile, name_to_use=hostile),
        )  # fmt: skip
        request = request.note(Fact("wants", hostile, Status.STATED, hostile[:30], request.created_at))
        keep(console, request, hostile)
    browser = await sign_in("ada")
    for number in range(1, len(XSS) + 1):
        page = await (await browser.get(f"/console/requests/r{number}")).text()
        assert not re.search(r"<script(?! src=\"/console/static)", page)
        assert not re.search(r"<[^>]+\son\w+=", page)
        assert "<img" not in page
        assert 'href="javascript' not in page
    queue = await (await browser.get("/console")).text()
    assert "<img" not in queue


async def test_a_transcript_of_ten_thousand_messages_is_shown_in_parts(console, sign_in):
    late = Evidence("x9999", 0, 4, "Line")
    keep(console, a_request().note(Fact("missing", True, Status.INFERRED, "parent", console.now(), late)))
    rows = [
        {"id": f"x{n}", "conversation_id": "c1", "number": n + 3, "author": "person", "text": f"Line {n}",
         "payload": {}, "at": console.now()}
        for n in range(10_000)
    ]  # fmt: skip
    with console.units() as unit:
        unit.connection.execute(insert(messages), rows)
        unit.commit()
    browser = await sign_in("ada")
    page = await (await browser.get("/console/requests/r1")).text()
    assert page.count('class="text"') <= 200
    assert "?part=51#evidence-3" in page
    last = await (await browser.get("/console/requests/r1?part=51")).text()
    assert "Line 9999" not in page
    assert "evidence-3" in last


async def test_a_forged_id_leads_nowhere_and_is_on_record(console, sign_in):
    browser = await sign_in("ada")
    for forged in ("nope", "r1'--", "..%2f..%2fetc", "%00"):
        assert (await browser.get(f"/console/requests/{forged}")).status == 404
    with console.units() as unit:
        assert unit.desk.trail.latest(text="access.denied")


spans = st.lists(st.tuples(st.integers(-5, 60), st.integers(-5, 60)), max_size=8)


@given(text=st.text(max_size=50), spans=spans)
def test_the_pieces_joined_are_the_text_whatever_the_marks(text, spans):
    marks = [Mark(n, "f", start, end) for n, (start, end) in enumerate(spans, start=1)]
    cut = pieces(text, marks)
    assert "".join(piece.text for piece in cut) == text
    for mark in marks:
        if 0 <= mark.start < mark.end <= len(text):
            assert "".join(p.text for p in cut if mark in p.marks) == text[mark.start : mark.end]
            assert sum(mark in p.begins for p in cut) == 1


async def test_no_stored_word_or_date_of_a_machine_stands_on_the_page(console, sign_in):
    keep(console, a_request(locality="nuneaton_and_bedworth", household=({"kind": "home", "words": "12 Oak Road"},)))
    page = await (await (await sign_in("ada")).get("/console/requests/r1")).text()
    assert "Home: 12 Oak Road" in page
    assert "Warwickshire, Nuneaton and Bedworth" in page
    assert "English" in page.split("<h2")[0]
    assert "1 working days" not in page


def test_what_was_ticked_stands_in_the_transcript_in_the_words_of_its_list():
    form = {
        "fields": [
            {
                "name": "worries",
                "label": "Is any of this happening?",
                "choices": [{"id": "missing", "label": "A child goes missing"}],
            }
        ]
    }
    asked = StoredMessage("m1", "c1", 1, "bot", "Is any of this happening?", NOW, {"form": form})
    ticked = StoredMessage("m2", "c1", 2, "person", "", NOW, {"answers": {"worries": ["missing"]}})
    _, said = transcript([asked, ticked], [], 1).said
    assert said.given == [("Is any of this happening?", "A child goes missing")]


def test_what_was_written_into_a_form_is_not_said_twice():
    form = {"fields": [{"name": "names", "label": "Names"}]}
    asked = StoredMessage("m1", "c1", 1, "bot", "Who?", NOW, {"form": form})
    _, said = transcript(
        [asked, StoredMessage("m2", "c1", 2, "person", "Oli", NOW, {"answers": {"names": "Oli"}})], [], 1
    ).said
    assert said.given == []


async def test_danger_that_was_heard_stands_beside_what_they_answered(console, sign_in):
    said = Fact("danger_now", False, Status.STATED, "parent", NOW)
    keep(console, a_request(danger="immediate_danger").note(said))
    page = await (await (await sign_in("ada")).get("/console/requests/r1")).text()
    assert "Asked whether anyone is in danger now:</strong> no" in page
