"""The screen is quick on any input and falls over on none."""

from __future__ import annotations

import time

import pytest

from bot.text.screen import screen
from bot.text.screen.rules import judge_by_rules

HUNDRED_WORDS = (
    "my son is seven and he will not go to bed and i have tried a chart and a story and the light on but he comes "
    "down every ten minutes and says that he is hungry or thirsty so by the time he is asleep it is nearly eleven "
    "and then he is tired at school and his teacher has asked if all is well at home which it is we are just worn "
    "out and would like somebody to talk it through with us maybe a group or a course on evenings would be best "
    "for both of us and we live near the park"
)


def _fastest(times: int, text: str) -> float:
    spent = []
    for n in range(times):
        began = time.process_time()
        judge_by_rules(f"{text} {n}")
        spent.append(time.process_time() - began)
    return min(spent)


def test_the_patterns_read_a_hundred_words_within_five_milliseconds() -> None:
    judge_by_rules(HUNDRED_WORDS)
    assert len(HUNDRED_WORDS.split()) >= 100
    assert _fastest(20, HUNDRED_WORDS) < 0.005


def test_the_time_of_the_patterns_grows_no_faster_than_the_text() -> None:
    once, ten_times = _fastest(3, f"{HUNDRED_WORDS} " * 10), _fastest(3, f"{HUNDRED_WORDS} " * 100)
    assert ten_times < once * 16


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "🙂🙂",
        "\ud800",
        "he hit me \udfff",
        "\u202e\u200f",
        "<b>he</b><script>",
        "/restart",
        "\x00\x01",
        "999999999",
        "'" * 50,
    ],
    ids=repr,
)
def test_odd_input_is_judged_without_a_fuss(text: str) -> None:
    result = screen(text)
    assert all(0 <= start < end <= len(text) for start, end, _ in result.evidence)


@pytest.mark.parametrize(
    "text",
    ["he hit me. " * 18_000, "a" * 3_000_000, "hit " * 50_000, "\u200b" * 200_000],
    ids=["200 kB", "3 MB word", "one word", "nothing"],
)
def test_huge_input_takes_bounded_time(text: str) -> None:
    began = time.process_time()
    screen(text)
    assert time.process_time() - began < 10
