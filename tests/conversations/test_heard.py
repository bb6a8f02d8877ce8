"""Whoever tells a story is thanked at once, in words that show what was heard, and nothing is put into their mouth."""

from __future__ import annotations

import pytest

from benchmarks.rehearsal import Talk
from triage.conversation.heard import HEARD, PLAIN

STORY = "My lad is 6, he kicks off every night til 11 and we're behind on rent. Rugby"


def told(text: str = STORY, audience: str = "family", **understanding: object) -> Talk:
    return Talk(audience=audience).start().say(text, intent="ask_for_help", **understanding)


def thanks(talk: Talk) -> list[str]:
    return [say.response for say in talk.last if say.response in {HEARD, PLAIN}]


def test_the_ages_the_place_and_the_worries_are_said_back() -> None:
    talk = told(child_ages=[6], places=["Rugby"], concerns=["routines_sleep", "debt_poverty"])
    assert thanks(talk) == [HEARD]
    for noted in ("6", "Rugby", "sleep and routines", "money"):
        assert noted in talk.text()


def test_a_story_in_which_nothing_was_recognised_is_thanked_for_all_the_same() -> None:
    assert thanks(told("Everything is a bit much for all of us")) == [PLAIN]


def test_it_is_said_once() -> None:
    talk = told(child_ages=[6]).press("no_worries_like_these").say("And he wakes the baby up as well", intent="inform")
    assert not thanks(talk)


@pytest.mark.parametrize("danger", ["safeguarding_concern", "immediate_danger"])
def test_where_harm_was_told_safety_has_its_own_words(danger: str) -> None:
    assert not thanks(told(danger=danger, child_ages=[6]))


def test_a_guess_of_harm_is_asked_and_not_said() -> None:
    talk = told(concerns=["domestic_abuse", "routines_sleep"])
    assert "sleep and routines" in talk.text()
    assert "hurt or controlled" not in talk.text()


def test_who_only_wants_to_know_gets_the_answer() -> None:
    talk = Talk().start().say("Is there a playgroup in Devizes?", intent="ask_for_information", places=["Devizes"])
    assert not thanks(talk)


def test_a_story_in_another_language_is_answered_with_a_person_and_an_interpreter() -> None:
    talk = Talk().start().say("Mój syn ma 6 lat i w nocy nie śpi, nie wiem co robić", language="pl", child_ages=[6])
    assert talk.responses()[0] == "utter_topic_other_language"
    assert talk.asking == "worries"
