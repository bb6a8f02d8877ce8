"""Concerns are what is really in the text."""

from __future__ import annotations

import pytest

from bot.text.concerns import CONCERNS, decide, spotted
from bot.text.reading import read


def about(text: str, role: str = "parent") -> set[str]:
    return set(decide(spotted(read(text), role), {}))


@pytest.mark.parametrize(
    ("text", "role", "expected"),
    [
        ("he wont go to bed till midnight", "parent", {"routines_sleep"}),
        ("two kids always out in pyjamas asking for food", "friend_or_neighbour", {"neglect"}),
        ("husband lost his job and we cant afford the electric", "parent", {"unemployment", "debt_poverty"}),
        ("my daughter is anxious all the time", "parent", {"child_mental_health"}),
        ("i am so anxious all the time", "young_person", {"child_mental_health"}),
        ("her mum is depressed and drinks all day", "relative", {"parent_mental_health", "substance_misuse_parent"}),
        ("my lad smokes weed", "parent", {"substance_misuse_child"}),
        ("my boyfriend hits me", "young_person", {"domestic_abuse", "physical_harm"}),
    ],
)
def test_what_is_said_is_found(text: str, role: str, expected: set[str]) -> None:
    assert about(text, role) == expected


@pytest.mark.parametrize(
    "text",
    [
        "no domestic abuse, substance misuse or mental health concerns",
        "She is just very shy and I'd like a drama group",
        "nobody drinks in this house",
        "he isn't being bullied",
    ],
)
def test_what_is_denied_is_no_concern(text: str) -> None:
    assert about(text) == set()


def test_the_same_word_is_the_child_s_or_the_parent_s_matter_by_whom_it_is_about() -> None:
    assert about("my son has depression", "parent") == {"child_mental_health"}
    assert about("my husband has depression", "parent") == {"parent_mental_health"}


def test_evidence_points_at_the_words_as_typed() -> None:
    text = "Hi. He WON’T go to bed!!"
    (found,) = spotted(read(text))
    assert text[found.start : found.end].strip(" !") == "WON’T go to bed"


def test_a_phrase_and_likeness_are_added_up() -> None:
    unlikely = dict.fromkeys(CONCERNS, 0.01)
    found = spotted(read("he is being bullied"), "parent")
    assert decide([], {**unlikely, "bullying": 0.3, "missing": 0.15}) == ["bullying"]
    assert decide(found, {**unlikely, "bullying": 0.15, "missing": 0.3}) == ["bullying"]
    assert decide(found, {**unlikely, "bullying": 0.15, "missing": 0.75}) == ["missing", "bullying"]


def test_a_phrase_in_a_message_that_is_like_nothing_of_the_kind_does_not_decide_alone() -> None:
    nothing = dict.fromkeys(CONCERNS, 0.001)
    assert decide(spotted(read("he is being bullied"), "parent"), nothing) == []
    assert decide([], nothing) == []
