"""Ages are completed years of children; -1 is unborn. Adults, durations, times and the past are left out."""

from __future__ import annotations

import pytest

from bot.text.ages import child_ages, find_ages
from bot.text.found import fold


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("hes 18 months and wont sleep", {1}),
        ("my girl is 8 month", {0}),
        ("my son is nearly 3", {2}),
        ("one just turned 3 and the other six next month", {3, 5}),
        ("twins of 4", {4}),
        ("Ella (6) and Tom, 9,", {6, 9}),
        ("2 and a half year old", {2}),
        ("a two-year-old and a five-month-old", {2, 0}),
        ("yr 9 lad", {13}),
        ("Boy in Reception, sister in Y3", {4, 7}),
        ("two boys in years 2 and 5", {6, 9}),
        ("Y4 boy, 9 years old", {9}),
        ("13f here", {13}),
        ("im 17 and pregnant", {17, -1}),
        ("due in march with our second baby", {-1}),
        ("16 weeks pregnant, first baby", {-1}),
        ("my daughter she has 7 years old", {7}),
        ("three under five, 4, 3 and 1", {4, 3, 1}),
        ("our foster lad whos 9", {9}),
        ("9", {9}),
    ],
)
def test_a_child_age_is_read_however_it_is_written(text: str, ages: set[int]) -> None:
    assert set(child_ages(fold(text))) == ages


@pytest.mark.parametrize(
    "text",
    [
        "my nan is 71 and my partner 24",
        "we have waited 2 years for an answer",
        "dad collects at 3",
        "i had a baby when i was 16",
        "she was ill for 6 months",
        "he got 3 missed appointments and 2 visits",
        "he is talking to a man of 30",
        "mum of 3",
        "lives at number 8",
        "I am not pregnant",
        "I was pregnant with him then",
        "attendance is 91%",
    ],
)
def test_other_numbers_are_no_ages(text: str) -> None:
    assert child_ages(fold(text)) == []


def test_every_age_points_at_its_own_words() -> None:
    text = "my lad is 11 and his sister’s seven"
    assert [(text[f.start : f.end], f.value) for f in find_ages(fold(text))] == [("11", 11), ("seven", 7)]
