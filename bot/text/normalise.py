"""One message as plain words, each with the place in the message it came from.

People hide words on purpose (s3lf h4rm), by thumb (stoppp, dnt) and by pasting (look-alike letters,
invisible characters). The words that leave here are lower case, without apostrophes, spelled out;
their places still point at what was really typed, so that evidence can be shown as it was written.
Everything is one pass over the characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

MAX_CHARS = 200_000
"""Of one message. A longer one is read at both ends: help is asked for first or last."""
MAX_WORD = 60
"""Longer runs of letters are not words."""

_TABLES = yaml.safe_load((Path(__file__).parent / "spelling.yml").read_text(encoding="utf-8"))
LOOKALIKES = {ord(a): b for a, b in _TABLES["lookalikes"].items()}
LEET = {ord(a): b for a, b in _TABLES["leet"].items()}
SPELLED_OUT: dict[str, tuple[str, ...]] = {
    short: tuple(str(full).split()) for short, full in _TABLES["spelled_out"].items()
}

_SENTENCE_END = ".!?…\n;।。؟۔"
_PAUSE = ',:()-–—"“”*/|'
_APOSTROPHES = "'’‘`´ʼ"
_INSIDE_LEET = re.compile(r"(?<=[a-z])[0-9@$!|]+(?=[a-z])|^[$@](?=[a-z]{2})|^[0-9](?=[a-z]{3})")
_AGE_OR_COUNT = re.compile(
    r"^\d+(st|nd|rd|th|yo|yr|yrs|year|years|old|mth|mths|months?|wk|wks|weeks?|days?|hrs?|mins?|am|pm|kg|lb|lbs|ml|mg|cm|ft|k|x|m|s)\w*$"
)
_STRETCHED = re.compile(r"(\w)\1{2,}")
_DOUBLED = re.compile(r"([a-z])\1")


@dataclass(frozen=True)
class Word:
    """A plain word and where it stood: characters `start` to `end` of the message."""

    text: str
    start: int
    end: int
    pause: bool = False  # a comma or the like stood before it


Sentence = tuple[Word, ...]


def sentences(text: str) -> list[Sentence]:
    """The message as sentences of plain words. Empty for a message without letters or figures."""
    found: list[Sentence] = []
    current: list[Word] = []
    for word in _words(text):
        if word is None:
            if current:
                found.append(tuple(current))
            current = []
        else:
            current.append(word)
    if current:
        found.append(tuple(current))
    return found


def plain(text: str) -> str:
    """The message with its words spelled out, for the sentence encoder."""
    return as_text(sentences(text))


def as_text(found: Sequence[Sentence]) -> str:
    """Plain words, sentence by sentence."""
    return ". ".join(" ".join(word.text for word in sentence) for sentence in found)


def _words(text: str) -> Iterator[Word | None]:
    """Words in order; None where a sentence ends."""
    pause = False
    for token, start, end in _tokens(text):
        if token in _SENTENCE_END:
            yield None
        elif token in _PAUSE:
            pause = True
        else:
            for part in spelled_out(token):
                yield Word(part, start, end, pause)
                pause = False


def _tokens(text: str) -> Iterator[tuple[str, int, int]]:
    """Runs of letters and figures, and single marks, each with its place in `text`."""
    run: list[str] = []
    start = end = 0
    for place, char in _visible(text):
        if _is_word_char(char, run):
            start = place if not run else start
            run.append(char)
            end = place + 1
            continue
        if run:
            yield "".join(run), start, end
            run = []
        if char in _SENTENCE_END or char in _PAUSE:
            yield char, place, place + 1
    if run:
        yield "".join(run), start, end


def _visible(text: str) -> Iterator[tuple[int, str]]:
    """Characters that a reader sees, full-width and ligature forms made plain, lower case."""
    for place in _read(len(text)):
        for char in _plain_char(text[place]):
            yield place, char


def _read(length: int) -> Iterator[int]:
    if length <= MAX_CHARS:
        return iter(range(length))
    half = MAX_CHARS // 2
    return iter([*range(half), *range(length - half, length)])


@lru_cache(10_000)
def _plain_char(char: str) -> str:
    if char in _APOSTROPHES:
        return "'"
    if char == "\n":
        return char
    if unicodedata.category(char) in ("Cf", "Cc", "Cs", "Co", "Cn"):
        return " " if char in "\t\r" else ""
    return unicodedata.normalize("NFKC", char).lower()


def _is_word_char(char: str, run: list[str]) -> bool:
    """Letters, figures and the marks of other scripts; signs only inside a word (sh!t, s$$)."""
    return _is_letter(char) or char == "'" or (char in "@$!|" and bool(run) and char != "!")


@lru_cache(10_000)
def _is_letter(char: str) -> bool:
    return unicodedata.category(char)[0] in "LNM"


@lru_cache(20_000)
def spelled_out(token: str) -> tuple[str, ...]:
    """One typed word as plain words: `dnt` is dont, `kms` is kill myself, `h4rm` is harm."""
    word = _unaccented(token.replace("'", ""))[:MAX_WORD]
    if not word:
        return ()
    if word in SPELLED_OUT:
        return SPELLED_OUT[word]
    word = _unstretched(_unleet(_latin(word)))
    return SPELLED_OUT.get(word, (word,))


def _unaccented(word: str) -> str:
    """Latin letters without their accents, other scripts untouched."""
    if word.isascii():
        return word
    parts = (_TABLES["letters"].get(c) or unicodedata.normalize("NFD", c)[0] if c < "ɐ" else c for c in word)
    return "".join(parts)


def _latin(word: str) -> str:
    """A word that mixes Latin letters with look-alikes is a Latin word in disguise."""
    if word.isascii():
        return word
    turned = word.translate(LOOKALIKES)
    mixed = any("a" <= c <= "z" for c in word)
    return turned if mixed and turned.isascii() else word


def _unleet(word: str) -> str:
    if word.isalpha() or not any("a" <= c <= "z" for c in word) or _AGE_OR_COUNT.match(word):
        return word
    return _INSIDE_LEET.sub(lambda hit: hit.group().translate(LEET), word)


def _unstretched(word: str) -> str:
    """`stoppp` is stop, `killlled` is killed: a run of three or more becomes one letter, or two in a word we know."""
    if not _STRETCHED.search(word) or not word.isalpha():
        return word
    two, one = _STRETCHED.sub(r"\1\1", word), _STRETCHED.sub(r"\1", word)
    return two if two in _DOUBLE_WORDS else one


_DOUBLE_WORDS = frozenset(_TABLES["double_letter_words"])
