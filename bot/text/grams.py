"""Words, pairs of words and pieces of words: the exact wording that a sentence vector smooths over, as sparse vectors.

The sentence vectors hear what a message is about and are deaf to small words that decide: "took" or "might take",
"he is" or "he was". Here each word and pair stands for itself, the rare ones for more. The safety judge reads words and
pairs (`Grams`); the classifiers of understanding also read pieces of words, which forgive spelling (`weighed`).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

SEEN_IN = 2
"""Training messages that must hold a word or pair before the safety judge keeps it."""
_WORD = re.compile(r"\w+")
_PIECES = (3, 4, 5)
_PIECE_MARK = "~"
"""Begins the name of a piece, so that the piece `are` is not the word `are`."""


@dataclass(frozen=True)
class Grams:
    """The words and pairs that the safety judge's training saw, each with how rare it was."""

    place: Mapping[str, int]
    rarity: np.ndarray

    @classmethod
    def of(cls, messages: Iterable[str]) -> Grams:
        """Learn them from plain messages; the order is fixed by the words themselves."""
        held = [set(words_and_pairs(message)) for message in messages]
        count = Counter(gram for one in held for gram in one)
        kept = sorted(gram for gram, times in count.items() if times >= SEEN_IN)
        rarity = np.array([math.log((1 + len(held)) / (1 + count[gram])) + 1 for gram in kept], dtype=np.float32)
        return cls({gram: n for n, gram in enumerate(kept)}, rarity)

    def row(self, plain: str) -> tuple[np.ndarray, np.ndarray]:
        """Places and values of one plain message. The values have unit length; both are empty if nothing is known."""
        return _unit(Counter(words_and_pairs(plain)), self.place, self.rarity)


def words_and_pairs(plain: str) -> Iterator[str]:
    """Each word, and each two that stand together in a sentence, of a message in plain words."""
    for sentence in plain.split(". "):
        words = sentence.split()
        yield from words
        yield from map(" ".join, pairwise(words))


def words_and_pieces(plain: str) -> tuple[Counter[str], Counter[str]]:
    """How often each word or pair of words, and each piece of a word with its edges, stands in a text in plain words."""
    words = _WORD.findall(plain)
    pieces = (piece for word in words for piece in _pieces(f" {word} "))
    return Counter([*words, *map(" ".join, pairwise(words))]), Counter(pieces)


def _pieces(padded: str) -> list[str]:
    return [_PIECE_MARK + padded[at : at + size] for size in _PIECES for at in range(max(0, len(padded) - size + 1))]


def weighed(plain: str, vocabulary: Mapping[str, int], rarity: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The places of a text's known grams in the vocabulary, and what each weighs. Words and pieces each have unit length."""
    parts = [_unit(counts, vocabulary, rarity) for counts in words_and_pieces(plain)]
    places, values = zip(*parts, strict=True)
    return np.concatenate(places), np.concatenate(values)


def _unit(
    counts: Mapping[str, int], vocabulary: Mapping[str, int], rarity: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """TF-IDF: what is rare among the training lines weighs more, and repetition adds little."""
    known = [(vocabulary[gram], times) for gram, times in counts.items() if gram in vocabulary]
    places = np.array([place for place, _ in known], dtype=np.int64)
    values = np.array([1 + math.log(times) for _, times in known], dtype=np.float32) * rarity[places]
    return places, values / max(float(np.linalg.norm(values)), 1e-9)
