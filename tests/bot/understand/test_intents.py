"""What the person is doing with the conversation, where that does not rest on likeness alone."""

from __future__ import annotations

from collections import Counter

import pytest

from bot.model.understanding import intent_examples
from bot.text.intents import LONG, SURE, intent_of
from bot.text.reading import read

SAYS_THANKS = {"thanks": 0.9, "inform": 0.1}
"""What a classifier might say that has misread the message."""


def intent(text: str, probabilities: dict[str, float], *, language: str = "en") -> str:
    return intent_of(read(text), probabilities, language=language)[0]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("YES", "affirm"),
        ("yes love", "affirm"),
        ("No, ta duck", "deny"),
        ("dunno mate lol", "dont_know"),
        ("back please", "go_back"),
        ("rather not say, sorry", "rather_not_say"),
        ("stop pls", "stop_leave"),
        ("phone number please", "want_human"),
    ],
)
def test_a_short_answer_keeps_its_meaning_whatever_courtesies_follow(text: str, meant: str) -> None:
    assert intent(text, {"off_topic": 1.0}) == meant


@pytest.mark.parametrize("text", ["please", "x", "lol", "please love"])
def test_a_courtesy_alone_is_no_answer(text: str) -> None:
    assert intent(text, {"off_topic": 1.0}) == "off_topic"


def test_courtesies_before_other_words_are_left_alone() -> None:
    assert intent("yes please ring his school", SAYS_THANKS) == "thanks"


@pytest.mark.parametrize(
    "text", ["我需要帮助", "நான் தமிழ் பேசுகிறேன்", "እንግሊዝኛ ኣይዛረብን", "मुझे मदद चाहिए", "ayúdame 我需要帮助我的儿子不去上学"]
)
def test_a_script_that_english_is_not_written_in_is_another_language(text: str) -> None:
    assert intent(text, {"inform": 1.0}) == "other_language"


@pytest.mark.parametrize(
    "text", ["my café job ended, René is 4", "her name is 小美 and she is in Year 3 at school", "Đặng", "𝗺𝘆 𝗺𝘂𝗺"]
)
def test_accents_bold_letters_and_a_name_in_its_own_script_are_no_other_language(text: str) -> None:
    assert intent(text, {"inform": 1.0}) == "inform"


def test_a_long_message_tells_something_unless_the_classifier_is_sure() -> None:
    story = " ".join(["he shouts and I cry"] * LONG)
    unsure, sure = SURE - 0.05, SURE + 0.05
    assert intent(story, {"complaint": unsure, "inform": 0.1, "ask_for_help": 0.2}) == "ask_for_help"
    assert intent(story, {"complaint": sure, "inform": 0.1, "ask_for_help": 0.1}) == "complaint"


def test_nothing_to_read_is_taken_as_telling_without_any_sureness() -> None:
    assert intent_of(read("..."), SAYS_THANKS) == ("inform", 0.0)


def test_no_line_is_written_twice_or_for_two_intents() -> None:
    lines = Counter(" ".join(text.lower().split()) for text, _ in intent_examples())
    assert [text for text, count in lines.items() if count > 1] == []


def test_every_intent_has_lines_enough_to_be_known_by() -> None:
    lines = Counter(name for _, name in intent_examples())
    assert len(lines) == 23
    assert min(lines.values()) >= 75
