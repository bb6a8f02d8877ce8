"""Who is writing: said, shown, or unknown."""

from __future__ import annotations

import pytest

from bot.text.reading import read
from bot.text.speaker import decide, scores


def says(text: str) -> str:
    return decide(scores(read(text))[0], {})


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("im mum to Kai", "parent"),
        ("my daughter wont sleep and i dont know what to do", "parent"),
        ("I'm stepdad to two girls", "step_parent"),
        ("Foster carer, child placed 3 weeks ago", "foster_carer"),
        ("I'm a nan", "relative"),
        ("my grandson is hungry", "relative"),
        ("im 14. dont tell my mum", "young_person"),
        ("neighbour in CV11 4", "friend_or_neighbour"),
        ("DSL at a primary.", "school"),
        ("Nursery manager. Second time this month", "early_years"),
        ("Health visitor here - mum is doing well", "health"),
        ("PC, night shift. Attended an address", "police"),
        ("Probation officer. A man on my caseload", "other_professional"),
    ],
)
def test_a_speaker_is_told_by_their_words(text: str, role: str) -> None:
    assert says(text) == role


def test_a_profession_that_is_only_mentioned_is_not_the_speaker() -> None:
    assert says("my son is 4 and the health visitor said to ask you") == "parent"


def test_without_any_sign_nobody_is_named() -> None:
    assert says("ok") == "unknown"
