"""Where the safety screen is in two minds the person is asked, lightly, and each doubt gets its question (hazard H02, decision 9)."""

from __future__ import annotations

from typing import Any

from benchmarks.rehearsal import Talk
from tests.conversations.answering import answer_one, go_through, until

PHRASE: dict[str, Any] = {"uncertain": True, "danger_categories": ["overdose_suicide_now"]}
"""One judge found words for danger, the other is all but sure that they are meant otherwise."""
TONE: dict[str, Any] = {"uncertain": True}
LOWERED: dict[str, Any] = {**PHRASE, "danger": "safeguarding_concern"}


def parent(**heard: Any) -> Talk:
    return Talk().start().say("My son will not sleep and I am worn out", speaker_role="parent", child_ages=[8], **heard)


def past_the_worries(talk: Talk) -> Talk:
    return answer_one(until(talk, "worries"))


def asked(talk: Talk) -> list[str]:
    return [say.response for say in talk.shown]


def test_it_is_asked_once_and_lightly() -> None:
    talk = Talk().start().say("he will be the death of me", danger="safeguarding_concern", uncertain=True)
    assert talk.responses()[-1] == "utter_ask_danger_now"
    talk.say("no nobodys actually gonna murder anyone haha", **PHRASE)
    go_through(talk)
    assert asked(talk).count("utter_ask_danger_now") == 1


def test_of_the_first_words_the_list_of_worries_asks_it() -> None:
    talk = go_through(parent(**PHRASE))
    assert "utter_ask_worries" in asked(talk)
    assert "utter_ask_danger_now" not in asked(talk)


def test_it_is_asked_where_a_certain_harm_makes_the_list_needless() -> None:
    harm = {"facts": [{"name": "sexual_harm", "value": True, "start": 0, "end": 5}]}
    heard = {"danger": "safeguarding_concern", "danger_categories": ["sexual_abuse_family"]}
    talk = parent().say("She told me what her uncle did.", **heard, **harm)
    go_through(talk.say("I could kill him.", **PHRASE))
    assert "utter_ask_worries" not in asked(talk)[asked(talk).index("utter_ask_danger_now") :]
    assert asked(talk).count("utter_ask_danger_now") >= 1


def test_words_after_the_list_are_asked_about() -> None:
    talk = past_the_worries(parent()).say("and now he says he will kill me", **PHRASE)
    assert talk.asking == "danger_now"
    assert go_through(talk, danger_now="yes").route == "emergency"


def test_what_was_denied_is_asked_again_for_new_words() -> None:
    talk = parent(**LOWERED).press("no").say("she took some of my tablets", **LOWERED)
    assert talk.asking == "danger_now"
    assert asked(talk).count("utter_ask_danger_now") == 2


def test_a_mere_tone_is_asked_about_once() -> None:
    talk = past_the_worries(parent()).say("it is all getting too much", **TONE)
    assert talk.asking == "danger_now"
    talk.press("no").say("far too much", **TONE)
    assert talk.asking != "danger_now"


def test_after_sending_a_doubt_is_asked_about_and_a_yes_brings_999() -> None:
    talk = go_through(until(parent(), "worries").fill(worries=["neglect"]))
    assert talk.request.reference
    talk.say("he has gone for the tablets", **PHRASE)
    assert talk.asking == "danger_now"
    talk.press("yes")
    assert "utter_danger" in talk.responses()
    assert talk.request.danger == "immediate_danger"


def test_after_sending_a_no_leaves_what_was_sent_as_it_is() -> None:
    talk = go_through(until(parent(), "worries").fill(worries=["neglect"]))
    route = talk.request.proposal.route
    talk.say("he has gone for the tablets", **PHRASE).press("no")
    assert "utter_danger" not in talk.responses()
    assert talk.request.proposal.route == route
    assert talk.asking is None
