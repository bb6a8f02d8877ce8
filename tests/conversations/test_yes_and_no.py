"""A yes to "is anyone in danger right now?" brings 999, a no takes care away: neither is read out of words that say something else."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.rehearsal import Talk, words
from tests.conversations.answering import STORY, parent, until
from triage.conversation import plainly
from triage.conversation.step import typed

NOW = "danger_now"


def heard(text: str, question: str = NOW) -> str | None:
    return typed(text, words().labels(f"utter_ask_{question}", audience="family"), question)


@pytest.mark.parametrize(
    "text",
    [
        "yes", "Yes!", "yess", "yeah", "yep", "y", "ok yes", "oh god yes", "yes please send someone", "yeah he's here now", "yes he is there now",
        "yes please hurry", "yes I don't know what to do", "yes how do I get out", "yes can you send the police", "yes where is the nearest refuge",
        "definitely", "of course", "I am", "my son is", "correct", "we are not safe here", "no one is safe here", "we won't be safe tonight",
        "no i am in danger",
    ],
)  # fmt: skip
def test_a_clear_yes_is_a_yes_whatever_fear_adds_to_it(text: str) -> None:
    assert heard(text) == "yes"


@pytest.mark.parametrize(
    "text",
    [
        "no", "No.", "nope", "no thanks", "no not right now", "no one is in danger", "nobody is in danger right now", "we're not in danger",
        "no we are all safe, thank you", "not really", "no i don't think so", "of course not", "no, he's fine", "no, nothing like that",
    ],
)  # fmt: skip
def test_a_no_with_nothing_against_it_is_a_no(text: str) -> None:
    assert heard(text) == "no"


@pytest.mark.parametrize(
    "text",
    [
        "ok fine where is a playgroup near me", "ok where is the nearest group", "fine", "ok", "sure, can you tell me about nurseries",
        "yes I know but can you tell me about parenting classes", "yes and what time do you open", "it is about a playgroup",
        "I am looking for a playgroup", "is it safe to leave him with nan", "where can I find a safe place to play",
    ],
)  # fmt: skip
def test_a_request_or_another_question_is_neither(text: str) -> None:
    assert heard(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "no he's here now", "no one is helping me", "nobody believes me", "never mind", "not really but he might come back",
        "we are safe but he is outside", "no my son is on the roof", "yeah no we're fine", "yes everyone is safe", "no yes", "yes? no",
    ],
)  # fmt: skip
def test_what_speaks_against_a_no_is_not_lowered_but_asked_about(text: str) -> None:
    assert heard(text) is None


@pytest.mark.parametrize(
    ("text", "value"), [("I don't know", "not_known"), ("no idea", "not_known"), ("rather not say", "not_said")]
)
def test_not_knowing_is_still_an_answer(text: str, value: str) -> None:
    assert heard(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("yes", "yes"),
        ("yes in my room", "yes"),
        ("yes but he is coming back", None),
        ("no", "no"),
        ("no he can see me", "no"),
        ("ok where is it", None),
    ],
)
def test_a_child_who_may_be_overheard_is_safe_to_talk_only_where_nothing_speaks_against_it(
    text: str, value: str | None
) -> None:
    assert heard(text, "safe_to_talk") == value


@given(st.text(max_size=200))
def test_no_words_of_any_sort_lower_what_begins_with_a_yes(text: str) -> None:
    assert heard(f"yes {text}") != "no"


@pytest.mark.parametrize(
    "text", ["no " * 20_000, "ok " * 20_000, "nobody is " * 5_000 + "x", "my a is fine " * 5_000 + "z"]
)
def test_a_very_long_answer_is_read_at_once(text: str) -> None:
    began = time.perf_counter()
    plainly.weighed(NOW, text)
    assert time.perf_counter() - began < 1


class TestInTheConversation:
    def asked(self) -> Talk:
        doubt = {"uncertain": True, "danger": "safeguarding_concern"}
        talk = Talk().start().say("he will be the death of me", **doubt)
        assert talk.asking == NOW
        return talk

    @pytest.mark.parametrize("intent", ["ask_for_information", "affirm", "inform"])
    def test_a_request_is_kept_and_the_question_put_again_with_its_buttons(self, intent: str) -> None:
        talk = self.asked().say("ok fine where is a playgroup near me", intent=intent)
        assert talk.asking == NOW
        assert talk.responses()[-1] == "utter_ask_danger_now"
        assert {"yes", "no"} <= set(talk.labels())
        assert "utter_danger" not in talk.responses()
        assert talk.request.facts.get(NOW) is None
        assert talk.request.danger == "safeguarding_concern", "what was heard before stands"

    def test_a_yes_brings_999_at_once(self) -> None:
        talk = self.asked().say("yes please send someone")
        assert talk.responses()[0] == "utter_danger"
        assert talk.request.danger == "immediate_danger"

    def test_after_two_such_answers_it_is_not_known_which_is_no_all_clear(self) -> None:
        talk = self.asked().say("ok fine where is a playgroup near me").say("ok where is it then")
        fact = talk.request.facts.get(NOW)
        assert fact is not None
        assert fact.value is None
        assert "utter_if_in_danger" in talk.responses()

    def test_after_certain_danger_no_request_takes_it_back(self) -> None:
        talk = (
            Talk().start().say("he has a knife", danger="immediate_danger").say("ok fine where is a playgroup near me")
        )
        assert talk.request.facts.known()[NOW] is True
        assert talk.asking == NOW


class TestOtherQuestions:
    def test_a_request_sends_nothing(self) -> None:
        """ "Nothing is sent that nobody sent": a yes to the summary is a yes and no question of one's own."""
        talk = until(parent(), "check_answers").say("ok and where is a playgroup near me")
        assert not talk.sent
        assert talk.asking == "check_answers"

    def test_nobody_feeds_them_is_no_none_of_these(self) -> None:
        talk = until(Talk().start().say(STORY, speaker_role="parent", child_ages=[8]), "worries").say(
            "nobody feeds them at dads"
        )
        assert talk.request.facts.get("no_worries_like_these") is None
        assert talk.asking == "worries"

    @pytest.mark.parametrize(
        ("text", "kept"),
        [
            ("no one", None),
            ("No.", None),
            ("nobody must tell his dad", "nobody must tell his dad"),
            ("no one at his work", "no one at his work"),
        ],
    )
    def test_who_must_not_know_is_kept_though_it_begins_like_a_no(self, text: str, kept: str | None) -> None:
        talk = until(parent(), "must_not_know").say(text)
        assert talk.request.safe_contact.must_not_know == kept
