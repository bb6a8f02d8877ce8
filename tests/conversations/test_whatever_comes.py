"""Interruptions, corrections and odd moments: the thread is never lost, and nobody is kept in a circle."""

from __future__ import annotations

import pytest

from benchmarks.rehearsal import Talk
from tests.conversations.answering import go_through, until
from triage.conversation.topics import ANSWERS

STORY = "My son will not sleep and I am worn out"


def parent() -> Talk:
    return Talk().start().say(STORY, speaker_role="parent", child_ages=[8])


@pytest.mark.parametrize("intent", sorted(ANSWERS))
def test_an_interruption_is_answered_and_the_question_put_again(intent: str) -> None:
    talk = until(parent(), "impact").say("hm, tell me?", intent=intent)
    assert talk.responses() == [ANSWERS[intent], "utter_ask_impact"]


def test_a_person_is_named_by_number_and_the_talk_can_go_on() -> None:
    talk = until(parent(), "impact").say("I want a person", intent="want_human")
    assert talk.responses() == ["utter_human_open", "utter_ask_impact"]
    assert "01926 414144" in talk.text()


def test_nobody_is_kept_in_a_circle_by_answers_that_are_not_understood() -> None:
    talk = until(parent(), "impact")
    for _ in range(2):
        talk.say("qwertz uiop")
    assert talk.asking != "impact"
    assert talk.request.facts.get("impact") is not None
    assert talk.request.facts.known().get("impact") is None


def test_nor_by_remarks_that_look_like_something_else() -> None:
    talk = until(parent(), "impact")
    for _ in range(5):
        talk.say("what a day", intent="off_topic")
    assert talk.asking != "impact"


def test_a_contact_that_looks_off_topic_is_a_contact() -> None:
    talk = until(parent(), "contact").say("direct line 01632 960000", intent="off_topic")
    assert talk.request.safe_contact.phone == "01632 960000"


def test_back_asks_the_question_before_and_the_new_answer_counts() -> None:
    talk = until(parent(), "wants").say("go back", intent="go_back")
    assert talk.asking == "impact"
    assert talk.press("starting").request.facts.known()["impact"] == "starting"


def test_what_was_answered_stands_until_it_is_answered_again() -> None:
    talk = until(parent(), "wants").press("back")
    assert talk.request.facts.known()["impact"] == "daily_life"


def test_a_changed_line_reopens_only_what_it_touches() -> None:
    talk = until(parent(), "check_answers").press("change:contact")
    assert talk.asking == "contact"
    talk.say("Jo, 07700 900222")
    assert talk.asking == "check_answers"
    assert talk.request.safe_contact.phone == "07700 900222"


def test_a_changed_answer_that_raises_the_level_changes_the_route() -> None:
    talk = until(parent(), "check_answers").press("change:worries").fill(worries=["sexual_harm"])
    assert go_through(talk).route == "mash_referral"


def test_a_tick_by_mistake_can_be_taken_away_before_sending() -> None:
    talk = until(parent(), "worries").fill(worries=["exploitation"])
    talk = until(talk, "check_answers").press("change:worries").press("no_worries_like_these")
    assert talk.request.facts.known()["exploitation"] is False


def test_everything_noted_stays_in_the_history() -> None:
    talk = until(parent(), "wants").press("back").press("starting")
    assert [fact.value for fact in talk.request.facts.noted if fact.name == "impact"] == ["daily_life", "starting"]


def test_a_correction_of_what_was_read_back_is_asked_for() -> None:
    talk = (
        Talk()
        .start()
        .say(STORY, speaker_role="parent", child_ages=[8], facts=[{"name": "disability", "value": "complex"}])
    )
    until(talk, "read_back").press("no")
    assert talk.asking == "disability"
    assert talk.press("none").request.facts.known()["disability"] == "none"


def test_sending_twice_sends_once() -> None:
    talk = go_through(parent())
    reference = talk.request.reference
    assert talk.press("send").request.reference == reference


def test_more_can_be_told_after_sending() -> None:
    talk = go_through(parent()).say("his little sister is 6")
    assert "utter_added" in talk.responses()
    assert "little sister" in (talk.request.story or "")


def test_danger_after_sending_is_heard() -> None:
    talk = go_through(parent()).say("he has a knife now", danger="immediate_danger", danger_categories=["weapon"])
    assert talk.request.danger == "immediate_danger"
    assert talk.route == "emergency"


def test_after_an_answer_one_can_ask_for_something_else() -> None:
    talk = (
        Talk().start().say("is there a playgroup near me", intent="ask_for_information").press("no_worries_like_these")
    )
    assert talk.press("more").asking == "story"


def test_nothing_but_a_slash_command_is_no_story() -> None:
    talk = Talk().start().say("/restart")
    assert talk.request.story is None
    assert talk.asking == "story"


def test_another_council_is_named_with_its_number() -> None:
    talk = (
        Talk(authority="leicestershire")
        .start()
        .say("we live in Leicester and need some help", speaker_role="parent", child_ages=[8], places=["Leicester"])
    )
    go_through(talk)
    assert talk.route == "other_authority"
    assert not talk.sent


def test_an_old_conversation_with_other_keys_still_opens() -> None:
    from triage.conversation.dialogue import dialogue_from

    assert dialogue_from({"asking": "impact", "told": ["utter_opening"], "of_another_version": 1}).asking == "impact"


def test_who_looks_over_the_answers_half_way_goes_on_and_is_shown_all_of_it_before_sending() -> None:
    talk = until(parent(), "impact").say("I want to change an answer", intent="change_answer")
    assert talk.responses()[-1] == "utter_check_so_far"
    assert talk.press("send").asking == "impact"
    until(talk, "check_answers")
    assert talk.responses()[-1] == "utter_check_answers"
    assert talk.request.sent_at is None


@pytest.mark.parametrize("read", [[11], [11, 8]])
def test_an_age_that_is_put_right_is_the_same_child(read: list[int]) -> None:
    talk = until(parent(), "wants").say("actually he is 11, not 8", intent="change_answer", child_ages=read)
    assert [child.age for child in talk.request.children] == [11]
    assert talk.request.facts.known()["youngest_age"] == 11


def test_a_danger_told_from_another_council_s_area_is_read_by_a_person() -> None:
    talk = Talk().start().say(STORY, speaker_role="parent", danger="immediate_danger", danger_categories=["weapon"])
    talk.press("no").say("we are in Coventry", speaker_role="parent", places=["Coventry"])
    if not any(say.kind == "outcome" for say in talk.last):
        go_through(talk)
    assert talk.request.state == "abandoned"
    assert "utter_outcome_other_authority" in [say.response for say in talk.shown]


def test_the_number_of_a_house_is_no_child_s_age() -> None:
    talk = until(parent(), "home_address").say("my sister's, 14 Oakfield Road", child_ages=[14])
    assert [child.age for child in talk.request.children] == [8]
