"""Every phrase of the lexicons earns its place: `phrases.yml` has words for each that it alone, of its kind, catches.

Take one away and the words of its example are caught by nobody; add one and its example is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.text import speaker
from bot.text.patterns import Phrase, lexicon, phrases
from bot.text.reading import read

EXAMPLES: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("phrases.yml").read_text(encoding="utf-8"))
LEXICONS = ("concerns", "speaker", "workers", "consent", "times")


def kinds(name: str) -> Iterator[tuple[str, list[str]]]:
    """Each kind of a lexicon with its entries: a concern, a role's way of showing, an outcome."""
    for key, entries in lexicon(name).items():
        if isinstance(entries, list):
            yield key, [str(entry) for entry in entries]
        elif name == "speaker":
            yield from ((f"{key} {way}", entries[way]) for way in entries)
        else:
            yield from ((f"{key} {one}", entries[one]["phrases"]) for one in entries)


ALL = [(name, kind, entry) for name in LEXICONS for kind, entries in kinds(name) for entry in entries]


@lru_cache(None)
def compiled(name: str, kind: str) -> dict[str, Phrase]:
    entries = dict(kinds(name))[kind]
    return {entry: phrases([entry.removeprefix("@yp ").removeprefix("@adult ")])[0] for entry in entries}


@lru_cache(None)
def titles(kind: str) -> dict[str, re.Pattern[str]]:
    return {title: pattern for title in dict(kinds("speaker"))[kind] if (pattern := speaker._title([title]))}


def caught_by(name: str, kind: str, text: str) -> list[str]:
    plain = read(text).plain
    if kind.endswith(" titles"):
        return [title for title, pattern in titles(kind).items() if pattern.search(plain)]
    return [entry for entry, phrase in compiled(name, kind).items() if phrase.search(plain)]


@pytest.mark.parametrize(("name", "kind", "entry"), ALL, ids=[f"{n} {k}: {e[:50]}" for n, k, e in ALL])
def test_removing_any_phrase_would_be_noticed(name: str, kind: str, entry: str) -> None:
    assert caught_by(name, kind, EXAMPLES[name][kind][entry]) == [entry]


def test_no_example_is_left_of_a_phrase_that_is_gone() -> None:
    kept = {(name, kind, entry) for name, own in EXAMPLES.items() for kind, group in own.items() for entry in group}
    assert kept == set(ALL)
