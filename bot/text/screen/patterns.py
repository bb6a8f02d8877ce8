"""Lexicon files: word classes and patterns by category, and how a written pattern becomes a spaCy one.

A pattern is words in order. `a|b` is either, `%name` any word of a class, `kick*` any word that
begins so, `a?` may be missing, `_` stands for up to three other words and `__` for up to seven.
Words are written as `bot.text.normalise` leaves them: lower case, without apostrophes, spelled out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.text.screen.result import CONCERN, IMMEDIATE

FOLDER = Path(__file__).parent / "lexicon"
OTHER_LANGUAGES = "other_languages.yml"
GAPS = {"_": 3, "__": 7}
HOLDS = ("denied", "past", "over", "asked")
"""Kinds of talk that normally take the weight out of a pattern (see `scope`)."""


class LexiconError(ValueError):
    """A lexicon file says something that cannot be meant. Names the file and the pattern."""


@dataclass(frozen=True)
class Slot:
    """One place in a pattern: the words and beginnings of words that fit it; none of both is a gap."""

    words: frozenset[str] = frozenset()
    stems: tuple[str, ...] = ()
    optional: bool = False
    gap: int = 0

    def keys(self) -> frozenset[str]:
        return self.words | {f"{stem}*" for stem in self.stems}

    def for_spacy(self) -> dict[str, Any]:
        if self.gap:
            return {"OP": f"{{0,{self.gap}}}"}
        fits: dict[str, Any] = {"LOWER": {"IN": sorted(self.words)}}
        if self.stems:
            exact = [re.escape(word) + "$" for word in sorted(self.words)]
            fits = {"LOWER": {"REGEX": "^(" + "|".join([*exact, *map(re.escape, self.stems)]) + ")"}}
        return fits | ({"OP": "?"} if self.optional else {})


@dataclass(frozen=True)
class Pattern:
    """One entry of a lexicon, with the example that it alone catches."""

    name: str
    category: str
    level: str
    slots: tuple[Slot, ...]
    example: str
    holds: frozenset[str] = frozenset()  # kinds of talk in which it keeps its weight
    names_doer: bool = False  # whether it counts only where one that it names did what it names
    english: bool = True  # whether the judge on sentence vectors can read what it matches

    def required(self) -> list[frozenset[str]]:
        return [slot.keys() for slot in self.slots if not slot.gap and not slot.optional]


def load_patterns(folder: Path = FOLDER) -> tuple[Pattern, ...]:
    """Every pattern of every lexicon file, in a fixed order."""
    classes = word_classes(folder)
    files = sorted(path for path in folder.glob("*.yml") if not path.name.startswith("_"))
    return tuple(p for path in files for p in _file_patterns(path, classes))


def word_classes(folder: Path = FOLDER) -> Mapping[str, list[str]]:
    """`_classes.yml`: named lists of words; a class may name other classes."""
    raw = yaml.safe_load((folder / "_classes.yml").read_text(encoding="utf-8"))
    return {name: str(words).split() for name, words in raw.items()}


def _file_patterns(path: Path, classes: Mapping[str, list[str]]) -> Iterator[Pattern]:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    for group in data["groups"]:
        level = {"immediate": IMMEDIATE, "concern": CONCERN}[group["level"]]
        holds = frozenset(group.get("holds", ()))
        if not holds <= set(HOLDS):
            raise LexiconError(f"{path.name}: holds {sorted(holds)}; allowed are {', '.join(HOLDS)}")
        for written, example in group["patterns"].items():
            slots = tuple(_slot(part, classes, f"{path.name}: {written!r}") for part in written.split())
            name, english = f"{group['category']}: {written}", path.name != OTHER_LANGUAGES
            doer = bool(group.get("names_doer"))
            yield Pattern(name, group["category"], level, slots, example, holds, doer, english)


def _slot(part: str, classes: Mapping[str, list[str]], where: str) -> Slot:
    if part in GAPS:
        return Slot(gap=GAPS[part])
    optional, part = part.endswith("?"), part.rstrip("?")
    words = list(_alternatives(part, classes, where))
    stems = tuple(word[:-1] for word in words if word.endswith("*"))
    return Slot(frozenset(word for word in words if not word.endswith("*")), stems, optional)


def _alternatives(part: str, classes: Mapping[str, list[str]], where: str) -> Iterator[str]:
    for word in part.split("|"):
        if not word.startswith("%"):
            yield word
        elif word[1:] in classes:
            for inner in classes[word[1:]]:
                yield from _alternatives(inner, classes, where)
        else:
            raise LexiconError(f"{where} names the class {word}; _classes.yml has {', '.join(sorted(classes))}")
