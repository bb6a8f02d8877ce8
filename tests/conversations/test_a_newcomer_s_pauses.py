"""What made a first reader stop: an answer that was added instead of changed, a list of which only one could be picked."""

from __future__ import annotations

from benchmarks.rehearsal import Talk
from tests.conversations.answering import go_through, until
from triage.turn import Say

STORY = "My son is 7 and will not sleep. We are worn out."


def told() -> Talk:
    return Talk().start().say(STORY, intent="ask_for_help", speaker_role="parent", child_ages=[7])


def ticked(said: list[Say], name: str) -> set[str]:
    fields = [field for say in said if say.form for field in say.form["fields"]]
    return {
        choice["id"]
        for field in fields
        if (field["name"], field["kind"]) == (name, "many")
        for choice in field["choices"]
    }


def test_changed_ages_take_the_place_of_the_old_ones_and_names_stay() -> None:
    talk = until(told(), "check_answers")
    talk.press("change:child_names").fill(names="Oli 8 and Maya 3")
    talk.press("change:child_ages").say("7 and 3")
    assert [(child.name, child.age) for child in talk.request.children] == [("Oli", 7), ("Maya", 3)]
    talk.press("change:child_ages").say("7 and 4")
    assert [(child.name, child.age) for child in talk.request.children] == [("Oli", 7), ("Maya", 4)]


def test_where_several_may_be_picked_several_can_be_ticked() -> None:
    talk = go_through(told())
    assert ticked(talk.shown, "safe_ways") == {
        f"contact:{way}" for way in ("call", "text", "voicemail", "email", "letter", "none")
    }
    assert "share:school" in ticked(talk.shown, "sharing")


def test_two_ways_that_are_ticked_are_both_safe() -> None:
    talk = until(told(), "safe_ways").fill(safe_ways=["contact:text", "contact:email"])
    safe = talk.request.safe_contact
    assert (safe.safe_text, safe.safe_email, safe.safe_call) == (True, True, False)


def test_what_goes_well_is_not_also_what_they_wish_for() -> None:
    talk = until(told(), "wishes").fill(strengths="my mum helps on Sundays")
    assert (talk.request.wishes, talk.request.strengths) == (None, "my mum helps on Sundays")


def test_the_conversation_knows_whose_numbers_to_show_once_the_place_is_known() -> None:
    talk = (
        Talk(authority=None).start().say(STORY + " We live in Rugby.", places=["Rugby"], place_evidence=[(50, 55, "")])
    )
    assert talk.memory.kept_conversations[talk.id].authority == "warwickshire"


def test_a_street_in_the_area_that_was_named_is_no_other_area() -> None:
    talk = until(told(), "home_address")
    talk.say("CV21 2AA", places=["CV21 2AA"], place_evidence=[(0, 8, "")])
    assert "CV21" not in (talk.request.place or "")


def in_danger() -> Talk:
    return told().say("he is hitting us now", danger="immediate_danger", danger_categories=["violence_in_progress"])


def test_in_danger_only_the_place_and_a_number_are_asked_and_both_are_kept() -> None:
    talk = in_danger().press("yes")
    [form] = [say.form for say in talk.last if say.form]
    assert [field["name"] for field in form["fields"]] == ["where_now", "phone"]
    talk.fill(where_now="at Nan's, 3 Elm Road", phone="07700 900123")
    assert talk.request.household == ({"kind": "where_now", "words": "at Nan's, 3 Elm Road"},)
    assert talk.request.safe_contact.phone == "07700 900123"


def test_in_danger_a_place_alone_is_kept_once() -> None:
    talk = in_danger().press("yes").fill(where_now="at Nan's")
    assert talk.request.household == ({"kind": "where_now", "words": "at Nan's"},)


def test_a_professional_reads_the_law_by_its_name() -> None:
    talk = Talk(audience="professional").start().say("A pupil was hit with a belt and has a bruise.", child_ages=[8])
    talk = go_through(talk, worries="physical_harm", physical_harm_kind="serious_or_repeated")
    said = talk.text(talk.shown)
    assert "(Children Act 1989, s31(9)" in said
    assert "ca1989" not in said
