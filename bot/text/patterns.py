r"""A small language for phrases, so that lexicons stay readable.

    wont (go|get) to (bed|sleep)      words, alternatives; a word in brackets with `?` may be left out: (really)?
    {child} … hungry                  a class of words from `classes.yml`; up to six words in between
    drink*                            the beginning of a word
    ^ (health visitor|hv) here        at the very beginning of the message
    number #                          any whole number

Phrases stay inside a sentence. Write them as `bot.text.reading` gives the text: lower case, no apostrophes. Each phrase
knows words without which it cannot match, and is not even tried where these are missing: 1,000 phrases cost about 1 ms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

LEXICONS = Path(__file__).parent / "lexicons"
_BETWEEN = r"[^\w.!?;\n]+"
_GAP = rf"(?:{_BETWEEN}\w+){{0,6}}?{_BETWEEN}"
_LETTERS = 4
_SHORTEST = 2
_TOKEN = re.compile(r"\{\w+\}\??|\([^()]*\)\??|…|\^|[^\s]+")


@dataclass(frozen=True)
class Phrase:
    """One phrase of a lexicon, compiled. `starts`: every text that matches has a word that begins so; None if unknown."""

    source: str
    regex: re.Pattern[str]
    starts: frozenset[str] | None

    def search(self, plain: str) -> re.Match[str] | None:
        return next(self.finditer(plain), None)

    def finditer(self, plain: str) -> Iterator[re.Match[str]]:
        if self.starts is None or not self.starts.isdisjoint(openings(plain)):
            yield from self.regex.finditer(plain)


@lru_cache(64)
def openings(plain: str) -> frozenset[str]:
    """The first two, three and four letters of every word."""
    return frozenset(word[:size] for word in re.findall(r"\w+", plain) for size in range(_SHORTEST, _LETTERS + 1))


def compile_phrase(source: str, classes: Mapping[str, Iterable[str]]) -> Phrase:
    tokens = _TOKEN.findall(source)
    if not tokens:
        raise ValueError("An empty phrase would match everything.")
    needs = max((_needs(token, classes) for token in tokens), key=lambda words: min(map(len, words), default=0))
    starts = frozenset(word[:_LETTERS] for word in needs) if needs else None
    return Phrase(source, re.compile(_regex(tokens, classes)), starts)


def _regex(tokens: list[str], classes: Mapping[str, Iterable[str]]) -> str:
    built, joined = "", ""
    for token in tokens:
        if token == "^":
            built, joined = (
                r"\A\W*(?:(?:hi|hello|hiya|hey|dear team|good (?:morning|afternoon|evening)|morning|afternoon)\b\W*)?",
                "",
            )
        elif token == "…":
            joined = _GAP
        elif token.endswith("?"):
            lead, joined = joined, ""
            built += f"{lead}(?:{_alternatives(token[:-1], classes)}{_BETWEEN})?"
        else:
            built += joined + _alternatives(token, classes)
            joined = _BETWEEN
    return built if built.startswith(r"\A") else r"(?<!\w)" + built


def _alternatives(token: str, classes: Mapping[str, Iterable[str]]) -> str:
    return "(?:" + "|".join(_words(words) for words in _options(token, classes)) + ")"


def _words(words: str) -> str:
    """One alternative, of one or several words; each ends where a word ends, unless it is marked as a beginning."""
    return _BETWEEN.join(_word(word) for word in words.split())


def _word(word: str) -> str:
    if word == "#":
        return r"\d+(?!\w)"
    return re.escape(word[:-1]) + r"\w*" if word.endswith("*") else re.escape(word) + r"(?!\w)"


def _options(token: str, classes: Mapping[str, Iterable[str]]) -> list[str]:
    if token.startswith("{"):
        return [str(words) for words in classes[token.strip("{}?")]]
    return [part.strip() for part in token.strip("()?").split("|")]


def _needs(token: str, classes: Mapping[str, Iterable[str]]) -> list[str]:
    if token in ("…", "^") or token.endswith("?"):
        return []
    needed = [max((word.strip("*#") for word in words.split()), key=len) for words in _options(token, classes)]
    return needed if all(word.isalnum() and len(word) >= _SHORTEST for word in needed) else []


@lru_cache(1)
def classes() -> dict[str, list[str]]:
    data: dict[str, list[str]] = yaml.safe_load((LEXICONS / "classes.yml").read_text(encoding="utf-8"))
    return data


def phrases(sources: Iterable[str]) -> tuple[Phrase, ...]:
    return tuple(compile_phrase(source, classes()) for source in sources)


def lexicon(name: str) -> dict[str, Any]:
    """The file `lexicons/<name>.yml` as data."""
    data: dict[str, Any] = yaml.safe_load((LEXICONS / f"{name}.yml").read_text(encoding="utf-8"))
    return data
