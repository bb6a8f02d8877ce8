"""Which places a message names: towns, villages, districts and counties by their canonical names, and postcodes.

The gazetteer (`data/places/`) says how names are written and which authority answers. A long name with one letter wrong is
still found. A name that is also an everyday word counts only where the message shows that a place is meant.
"""

from __future__ import annotations

import itertools
import re
from functools import lru_cache

from bot.text.found import LONGEST, Found
from bot.text.gazetteer import TYPO_LENGTH, Gazetteer, gazetteer, key, with_one_letter_out
from bot.text.patterns import lexicon

LONGEST_NAME = 5
"""Words."""
_NEAR = 25
"""Characters before and after a name that show what is meant."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_POSTCODE = re.compile(
    r"(?<![A-Za-z0-9])([A-Za-z]{1,2})\s?(\d{1,2}[A-Za-z]?)(?:\s?(\d[A-Za-z]{2})|\s(\d)(?!\s?(?:[-/]|and|&|kid|child|yr|year|month|week|boy|girl|son|daughter|lad)|\d|:|\.\d))?(?![A-Za-z0-9])"
)
_PLACE_BEFORE = re.compile(
    r"(?:\b(?:in|near|from|live|living|lives|around|at|to|of|outside|over|round|near to|based|moved|based at|town|area|nr|by|between|into|we're|via)\s(?:the |old |north |south |east |west |central )?|[-,;:.(/]\s*|^\s*|\s\|\s)$",
    re.I,
)
_ROAD_AFTER = re.compile(
    r"^['’]?s?\s(?:road|rd|street|st|lane|ln|avenue|ave|drive|close|crescent|way|terrace|gardens|grove|walk|court|house|hill road|green road|arms|inn|hotel|ward)\b",
    re.I,
)
_GAME = re.compile(
    r"^\s(?:club|team|match|practice|training|ball|player|boots|shirt|tackle|league|on (?:sat|sun|tues|wed|thur|mon|fri))|^\s?(?:,|and|or)\s(?:football|cricket|netball|swimming|dance|gym)",
    re.I,
)
_PLAYS = re.compile(r"\b(?:plays?|playing|played|loves?|likes?|watch\w*|mini|tag|touch|does|doing)\s$", re.I)
_PERSON_BEFORE = re.compile(
    r"\b(?:called|named|name is|name's|mr|mrs|miss|ms|dr|pc|sgt|aunty|auntie|uncle|little|our|my|baby)\s$", re.I
)
_ADDRESS_AFTER = re.compile(r"^@|^\.(?:com|co|gov|org)")
_LIVES_IN_BEFORE = re.compile(r"\b(?:in|near|from|live|lives|living|outside|moved to)\s$|[,(.]\s*$")
_SURELY_BEFORE = re.compile(
    r"\b(?:in|near|from|live|lives|living|live at|outside|moved to|nr|around|area of|over in|based in|to|between|round|staying in|at)\s(?:north |south |east |west |central )?$",
    re.I,
)
_MARK_BEFORE, _MARK_AFTER = re.compile(r"(?:[,.;:(!?\n/-]\s*|^\s*)$"), re.compile(r"^\s*(?:$|[,.;:)!?\n/-])")
_VERB_AFTER = re.compile(r"^\s?[a-z']+(?:ed|s)\b")
_VITAMIN = re.compile(r"vit|folate", re.I)


def find_places(text: str) -> list[Found[str]]:
    """Canonical names and postcodes with their positions, in the order they were written."""
    text = text[:LONGEST]
    book = gazetteer()
    postcodes = _find_postcodes(text, book)
    named = [f for f in _find_names(text, book) if not any(p.start < f.end and f.start < p.end for p in postcodes)]
    return sorted([*named, *postcodes], key=lambda found: found.start)


def _find_postcodes(text: str, book: Gazetteer) -> list[Found[str]]:
    found = []
    for match in _POSTCODE.finditer(text):
        district = (match[1] + match[2]).upper()
        sure = len(match[1]) > 1 or match[1].isupper()
        if district in book.postcodes and sure and not (district == "B12" and _VITAMIN.search(text)):
            rest = (match[3] or match[4] or "").upper()
            found.append(Found(match.start(), match.end(), f"{district} {rest}".strip()))
    return found


def _find_names(text: str, book: Gazetteer) -> list[Found[str]]:
    words = list(_WORD.finditer(text))
    found: list[Found[str]] = []
    at = 0
    while at < len(words):
        size, place = _longest(text, words, at, book)
        if place:
            found.append(Found(words[at].start(), words[at + size - 1].end(), place))
        at += max(size, 1)
    return found


def _longest(text: str, words: list[re.Match[str]], at: int, book: Gazetteer) -> tuple[int, str | None]:
    """The longest name that starts at this word and is meant as a place; (0, None) where there is none."""
    first = key(words[at][0])
    most = LONGEST_NAME if first in book.first_words or _without_s(first, book) in book.first_words else 1
    if most == 1 and len(first) < TYPO_LENGTH:
        return 0, None
    for size in range(min(most, len(words) - at), 0, -1):
        span = words[at : at + size]
        if any(text[a.end() : b.start()].strip(" '’&/-\n\t") for a, b in itertools.pairwise(span)):
            continue
        name = key(" ".join(word[0] for word in span))
        name = name if name in book.names else _without_s(name, book)
        place = book.names.get(name) or (_misspelt(span[0][0], book) if size == 1 else None)
        if place and _meant(text, span[0].start(), span[-1].end(), name, book):
            return size, place
    return 0, None


def _without_s(name: str, book: Gazetteer) -> str:
    """ "Nuneaton's" is about Nuneaton."""
    bare = name.removesuffix("s")
    return bare if bare in book.names and len(bare) > 5 else name


def _misspelt(word: str, book: Gazetteer) -> str | None:
    low = word.lower()
    if len(low) < TYPO_LENGTH or low in _not_misspelt():
        return None
    hits = {book.near_misses[form] for form in (low, *with_one_letter_out(low)) if form in book.near_misses}
    return book.names[hits.pop()] if len(hits) == 1 else None


def _meant(text: str, start: int, end: int, name: str, book: Gazetteer) -> bool:
    """Whether a name that was found stands for a place here."""
    before, after = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    if _ROAD_AFTER.match(after) or _ADDRESS_AFTER.match(after):
        return False
    if name == "rugby" and (_GAME.match(after) or _PLAYS.search(before)):
        return False
    if name not in book.everyday:
        return True
    capital = text[start].isupper() and not text[:start].isupper()
    if name in book.never_after_in and not (capital and _LIVES_IN_BEFORE.search(before)):
        return False
    return not _PERSON_BEFORE.search(before) and (_stands_alone(text, start, end) or _led_to(before, after, capital))


def _stands_alone(text: str, start: int, end: int) -> bool:
    """The whole message, or between marks."""
    before, after = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    whole = not re.search(r"\w", text[:start]) and not re.search(r"\w", after)
    return whole or bool(_MARK_BEFORE.search(before) and _MARK_AFTER.match(after))


def _led_to(before: str, after: str, capital: bool) -> bool:
    """Words before it lead to a place: surely, or likely where it has a capital and no verb follows."""
    likely = capital and _PLACE_BEFORE.search(before) and not _VERB_AFTER.match(after)
    return bool(likely or _SURELY_BEFORE.search(before))


@lru_cache(1)
def _not_misspelt() -> frozenset[str]:
    return frozenset(lexicon("places")["not_misspelt"].split())
