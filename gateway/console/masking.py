"""The words of one request without who and where, as far as the service knows names and places."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from gateway.console.words import place
from gateway.settings import ROOT
from triage.masking import capitals, mask, name_parts
from triage.request import RequestForService

NAMES = ROOT / "bot" / "text" / "lexicons" / "names.yml"
PLACES = ROOT / "data" / "places"
_EVERYDAY = "everyday.yml"
_HEADINGS = frozenset({"authorities", "localities", "places", "postcodes", "also"})


def masked(words: str, request: RequestForService) -> str:
    """What may be kept of somebody's words beyond their request: a person reads it all the same."""
    return mask(
        words, names=_names_of(request), places=(*_places_of(request), *known_places()), first_names=first_names()
    )


def _names_of(request: RequestForService) -> list[str]:
    about = (request.safe_contact.must_not_know, *(words for one in request.household for words in one.values()))
    said = [request.requester_name, request.safe_contact.name_to_use, *(child.name for child in request.children)]
    return [*name_parts(*said), *(word for text in about for word in capitals(text))]


def _places_of(request: RequestForService) -> Iterable[str]:
    schools = [child.school for child in request.children]
    return [text for text in (request.place, place(request.locality), place(request.authority), *schools) if text]


@lru_cache(maxsize=1)
def first_names() -> frozenset[str]:
    return frozenset(str(name) for name in _read(NAMES)["first"])


@lru_cache(maxsize=1)
def known_places() -> frozenset[str]:
    """Every name and way of writing it, and postcode districts. Everyday words ("bath") are left to their capital."""
    everyday = {str(word) for word in _read(PLACES / _EVERYDAY)["everyday_words"]}
    files = sorted(path for path in PLACES.glob("*.yml") if path.name != _EVERYDAY)
    return frozenset(name for path in files for name in _names_in(_read(path)) if name.casefold() not in everyday)


def _names_in(tree: object) -> Iterable[str]:
    """Places, their spellings and postcode districts of one file of places, however deep they stand."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            if isinstance(value, dict | list):
                yield from () if key in _HEADINGS else (str(key),)
                yield from _names_in(value)
            elif key == "name":
                yield str(value)
    elif isinstance(tree, list):
        yield from map(str, tree)


def _read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return found
