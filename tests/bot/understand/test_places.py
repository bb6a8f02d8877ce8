"""Places by their canonical names; everyday words only where a place is meant."""

from __future__ import annotations

import pytest

from bot.text.places import find_places


def places(text: str) -> list[str]:
    return [found.value for found in find_places(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("we are in leam", ["Leamington Spa"]),
        ("Bedduth", ["Bedworth"]),
        ("stratford", ["Stratford-upon-Avon"]),
        ("Ashby de la Zouch", ["Ashby-de-la-Zouch"]),
        ("nr Atherstone, N Warks", ["Atherstone", "North Warwickshire"]),
        ("Swindon/Chippenham border", ["Swindon", "Chippenham"]),
        ("CV11 4", ["CV11 4"]),
        ("le3 but I work in Leicester city", ["LE3", "Leicester"]),
        ("Loughbrough", ["Loughborough"]),
        ("my lad plays rugby in Rugby", ["Rugby"]),
        ("we live in Bath", ["Bath"]),
        ("Nuneaton's too far", ["Nuneaton"]),
    ],
)
def test_places_are_named_canonically(text: str, expected: list[str]) -> None:
    assert places(text) == expected


@pytest.mark.parametrize(
    "text", ["he hates the bath", "Warwick Road surgery", "my son likes reading", "chip on his shoulder", "Percy is 4"]
)
def test_everyday_words_and_streets_are_no_places(text: str) -> None:
    assert places(text) == []
