"""Small whole numbers as people write them: `7`, `seven`, `2 and a half`, `3½`."""

from __future__ import annotations

WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "forteen": 14, "fifteen": 15, "fiveteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip

NUMBER = r"(?:\d{1,2}|" + "|".join(sorted(WORDS, key=len, reverse=True)) + r")"
"""A pattern for one whole number below a hundred, in digits or (below twenty) in words."""


def whole(word: str) -> int:
    """The number that a match of `NUMBER` stands for."""
    return int(word) if word.isdecimal() else WORDS[word]
