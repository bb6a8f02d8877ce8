"""A text made ready for patterns: lower case, no apostrophes, no stretched letters, with a way back to the original.

>>> reading = read("He WON'T sleeeep!")
>>> reading.plain
'he wont sleep!'
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.text.found import Found, fold

_CUT = re.compile(r"([a-z])\1(\1+)|(?<=\w)'(?=\w)|[\u200b-\u200f\u2060\ufeff\u00ad]")


@dataclass(frozen=True)
class Reading:
    """`plain` is what patterns look at; character n of it stands at `at[n]` in the text as it was typed."""

    plain: str
    at: tuple[int, ...]

    def found(self, start: int, end: int, value: str) -> Found[str]:
        """A finding in `plain`, placed in the text as it was typed."""
        return Found(self.at[start], self.at[end - 1] + 1, value)


@lru_cache(64)
def read(text: str) -> Reading:
    folded = fold(text)
    dropped: set[int] = set()
    for match in _CUT.finditer(folded):
        dropped.update(range(match.start(2), match.end(2)) if match[1] else range(match.start(), match.end()))
    if not dropped:
        return Reading(folded, tuple(range(len(folded))))
    kept = [n for n in range(len(folded)) if n not in dropped]
    return Reading("".join(folded[n] for n in kept), tuple(kept))
