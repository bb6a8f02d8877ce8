"""Words, pairs of words and pieces of words: the exact wording that a sentence vector smooths over."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from itertools import pairwise

import numpy as np

_WORD = re.compile(r"\w+")
_PIECES = (3, 4, 5)
_PIECE_MARK = "~"
"""Begins the name of a piece, so that the piece `are` is not the word `are`."""


def words_and_pieces(plain: str) -> tuple[Counter[str], Counter[str]]:
    """How often each word or pair of words, and each piece of a word with its edges, stands in a text in plain words."""
    words = _WORD.findall(plain)
    pieces = (piece for word in words for piece in _pieces(f" {word} "))
    return Counter([*words, *map(" ".join, pairwise(words))]), Counter(pieces)


def _pieces(padded: str) -> list[str]:
    return [_PIECE_MARK + padded[at : at + size] for size in _PIECES for at in range(max(0, len(padded) - size + 1))]


def weighed(plain: str, vocabulary: Mapping[str, int], rarity: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The places of a text's known grams in the vocabulary, and what each weighs: TF-IDF.

    Words and pieces each have unit length; what is rare among the training lines weighs more, and repetition adds little.
    """
    places: list[np.ndarray] = []
    values: list[np.ndarray] = []
    for counts in words_and_pieces(plain):
        known = [(vocabulary[gram], count) for gram, count in counts.items() if gram in vocabulary]
        place = np.array([at for at, _ in known], dtype=np.int64)
        value = (1 + np.log(np.array([count for _, count in known], dtype=np.float32))) * rarity[place]
        places.append(place)
        values.append(value / max(float(np.linalg.norm(value)), 1e-9))
    return np.concatenate(places), np.concatenate(values)
