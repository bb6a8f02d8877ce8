"""How a message is written tells a little of who writes, and never decides against what they say."""

from __future__ import annotations

import pytest

from bot.text.handwriting import MARKS, marks
from bot.text.understand import understand


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("I'm tired", "im tired"),
        ("she can't sleep", "she cant sleep"),
        ("Help with him", "help with him"),
        ("Seen in clinic", "Seen in ED clinic"),
        ("no sleep", "no sleep."),
        ("He is hungry", "Seen. Mum is hungry"),
    ],
)
def test_two_ways_of_writing_bear_different_marks(one: str, other: str) -> None:
    assert marks(one) != marks(other)


@pytest.mark.parametrize("text", ["", "?", "CV21", "im 13 n my mum shouts", "DSL. Mum consents."])
def test_every_message_bears_one_mark_for_each_trait(text: str) -> None:
    found = marks(text)
    assert len(set(found)) == len(marks(""))
    assert max(found) < MARKS


def test_a_postcode_is_no_professional_shorthand() -> None:
    assert marks("we live in CV21") == marks("we live in town")


@pytest.mark.parametrize(
    "text",
    [
        "my son keeps hitting me and im at the end of my tether",
        "im on my own with three kids and we got no food",
        "my little girl wont eat nothing",
    ],
)
def test_a_parent_who_writes_without_capitals_stays_a_parent(text: str) -> None:
    assert understand(text)["speaker_role"] == "parent"


def test_a_sister_in_law_is_no_ward_sister() -> None:
    assert understand("I'm his sister, 21, my brother hasn't been home for three days")["speaker_role"] == "relative"
