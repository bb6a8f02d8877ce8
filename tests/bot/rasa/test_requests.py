"""The channel takes a turn or says what is wrong with it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from rasa.shared.exceptions import InvalidConfigException

from bot.components.channel import FrontDoorChannel
from bot.runtime.requests import BadTurn, incoming_turn


def body(**changes: Any) -> bytes:
    return json.dumps({"sender": "c1", "text": "hello", "message_id": "m1", **changes}).encode()


def test_the_least_that_a_turn_needs() -> None:
    turn = incoming_turn(body())
    assert (turn.channel, turn.audience, turn.choice, turn.answers) == ("web", "family", None, {})


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (b"{", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"[]", "a list"),
        (b'{"text": "x"}', "'sender' is None"),
        (body(sender=7), "'sender' is 7"),
        (body(message_id=""), "'message_id' is ''"),
        (body(text={"a": 1}), "'text' is"),
        (body(answers=[1]), "'answers' is a list"),
        (body(choice=3), "'choice' is 3"),
    ],
)
def test_anything_else_is_refused_with_what_was_found(broken: bytes, says: str) -> None:
    with pytest.raises(BadTurn, match="^.*" + says.replace("[", r"\[")):
        incoming_turn(broken)


@pytest.mark.parametrize("key", ["", "${FRONTDOOR_BOT_KEY}", None])
def test_a_bot_without_a_key_does_not_start(key: Any) -> None:
    with pytest.raises(InvalidConfigException, match="FRONTDOOR_BOT_KEY"):
        FrontDoorChannel.from_credentials({"key": key})
