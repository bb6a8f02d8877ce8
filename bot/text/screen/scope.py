"""How a match is meant: said as it is, denied, long past, asked about, or a figure of speech.

Words that turn a match round must stand where they can reach it: a denial reaches forward to the
next new subject, a question about procedure covers its sentence, a figure of speech only itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from bot.text.doer import staff_did_it
from bot.text.normalise import Sentence
from bot.text.screen.matching import Hit
from bot.text.screen.urgency import says_now, says_over
from bot.text.screen.word_lists import any_of, word_lists

_WORDS = word_lists("scope")
DENIALS = frozenset(_WORDS["denials"].split())
NOT_DENYING = frozenset(_WORDS["not_denying"].split())
NEW_SUBJECTS = frozenset(_WORDS["new_subjects"].split())
SUBJECTS = frozenset(["i", "he", "she", "they", "we"])
REACH = 6
"""Words that a denial reaches over."""

_PAST, _SINCE = any_of(_WORDS, "past"), any_of(_WORDS, "still_going_on")
_ASKED = any_of(_WORDS, "asked_about")
_FIGURES = any_of(_WORDS, "figures_of_speech")


def kinds_of_talk(hit: Hit, sentence: Sentence) -> frozenset[str]:
    """Which of `denied`, `past`, `over`, `asked`, `figure`, `another` a match is. None: it is said as it is."""
    words = tuple(word.text for word in sentence)
    checks = {
        "denied": is_denied(hit, sentence),
        "past": _is_past(words),
        "over": _is_over(words, hit.pattern.category),
        "asked": bool(_ASKED.search(_text(words))),
        "figure": _is_figure(hit, words),
        "another": hit.pattern.names_doer and not _names_doer(hit, words),
    }
    return frozenset(kind for kind, found in checks.items() if found)


def is_denied(hit: Hit, sentence: Sentence) -> bool:
    """A denying word within reach before the match, or in one of its gaps."""
    own = {word for slot in hit.pattern.slots for word in slot.words}
    for place in range(hit.end - 1, max(hit.start - REACH, 0) - 1, -1):
        word = sentence[place].text
        if place < hit.start and word in NEW_SUBJECTS and place + 1 < hit.start:
            return False
        if word in DENIALS and not (word in own and place >= hit.start) and not _denies_other(hit, sentence, place):
            return True
        if word in SUBJECTS and place > hit.start:
            return False
        if place < hit.start and sentence[place].pause:
            return False
    return False


def _names_doer(hit: Hit, words: Sequence[str]) -> bool:
    """Whether one of the people that the pattern names did what it names; it may name them before it or after a "by"."""
    named = [slot.words for slot in hit.pattern.slots if not slot.gap]
    ends = (named[0], named[-1])
    staff, deeds = reversed(ends) if named[1:-1] == [frozenset(["by"])] else ends
    return staff_did_it(words, range(hit.start, hit.end), staff, deeds)


def _denies_other(hit: Hit, sentence: Sentence, place: int) -> bool:
    """`don't tell`, `can't stop`: the denying word belongs to another verb, before the match."""
    following = sentence[place + 1 : min(place + 3, hit.start)]
    return any(word.text in NOT_DENYING for word in following)


@lru_cache(256)
def _text(words: Sequence[str]) -> str:
    return " ".join(words)


@lru_cache(256)
def _is_past(words: Sequence[str]) -> bool:
    return bool(_PAST.search(_text(words))) and not _SINCE.search(_text(words))


@lru_cache(256)
def _is_over(words: Sequence[str], category: str) -> bool:
    """On an earlier day, a habit, or safe for now: no haste, and no word of today that brings it back."""
    return says_over(_text(words), category) and not says_now(_text(words))


def _is_figure(hit: Hit, words: Sequence[str]) -> bool:
    """The match lies wholly within words that are only a manner of speaking."""
    text, start, end = _text(words), _place(words, hit.start), _place(words, hit.end) - 1
    return any(
        figure.start() <= start + 2 and end <= figure.end()
        for figure in _FIGURES.finditer(text)
        if figure.end() > start
    )


def _place(words: Sequence[str], index: int) -> int:
    return sum(len(word) + 1 for word in words[:index])
