"""The two judges together."""

from __future__ import annotations

from bot.text.normalise import sentences
from bot.text.screen.learned import judge_by_vectors
from bot.text.screen.result import ScreenResult, joined
from bot.text.screen.rules import judge_by_rules

EVERYDAY_ENGLISH = frozenset(
    [
        "i",
        "you",
        "he",
        "she",
        "it",
        "we",
        "they",
        "me",
        "him",
        "her",
        "us",
        "them",
        "my",
        "your",
        "his",
        "their",
        "our",
        "a",
        "an",
        "the",
        "this",
        "that",
        "is",
        "are",
        "was",
        "were",
        "am",
        "be",
        "been",
        "has",
        "have",
        "had",
        "do",
        "does",
        "did",
        "dont",
        "didnt",
        "doesnt",
        "not",
        "no",
        "and",
        "or",
        "but",
        "because",
        "so",
        "if",
        "when",
        "what",
        "who",
        "how",
        "where",
        "why",
        "with",
        "without",
        "to",
        "of",
        "in",
        "on",
        "at",
        "for",
        "from",
        "by",
        "about",
        "up",
        "down",
        "out",
        "off",
        "over",
        "can",
        "cant",
        "could",
        "will",
        "wont",
        "would",
        "should",
        "just",
        "mum",
        "dad",
        "mums",
        "dads",
        "child",
        "children",
        "baby",
        "school",
        "help",
        "please",
        "scared",
        "home",
        "going",
        "want",
        "get",
        "got",
        "said",
        "says",
    ]
)
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
        return joined(by_rules, judge_by_vectors(text))
    return by_rules


def reads_as_english(text: str) -> bool:
    words = [word.text for sentence in sentences(text) for word in sentence]
    known = sum(word in EVERYDAY_ENGLISH for word in words)
    return known >= ENGLISH_SHARE * len(words)
