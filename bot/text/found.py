"""What a reader of text hands back: a value and the characters it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

Value = TypeVar("Value")

LONGEST = 20_000
"""Characters that understanding reads. The safety screen reads everything; facts come from the beginning."""

_SAME = {
    "\u2019": "'",
    "\u2018": "'",
    "\u02bc": "'",
    "`": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\u2013": "-",
    "\u2014": "-",
    "\u00a0": " ",
    "\u2011": "-",
    "\u00bd": "½",
}


@dataclass(frozen=True)
class Found(Generic[Value]):
    """`value`, read from characters `start` to `end` of the text as it was typed."""

    start: int
    end: int
    value: Value


def fold(text: str) -> str:
    """Lower case with plain quotes, character for character: positions stay those of the text."""
    return "".join(_plain(char) for char in text[:LONGEST])


def _plain(char: str) -> str:
    low = _SAME.get(char, char).lower()
    return low if len(low) == 1 else char


def distinct(values: list[Value]) -> list[Value]:
    """Each value once, in the order of its first appearance."""
    return list(dict.fromkeys(values))
