"""Optional questions about the person after sending: kept apart, never used, skipped in one press (law.md A17)."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.rehearsal import Talk
from tests.conversations.answering import KNIFE, go_through

ANSWERS = {"ethnicity": "asian", "disability": "prefer_not_to_say"}


def sent(**answers: str) -> Talk:
    talk = Talk().start().say("My son will not sleep and I am worn out", speaker_role="parent", child_ages=[8])
    return go_through(talk, **answers)


def filled(talk: Talk, understanding: dict[str, Any], **answers: str) -> Talk:
    """The form as it comes in: the bot has read the words in it before the domain does."""
    return talk._turn(answers=dict(answers), text="\n".join(answers.values()), understanding=understanding)


def test_they_are_offered_only_once_the_request_is_sent() -> None:
    talk = sent()
    assert talk.responses()[-1] == "utter_equality_offer"
    assert talk.sent
    assert "utter_equality_offer" not in [say.response for say in talk.shown[: -len(talk.last)]]


@pytest.mark.parametrize("answer", ["skip", "not_said"])
def test_one_press_skips_them(answer: str) -> None:
    talk = sent().press(answer)
    assert talk.asking is None
    assert talk.memory.equality.kept == {}


def test_a_no_to_them_adds_nothing_to_the_request() -> None:
    talk = sent()
    story = talk.request.story
    assert talk.press("skip").responses() == ["utter_equality_skipped"]
    assert talk.request.story == story


def test_every_one_of_them_may_be_left_out_or_not_said() -> None:
    (field, *others) = sent().press("equality").last[-1].form["fields"]
    assert all("prefer_not_to_say" in {c["id"] for c in one["choices"]} for one in (field, *others))
    assert not any(one.get("required") for one in (field, *others))


def test_the_answers_are_kept_apart_and_the_message_is_blanked() -> None:
    talk = sent().press("equality").fill(**ANSWERS)
    assert talk.memory.equality.of(talk.request.id) == ANSWERS
    assert "message.blanked" in [event.action for event in talk.memory.events]
    assert "asian" not in str(talk.request) + str(talk.memory.events) + str(talk.memory.kept_conversations)


def test_nothing_about_the_request_changes_by_them() -> None:
    talk = sent()
    before = talk.request
    talk.press("equality").fill(**ANSWERS)
    assert talk.request.facts == before.facts
    assert talk.request.proposal.level == before.proposal.level
    assert talk.request.proposal.route == before.proposal.route


def test_an_answer_that_was_not_offered_is_not_kept() -> None:
    talk = sent().press("equality").fill(ethnicity="anything")
    assert talk.memory.equality.kept == {}
    assert talk.responses()[0] == "utter_equality_skipped"


def test_words_in_their_place_are_added_to_the_request() -> None:
    talk = sent().press("equality").say("his little sister is scared of him too")
    assert "little sister" in (talk.request.story or "")
    assert talk.asking is None


def test_words_beside_a_tick_reach_the_screen_and_the_officer() -> None:
    """The message is blanked for its ticks; whatever was written in it is not lost with them."""
    talk = sent().press("equality")
    filled(talk, {**KNIFE, "danger_evidence": [[6, 20, "weapon"]]}, ethnicity="asian", disability="he has a knife")
    assert talk.request.danger == "immediate_danger"
    assert "999" in talk.text()
    assert "he has a knife" in (talk.request.story or "")
    assert "asian" not in str(talk.request)
    assert talk.memory.equality.of(talk.request.id) == {"ethnicity": "asian"}


def test_danger_in_their_place_is_kept_and_answered() -> None:
    talk = sent().press("equality").say("overdose", **KNIFE)
    assert talk.request.danger == "immediate_danger"
    assert "message.blanked" not in [event.action for event in talk.memory.events]


def test_nothing_about_a_family_is_read_out_of_a_tick() -> None:
    talk = sent().press("equality")
    before = talk.request.facts
    guessed = {"facts": [{"name": "disability", "value": "complex", "start": 0, "end": 5}], "danger": "none"}
    assert filled(talk, guessed, **ANSWERS).request.facts == before


@pytest.mark.parametrize("worry", ["sexual_harm", "danger_now", "forced_marriage_or_honour"])
def test_they_are_not_put_beside_danger_or_harm(worry: str) -> None:
    assert "utter_equality_offer" not in [say.response for say in sent(worries=worry).shown]


def test_nobody_is_asked_before_sending() -> None:
    talk = Talk().start().say("My son will not sleep and I am worn out", speaker_role="parent", child_ages=[8])
    assert talk.press("equality").responses()[0] == "utter_nothing_before"
