"""Finding patterns in a sentence: spaCy matchers behind an index of the rarest word.

A hundred matchers on every message would be slow. Each pattern is tried only on sentences that
hold a word for every one of its places, found through the place with the fewest words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import spacy
from spacy.matcher import Matcher
from spacy.tokens import Doc

from bot.text.normalise import Sentence
from bot.text.screen.patterns import Pattern

LONGEST_PIECE = 80
"""Words read at once. Talk without full stops is cut here, with an overlap, so that time stays linear."""
OVERLAP = 12


@dataclass(frozen=True)
class Hit:
    """A pattern in a sentence: words `start` to `end` of it."""

    pattern: Pattern
    start: int
    end: int


class PatternIndex:
    """All patterns, ready to be looked for. Built once; holds nothing of any message."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self._vocab = spacy.blank("en").vocab
        self._by_anchor: dict[str, list[tuple[Pattern, Matcher, list[frozenset[str]]]]] = defaultdict(list)
        self._stems: set[str] = set()
        for pattern in patterns:
            self._add(pattern)

    def _add(self, pattern: Pattern) -> None:
        matcher = Matcher(self._vocab)
        matcher.add(pattern.name, [[slot.for_spacy() for slot in pattern.slots]], greedy="LONGEST")
        required = pattern.required()
        for key in min(required, key=len):
            self._by_anchor[key].append((pattern, matcher, required))
        self._stems.update(stem for slot in pattern.slots for stem in slot.stems)

    def hits(self, sentence: Sentence) -> Iterator[Hit]:
        for offset, words in _pieces([word.text for word in sentence]):
            doc: Doc | None = None
            for pattern, matcher in self._candidates(words):
                doc = doc if doc is not None else Doc(self._vocab, words=words)
                for _, start, end in matcher(doc):
                    yield Hit(pattern, offset + start, offset + end)

    def _candidates(self, words: list[str]) -> Iterator[tuple[Pattern, Matcher]]:
        keys = self._keys(words)
        seen: set[str] = set()
        for key in sorted(keys & self._by_anchor.keys()):
            for pattern, matcher, required in self._by_anchor[key]:
                if pattern.name not in seen and not any(need.isdisjoint(keys) for need in required):
                    seen.add(pattern.name)
                    yield pattern, matcher

    def _keys(self, words: list[str]) -> set[str]:
        """The words, and for each the known beginnings that it has."""
        keys = set(words)
        for word in set(words):
            keys.update(f"{word[:n]}*" for n in range(2, len(word) + 1) if word[:n] in self._stems)
        return keys


def _pieces(words: list[str]) -> Iterator[tuple[int, list[str]]]:
    step = LONGEST_PIECE - OVERLAP
    for offset in range(0, max(len(words) - OVERLAP, 1), step):
        yield offset, words[offset : offset + LONGEST_PIECE]
