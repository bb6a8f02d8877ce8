"""The two judges together."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import yaml

from bot.text.normalise import sentences
from bot.text.screen.learned import Opinion, opinion
from bot.text.screen.pieces import pieces
from bot.text.screen.result import CONCERN, IMMEDIATE, NONE, ScreenResult, joined
from bot.text.screen.rules import judge_by_rules, unread_by_the_other_judge

_GROUPS = yaml.safe_load((Path(__file__).parent / "everyday_english.yml").read_text(encoding="utf-8"))
EVERYDAY_ENGLISH = frozenset(word for words in _GROUPS.values() for word in words.split())
NO_HARM = 0.05
"""Probability of any harm under which a phrase that was found is asked about and not alarmed at."""
NOT_NOW = 0.05
"""Probability of danger now under which a phrase for it is a concern with a question."""
EARSHOT = 15
"""Words to either side of a phrase that are read with it before it is doubted."""
ENGLISH_SHARE = 0.2
"""Share of everyday words from which a text is read as English, whatever a language guess says."""


def screen(text: str, lang: str = "en") -> ScreenResult:
    """The worst that either judge sees in one message, of any length and in any language.

    The lexicons look for danger words of all their languages in every message: people mix languages.
    The vectors know English only, and are asked whenever the words look English: guesses at the
    language of a short or badly spelt message are often wrong.
    """
    by_rules = judge_by_rules(text)
    if lang == "en" or reads_as_english(text):
        by_vectors = opinion(text)
        return joined(doubted(by_rules, _closer(text, by_rules, by_vectors)), by_vectors.result)
    return by_rules


def _closer(text: str, by_rules: ScreenResult, whole: Opinion) -> Opinion:
    """The judge's opinion for doubting: of a long message in which it hears nothing, also of the words around each phrase.

    One line in a long calm letter must not be doubted because of the letter. In a short message the whole is what says
    how a phrase is meant.
    """
    sure = whole.harm >= NO_HARM and (by_rules.danger != IMMEDIATE or whole.now >= NOT_NOW)
    if by_rules.danger == NONE or sure or len(list(pieces(sentences(text)))) == 1:
        return whole
    near = [opinion(words) for words in {_around(text, start, end) for start, end, _ in by_rules.evidence}]
    harm, now = (max(getattr(one, of) for one in (whole, *near)) for of in ("harm", "now"))
    return replace(whole, harm=harm, now=now)


def _around(text: str, start: int, end: int) -> str:
    """The sentence in which a phrase stands, and no more than EARSHOT words to either side of it."""
    for sentence in sentences(text):
        inside = [n for n, word in enumerate(sentence) if word.start < end and word.end > start]
        if inside:
            near = sentence[max(inside[0] - EARSHOT, 0) : inside[-1] + 1 + EARSHOT]
            return text[near[0].start : near[-1].end]
    return text[start:end]


def doubted(by_rules: ScreenResult, by_vectors: Opinion) -> ScreenResult:
    """What the phrases found, turned into a question where the other judge is all but sure of the contrary.

    Never into nothing: its category stays, and the person is asked whether anyone is in danger. Phrases in other
    languages are not doubted.
    """
    if by_rules.danger == NONE or unread_by_the_other_judge().intersection(by_rules.patterns):
        return by_rules
    if by_vectors.harm < NO_HARM:
        return ScreenResult(categories=by_rules.categories, uncertain=True, patterns=by_rules.patterns)
    if by_rules.danger == IMMEDIATE and by_vectors.now < NOT_NOW:
        return replace(by_rules, danger=CONCERN, uncertain=True)
    return by_rules


def reads_as_english(text: str) -> bool:
    words = [word.text for sentence in sentences(text) for word in sentence]
    known = sum(word in EVERYDAY_ENGLISH for word in words)
    return known >= ENGLISH_SHARE * len(words)
