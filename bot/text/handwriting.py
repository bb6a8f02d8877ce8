"""How a message is written, whatever it says: capitals, apostrophes, letters that stand for words, the last stop.

Plain words have none of this left, and it tells a little of who writes: "im 13" from "I'm 13", "Pt seen, mum consents" from both.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_POSTCODE = re.compile(r"\b[A-Z]{2}\d+")
_LETTERS = re.compile(r"\b[A-Z]{2,}\b")
_PERSON_OPENS = re.compile(r"(?:^|[.:] )(?:Mum|Dad|Parents|Family|Pupil|Mother|Father)\b")
_I, _SMALL_I = re.compile(r"\bI\b"), re.compile(r"\b(?:i|im|ive)\b")
_APOSTROPHE = re.compile(r"\w['’]\w")
_LEFT_OUT = re.compile(r"\b(?:dont|cant|wont|isnt|didnt|doesnt|hes|shes|im|ive|theyre|thats|whos)\b")


def _small_or_great_i(text: str) -> int:
    return 1 if _I.search(text) else 2 if _SMALL_I.search(text) else 0


def _apostrophes(text: str) -> int:
    return 1 if _APOSTROPHE.search(text) else 2 if _LEFT_OUT.search(text) else 0


def _opens_small(text: str) -> int:
    return int(text.lstrip()[:1].islower())


def _letters_for_words(text: str) -> int:
    return int(bool(_LETTERS.search(_POSTCODE.sub("", text))))


def _stops(text: str) -> int:
    return int(text.rstrip()[-1:] in tuple(".!?"))


def _speaks_of_a_family(text: str) -> int:
    return int(bool(_PERSON_OPENS.search(text)))


_TRAITS: tuple[tuple[Callable[[str], int], int], ...] = (
    (_small_or_great_i, 3),
    (_apostrophes, 3),
    (_opens_small, 2),
    (_letters_for_words, 2),
    (_stops, 2),
    (_speaks_of_a_family, 2),
)
MARKS = sum(ways for _, ways in _TRAITS)
"""How many marks there are; every message bears one for each trait."""


def marks(text: str) -> list[int]:
    """The marks that a message bears, as numbers below MARKS."""
    found, first = [], 0
    for trait, ways in _TRAITS:
        found.append(first + trait(text))
        first += ways
    return found
