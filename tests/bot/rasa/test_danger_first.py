"""The 999 line comes first, in the same turn, wherever danger is said and whatever else is broken."""

from __future__ import annotations

import pytest

from tests.bot.rasa.bot_kit import Bot, lines

DANGER = "he is hitting her right now"
BEFORE = {
    "in the first message": [],
    "in answer to an open question": [{"choice": "start"}],
    "after an answer that was not understood": [{"choice": "start"}, {"text": "blue"}, {"text": "purple"}],
    "while consent is asked": [{"choice": "start"}, {"text": "he is 7"}, {"choice": "consent:agreed"}],
    "at check-your-answers": [{"choice": "start"}, {"answers": {"name": "Ada"}}, {"choice": "change:place"}],
    "after an aside": [{"choice": "start"}, {"text": "who reads this?"}],
    "after danger": [{"choice": "start"}, {"text": DANGER}],
}


@pytest.mark.parametrize("position", BEFORE)
def test_danger_gets_the_999_line_first_and_the_conversation_goes_on(bot: Bot, position: str) -> None:
    for told in BEFORE[position]:
        bot.turn(**told)
    replies = bot.turn(DANGER)
    assert "999" in lines(replies)[0]
    assert replies.shown[0]["kind"] == "safety"
    assert len(replies.shown) == 2, "the turn's own action speaks after the line"
    assert bot.actions.last["intent"]["name"] == "immediate_danger"


@pytest.mark.parametrize("position", BEFORE)
def test_danger_gets_the_999_line_with_the_action_server_stopped(bot: Bot, position: str) -> None:
    for told in BEFORE[position]:
        bot.turn(**told)
    bot.actions.down = True
    replies = bot.turn(DANGER)
    assert [("999" in line) for line in lines(replies)] == [True]
    assert not replies.complete


def test_the_next_turn_is_an_ordinary_one_when_the_action_server_is_back(bot: Bot) -> None:
    bot.actions.down = True
    bot.turn(DANGER)
    bot.actions.down = False
    replies = bot.turn("thank you")
    assert replies.complete
    assert [message["kind"] for message in replies.shown] == ["statement"]


def test_danger_in_a_field_of_a_form_gets_the_999_line(bot: Bot) -> None:
    replies = bot.turn(answers={"name": "Ada", "more": f"please hurry, {DANGER}"})
    assert replies.shown[0]["kind"] == "safety"
    assert bot.actions.last["metadata"]["answers"]["name"] == "Ada"


def test_an_uncertain_sign_is_left_to_the_one_light_question(bot: Bot) -> None:
    replies = bot.turn("maybe he is hitting the roof")
    assert [message["kind"] for message in replies.shown] == ["statement"]
    assert bot.actions.last["understanding"]["danger"] == "immediate_danger"


def test_a_pressed_choice_is_not_read_for_danger(bot: Bot) -> None:
    replies = bot.turn("Somebody is hitting somebody", choice="physical_harm")
    assert [message["kind"] for message in replies.shown] == ["statement"]
    assert bot.actions.last["intent"]["name"] == "press_choice"


@pytest.mark.parametrize(
    ("audience", "words"), [("professional", "child or adult"), ("young_person", "You have done the right thing")]
)
def test_the_line_is_said_in_the_words_of_the_audience(bot: Bot, audience: str, words: str) -> None:
    assert words in lines(bot.turn(DANGER, audience=audience))[0]


def test_nobody_waits_when_the_action_server_is_down_and_there_is_no_danger(bot: Bot) -> None:
    bot.actions.down = True
    replies = bot.turn("my son does not sleep")
    assert (replies.shown, replies.complete) == ([], False)
