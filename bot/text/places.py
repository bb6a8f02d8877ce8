"""Which places a message names: towns, villages, districts and counties by their canonical names, and postcodes.

The gazetteer (`data/places/`) says how names are written and which authority answers. A long name with one letter wrong is
still found. A name that is also an everyday word counts only where the message shows that a place is meant.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bot.text.found import LONGEST, Found

FOLDER = Path(__file__).parents[2] / "data" / "places"
LONGEST_NAME = 5
"""Words."""
_TYPO_LENGTH = 7
"""Names shorter than this must be spelt as the gazetteer spells them."""

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
_NAME_AFTER_ROAD = re.compile(r"^\s(?:school|primary|academy|college|infant|junior|nursery|hospital|fc|rfc)\b", re.I)
_GAME = re.compile(
    r"^\s(?:club|team|match|practice|training|ball|player|boots|shirt|tackle|league|on (?:sat|sun|tues|wed|thur|mon|fri))|^\s?(?:,|and|or)\s(?:football|cricket|netball|swimming|dance|gym)",
    re.I,
)
_PLAYS = re.compile(
    r"\b(?:play(?:s|ing|ed)?|loves?|likes?|watch(?:es|ing)?|mini|tag|touch|wheelchair|does|at|doing|to|from)\s$", re.I
)
_PERSON_BEFORE = re.compile(
    r"\b(?:called|named|name is|name's|mr|mrs|miss|ms|dr|pc|sgt|aunty|auntie|uncle|little|our|my|baby)\s$", re.I
)


@dataclass(frozen=True)
class Place:
    """One name of the gazetteer and who answers for it."""

    name: str
    authority: str
    locality: str | None


@dataclass(frozen=True)
class Gazetteer:
    """Everything that `data/places/` says, ready to look up."""

    names: dict[str, Place]
    postcodes: dict[str, Place]
    everyday: frozenset[str]
    never_after_in: frozenset[str]
    first_words: frozenset[str]
    """How names begin: any other word opens none."""
    near_misses: dict[str, str]
    """Names with one letter left out → the name, for long names: finds one wrong, missing, added or swapped letter."""


@lru_cache(1)
def gazetteer(folder: Path = FOLDER) -> Gazetteer:
    names: dict[str, Place] = {}
    postcodes: dict[str, Place] = {}
    for file in sorted(folder.glob("*.yml"), key=lambda f: f.stem == "elsewhere"):
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
        for place, spellings in _places(data):
            for spelling in (place.name, *spellings):
                names.setdefault(_key(spelling), place)
        postcodes.update({code: place for code, place in _postcodes(data) if code not in postcodes})
    words = yaml.safe_load((folder / "everyday.yml").read_text(encoding="utf-8"))
    everyday = frozenset(map(_key, words["everyday_words"]))
    first_words = frozenset(name.split(" ")[0] for name in names)
    never_after_in = frozenset(map(_key, words["never_after_in"]))
    return Gazetteer(names, postcodes, everyday, never_after_in, first_words, _near_misses(names, everyday))


def _places(data: dict[str, Any]) -> list[tuple[Place, list[str]]]:
    """Of one file: an area with its localities, or a list of other authorities."""
    found: list[tuple[Place, list[str]]] = []
    if "localities" in data:
        found.append((Place(data["name"], data["authority"], None), data.get("also", [])))
        for locality, towns in data["localities"].items():
            found += [(Place(town, data["authority"], locality), also) for town, also in towns.items()]
    for authority, council in data.get("authorities", {}).items():
        found += [(Place(town, authority, None), also) for town, also in council["places"].items()]
    return found


def _postcodes(data: dict[str, Any]) -> list[tuple[str, Place]]:
    codes = data.get("postcodes", {})
    found = [(code, Place(code, data["authority"], locality)) for code, (locality, _town) in codes.items()]
    for authority, council in data.get("authorities", {}).items():
        found += [(code, Place(code, authority, None)) for code in council.get("postcodes", [])]
    return found


def find_places(text: str) -> list[Found[str]]:
    """Canonical names and postcodes with their positions, in the order they were written."""
    text = text[:LONGEST]
    book = gazetteer()
    postcodes = _find_postcodes(text, book)
    named = [f for f in _find_names(text, book) if not any(p.start < f.end and f.start < p.end for p in postcodes)]
    return sorted([*named, *postcodes], key=lambda found: found.start)


def authority_of(place: str) -> Place | None:
    """Who answers for a canonical name or a postcode as `find_places` gives it."""
    book = gazetteer()
    return book.names.get(_key(place)) or book.postcodes.get(place.split(" ")[0])


def _find_postcodes(text: str, book: Gazetteer) -> list[Found[str]]:
    found = []
    for match in _POSTCODE.finditer(text):
        district = (match[1] + match[2]).upper()
        sure = len(match[1]) > 1 or match[1].isupper()
        if district in book.postcodes and sure and not (district == "B12" and re.search(r"vit|folate", text, re.I)):
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
            found.append(Found(words[at].start(), words[at + size - 1].end(), place.name))
        at += max(size, 1)
    return found


def _longest(text: str, words: list[re.Match[str]], at: int, book: Gazetteer) -> tuple[int, Place | None]:
    """The longest name that starts at this word and is meant as a place; (0, None) where there is none."""
    first = _key(words[at][0])
    most = LONGEST_NAME if first in book.first_words or _without_s(first, book) in book.first_words else 1
    if most == 1 and len(first) < _TYPO_LENGTH:
        return 0, None
    for size in range(min(most, len(words) - at), 0, -1):
        span = words[at : at + size]
        if any(text[a.end() : b.start()].strip(" '’&/-\n\t") for a, b in itertools.pairwise(span)):
            continue
        key = _key(" ".join(word[0] for word in span))
        key = key if key in book.names else _without_s(key, book)
        place = book.names.get(key) or (_misspelt(span[0][0], book) if size == 1 else None)
        if place and _meant(text, span[0].start(), span[-1].end(), key, book):
            return size, place
    return 0, None


def _without_s(key: str, book: Gazetteer) -> str:
    """ "Nuneaton's" is about Nuneaton."""
    bare = key[:-1] if key.endswith("s") else key
    return bare if bare in book.names and len(bare) > 5 else key


def _misspelt(word: str, book: Gazetteer) -> Place | None:
    low = word.lower()
    if len(low) < _TYPO_LENGTH or low in _ENGLISH:
        return None
    hits = {book.near_misses[form] for form in (low, *_shorter(low)) if form in book.near_misses}
    return book.names[hits.pop()] if len(hits) == 1 else None


def _meant(text: str, start: int, end: int, key: str, book: Gazetteer) -> bool:
    """Whether a name that was found stands for a place here."""
    before, after = text[max(0, start - 25) : start], text[end : end + 25]
    if _ROAD_AFTER.match(after) or re.match(r"^@|^\.(?:com|co|gov|org)", after):
        return False
    if key == "rugby" and (
        _GAME.match(after)
        or re.search(r"\b(?:plays?|playing|played|loves?|likes?|watch\w*|mini|tag|touch|does|doing)\s$", before, re.I)
    ):
        return False
    if key not in book.everyday:
        return True
    capital = text[start].isupper() and not text[:start].isupper()
    if key in book.never_after_in and not (
        capital and re.search(r"\b(?:in|near|from|live|lives|living|outside|moved to)\s$|[,(.]\s*$", before)
    ):
        return False
    if _PERSON_BEFORE.search(before):
        return False
    alone = not re.search(r"\w", text[:start]) and not re.search(r"\w", after)
    at_end = bool(re.search(r"(?:[,.;:(!?\n/-]\s*|^\s*)$", before)) and bool(
        re.match(r"^\s*(?:$|[,.;:)!?\n/-])", after)
    )
    return (
        alone
        or at_end
        or bool(
            re.search(
                r"\b(?:in|near|from|live|lives|living|live at|outside|moved to|nr|around|area of|over in|based in|to|between|round|staying in|at)\s(?:north |south |east |west |central )?$",
                before,
                re.I,
            )
        )
        or (capital and not re.match(r"^\s?[a-z']+(?:ed|s)\b", after) and bool(_PLACE_BEFORE.search(before)))
    )


def _key(name: str) -> str:
    """How names are compared: lower case, letters and digits only, one space between words."""
    return " ".join(re.findall(r"[a-z0-9]+", name.lower().replace("'", "").replace("’", "").replace("&", " and ")))


def _shorter(word: str) -> list[str]:
    return [word[:n] + word[n + 1 :] for n in range(1, len(word))]


def _near_misses(names: dict[str, Place], everyday: frozenset[str]) -> dict[str, str]:
    """Every long one-word name, whole and with one letter out; a form shared by two places belongs to neither."""
    forms: dict[str, set[str]] = {}
    for name, _place in names.items():
        if " " not in name and len(name) >= _TYPO_LENGTH and name not in everyday:
            for form in (name, *_shorter(name)):
                forms.setdefault(form, set()).add(name)
    return {form: min(whole) for form, whole in forms.items() if len({names[n].name for n in whole}) == 1}


_ENGLISH = frozenset(
    [
        "between",
        "marking",
        "working",
        "breaking",
        "hatting",
        "winning",
        "milking",
        "charming",
        "bedroom",
        "bedrooms",
        "waltham",
        "hamilton",
        "bathing",
        "boxing",
        "warding",
        "wording",
        "shipping",
        "chipping",
        "shopping",
        "whipping",
        "westward",
        "eastward",
        "bullying",
        "bulling",
        "studying",
        "married",
        "harbour",
        "harbours",
        "melting",
        "meeting",
        "getting",
        "sorting",
        "portion",
        "station",
        "leaving",
        "cooking",
        "reading",
        "heading",
        "leading",
        "hopping",
        "hoping",
        "dealing",
        "walking",
        "talking",
        "swinging",
        "evening",
        "evenings",
        "morning",
        "morningside",
        "stocking",
        "coventry",
        "burning",
        "learning",
        "earning",
        "warning",
        "warring",
        "bedding",
        "bedtime",
        "herself",
        "himself",
        "whatever",
    ]
)
