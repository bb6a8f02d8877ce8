"""An officer in the chat: the computer keeps what is said and listens for danger, and leaves the answers to them."""

from __future__ import annotations

import pytest

from benchmarks.rehearsal import Talk
from triage.conversation.taken_over import is_with_officer, with_officer


def hand(talk: Talk, taken: bool) -> None:
    kept = talk.memory.kept_conversations[talk.id]
    talk.memory.kept_conversations[talk.id] = with_officer(kept, taken)


def taken_over() -> Talk:
    talk = Talk().start().say("My son is 7 and will not sleep. We are worn out.", intent="ask_for_help")
    hand(talk, True)
    return talk


def said(talk: Talk) -> list[str]:
    return [say.response for say in talk.last]


def test_by_default_nobody_has_taken_over() -> None:
    talk = Talk().start()
    assert not is_with_officer(talk.memory.kept_conversations[talk.id])


def test_what_is_said_to_the_officer_is_kept_and_not_answered_by_the_computer() -> None:
    talk = taken_over().say("It is Hill School, year 3")
    assert said(talk) == ["utter_person_reads_along"]
    assert "Hill School" in (talk.request.story or "")


def test_danger_is_still_heard_and_999_still_said() -> None:
    talk = taken_over().say("he has a knife", danger="immediate_danger", danger_categories=["weapon"])
    assert talk.request.danger == "immediate_danger"
    assert set(said(talk)) <= {"utter_emergency_next", "utter_person_reads_along"}
    assert talk.request.proposal is not None
    assert talk.request.proposal.route == "emergency"


@pytest.mark.parametrize("typed", [False, True])
def test_a_yes_to_whether_somebody_is_in_danger_now_still_brings_999(typed: bool) -> None:
    talk = Talk().start().say("He is near the house again", danger="immediate_danger", uncertain=True)
    assert talk.asking == "danger_now"
    hand(talk, True)
    talk.say("yes") if typed else talk.press("yes")
    assert said(talk) == ["utter_danger", "utter_emergency_next", "utter_person_reads_along"]
    assert talk.request.danger == "immediate_danger"


def test_leaving_stays_in_the_hands_of_the_person() -> None:
    assert any(response.startswith("utter_left") for response in said(taken_over().press("leave")))


def test_handed_back_the_computer_goes_on_asking() -> None:
    talk = taken_over().say("It is Hill School")
    hand(talk, False)
    talk.say("Thank you, what now?", intent="question_next")
    assert "utter_person_reads_along" not in said(talk)
    assert talk.asking is not None
