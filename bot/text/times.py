"""What presses: a time or an event that gives an officer a deadline ("dad collects at 3.15", "flight is tomorrow")."""

from __future__ import annotations

from functools import lru_cache

from bot.text.found import Found
from bot.text.patterns import Phrase, lexicon, phrases
from bot.text.reading import Reading


def find_times(reading: Reading) -> list[Found[str]]:
    """The words themselves, as they were typed in plain form, in their order; overlapping ones once."""
    found: list[Found[str]] = []
    for phrase in _phrases():
        for match in phrase.finditer(reading.plain):
            found.append(reading.found(match.start(), match.end(), match[0].strip()))
    found.sort(key=lambda one: (one.start, -one.end))
    return [one for n, one in enumerate(found) if all(other.end <= one.start for other in found[:n])]


@lru_cache(1)
def _phrases() -> tuple[Phrase, ...]:
    return phrases(lexicon("times")["deadlines"])
