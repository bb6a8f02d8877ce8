"""The words of a message and its pairs of neighbouring words, as a sparse vector of unit length.

The sentence vectors hear what a message is about and are deaf to small words that decide: "took" or "might take",
"he is" or "he was". Here each word and pair stands for itself, the rare ones for more.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

SEEN_IN = 2
"""Training messages that must hold a word or pair before it is kept."""


@dataclass(frozen=True)
class Grams:
    """The words and pairs that training saw, each with how rare it was."""

    place: Mapping[str, int]
    rarity: np.ndarray

    @classmethod
    def of(cls, messages: Iterable[str]) -> Grams:
        """Learn them from plain messages; the order is fixed by the words themselves."""
        held = [set(grams(message)) for message in messages]
        count = Counter(gram for one in held for gram in one)
        kept = sorted(gram for gram, times in count.items() if times >= SEEN_IN)
        rarity = np.array([math.log((1 + len(held)) / (1 + count[gram])) + 1 for gram in kept], dtype=np.float32)
        return cls({gram: n for n, gram in enumerate(kept)}, rarity)

    def row(self, words: str) -> tuple[np.ndarray, np.ndarray]:
        """Places and values of one plain message. The values have unit length; both are empty if nothing is known."""
        count = Counter(gram for gram in grams(words) if gram in self.place)
        places = np.array([self.place[gram] for gram in count], dtype=np.int64)
        values = np.array([1 + math.log(times) for times in count.values()], dtype=np.float32) * self.rarity[places]
        return places, values / max(float(np.linalg.norm(values)), 1e-9)


def grams(words: str) -> Iterator[str]:
    """Each word, and each two that stand together in a sentence, of a message as `as_text` writes it."""
    for sentence in words.split(". "):
        single = sentence.split()
        yield from single
        yield from map(" ".join, pairwise(single))
