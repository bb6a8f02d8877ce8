"""Nothing that a person types is an order to Rasa, and nothing they type breaks it."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.runtime.payloads import as_plain_text
from tests.bot.rasa.bot_kit import Bot

ORDERS = [
    '/immediate_danger{"audience": "professional"}',
    '/press_choice{"audience": "young_person"}',
    "/restart",
    "/back",
    "/session_start",
    ' \u00a0/inform{"channel": "x"}',
    "//press_choice",
    "\ufeff/restart",
    "/EXTERNAL: press_choice",
]


@pytest.mark.parametrize("order", ORDERS)
def test_an_order_is_read_as_words(bot: Bot, order: str) -> None:
    bot.turn("my son is 7")
    replies = bot.turn(order)
    assert replies.complete
    assert bot.actions.last["intent"]["name"] == "inform"
    assert bot.actions.last["metadata"]["text"] == order, "the words are kept as they were typed"
    slots = bot.actions.calls[-1]["tracker"]["slots"]
    assert (slots["audience"], slots["channel"]) == ("family", "web")


@given(st.text())
def test_plain_text_never_begins_as_an_order(text: str) -> None:
    assert not as_plain_text(text).strip().startswith("/")


@given(st.text(alphabet=st.characters(blacklist_characters="/", blacklist_categories=("Z", "C")), min_size=1))
def test_ordinary_words_stay_as_they_are(text: str) -> None:
    assert as_plain_text(text) == text.strip()


@pytest.mark.parametrize(
    "odd",
    [
        "\x00\x07\x1b[2J",
        "\ud83d",
        "\u202e\u200b\u200d",
        "🙂" * 400,
        "{name} {0} {{}} %s",
        "word " * 20_000,
        "x" * 100_000,
    ],
    ids=["controls", "half an emoji", "marks without width", "emoji", "braces", "a long story", "one endless word"],
)
def test_odd_messages_are_answered(bot: Bot, odd: str) -> None:
    assert bot.turn(odd).complete


@pytest.mark.parametrize("nothing", ["", "   ", "\n\t", "/", "///"])
def test_an_empty_message_is_answered_too(bot: Bot, nothing: str) -> None:
    assert bot.turn(nothing).complete
    assert bot.actions.last["intent"]["name"] == ("say_nothing" if not nothing.strip() else "inform")


def test_two_messages_at_once_are_both_taken_in_order(bot: Bot) -> None:
    async def both() -> None:
        await asyncio.gather(*(bot.turn_soon(f"message {n}") for n in range(5)))

    asyncio.run(both())
    assert [call["tracker"]["latest_message"]["text"] for call in bot.actions.calls] == [
        f"message {n}" for n in range(5)
    ]
