"""Judge (a): what the patterns found, weighed by how it was said."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from bot.text.normalise import Sentence, sentences
from bot.text.screen.matching import Hit, PatternIndex
from bot.text.screen.patterns import load_patterns
from bot.text.screen.result import CONCERN, IMMEDIATE, NONE, ScreenResult, joined
from bot.text.screen.scope import kinds_of_talk

EARSHOT = 40
"""Words before and after a match that may change how it is meant."""


@lru_cache(1)
def index() -> PatternIndex:
    return PatternIndex(load_patterns())


@lru_cache(1)
def unread_by_the_other_judge() -> frozenset[str]:
    """Names of the patterns in languages that the sentence vectors do not know."""
    return frozenset(pattern.name for pattern in load_patterns() if not pattern.english)


def judge_by_rules(text: str, patterns: PatternIndex | None = None) -> ScreenResult:
    """What the lexicons say about one message."""
    patterns = patterns or index()
    found = [_weighed(hit, sentence) for sentence in sentences(text) for hit in patterns.hits(sentence)]
    return joined(*found)


def _weighed(hit: Hit, sentence: Sentence) -> ScreenResult:
    """One match: at its own level, lowered, doubtful, or nothing."""
    talk = kinds_of_talk(*_around(hit, sentence)) - hit.pattern.holds
    level = _level(hit.pattern.level, talk)
    if level == NONE:
        return ScreenResult()
    span = (sentence[hit.start].start, sentence[hit.end - 1].end, hit.pattern.category)
    return ScreenResult(level, (hit.pattern.category,), (span,), False, (hit.pattern.name,))


def _around(hit: Hit, sentence: Sentence) -> tuple[Hit, Sentence]:
    """The match among its neighbours only: a rant without full stops is one sentence of any length."""
    first = max(hit.start - EARSHOT, 0)
    near = sentence[first : hit.end + EARSHOT]
    return replace(hit, start=hit.start - first, end=hit.end - first), near


def _level(level: str, talk: frozenset[str]) -> str:
    """A denial, a figure of speech, a question or another doer takes it away; an earlier day takes the haste away."""
    if talk & {"denied", "figure", "asked", "another"}:
        return NONE
    if "past" in talk:
        return CONCERN if level == IMMEDIATE else NONE
    if "over" in talk:
        return CONCERN
    return level
