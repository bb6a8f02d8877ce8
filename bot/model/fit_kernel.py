"""Fits the kernel of `bot.text.kernel`: ridge regression in closed form, for several questions over shared lines.

The score of each line with itself left out comes for free; what turns a score into a probability rests on those.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bot.model.arrays import sparse_rows
from bot.model.calibration import logistic
from bot.text.grams import weighed, words_and_pieces
from bot.text.kernel import BY_MEANING, Kernel, Question, longer_than_usual
from bot.text.screen.space import along, nearness, unit

RIDGE = 0.8
"""How little a line of weight 1 may bend the scores towards itself."""
SEEN_IN = (2, 3)
"""Lines that a word or pair, and a piece of a word, must stand in."""
AXES = 192
"""Directions of meaning that are kept: they hold six sevenths of what tells the lines apart."""


@dataclass(frozen=True)
class Asked:
    """One question: which lines answer it (`rows`), their true labels (`truth`, rows by labels) and how much each counts."""

    labels: tuple[str, ...]
    rows: np.ndarray
    truth: np.ndarray
    counts: np.ndarray
    exclusive: bool


def fit(
    plain: Sequence[str], layers: np.ndarray, asked: Mapping[str, Asked], handwriting: np.ndarray
) -> tuple[Kernel, dict[str, np.ndarray]]:
    """The kernel, and for each question the scores of its lines with each left out. `layers`: (lines, layers, 384)."""
    centre = layers.mean(axis=0)
    axes = _axes(layers, centre)
    anchors = along(layers, centre, axes).astype(np.float32)
    vocabulary, rarity = _vocabulary(plain)
    grams = _grams(plain, vocabulary, rarity)
    fitted = {name: _ridge(_likeness(anchors[one.rows], grams[one.rows]), one) for name, one in asked.items()}
    worth = np.hstack([_spread(one, fitted[name][0], len(plain)) for name, one in asked.items()])
    lengths = np.array([longer_than_usual(text) for text in plain])
    kernel = Kernel(
        centre=centre,
        axes=axes,
        anchors=anchors,
        worth=BY_MEANING * worth,
        vocabulary=vocabulary,
        rarity=rarity,
        weights=(1 - BY_MEANING) / 2 * (grams.T @ worth),
        questions={name: _question(one, fitted[name][1], lengths[one.rows]) for name, one in asked.items()},
        handwriting=handwriting,
    )
    return kernel, {name: unseen for name, (_, unseen) in fitted.items()}


def _axes(layers: np.ndarray, centre: np.ndarray) -> np.ndarray:
    """The principal axes of the lines, side by side in columns."""
    rows = unit(layers - centre).reshape(len(layers), -1).astype(np.float64)
    axes: np.ndarray = np.linalg.eigh(rows.T @ rows)[1][:, -AXES:].astype(np.float32)
    return axes


def _likeness(anchors: np.ndarray, grams: Any) -> np.ndarray:
    alike: np.ndarray = BY_MEANING * nearness(anchors, anchors)
    alike += (1 - BY_MEANING) / 2 * (grams @ grams.T).toarray()
    return alike


def _vocabulary(plain: Sequence[str]) -> tuple[dict[str, int], np.ndarray]:
    """Grams that stand in enough lines, and how rare each is."""
    per_line = [words_and_pieces(text) for text in plain]
    kept: list[tuple[str, int]] = []
    for part, least in enumerate(SEEN_IN):
        lines = Counter(gram for counts in per_line for gram in counts[part])
        kept += sorted((gram, count) for gram, count in lines.items() if count >= least)
    rarity = np.array([1 + np.log((1 + len(plain)) / (1 + count)) for _, count in kept], dtype=np.float32)
    return {gram: at for at, (gram, _) in enumerate(kept)}, rarity


def _grams(plain: Sequence[str], vocabulary: Mapping[str, int], rarity: np.ndarray) -> Any:
    """One sparse row for each line."""
    return sparse_rows([weighed(text, vocabulary, rarity) for text in plain], len(rarity))


def _ridge(likeness: np.ndarray, asked: Asked) -> tuple[np.ndarray, np.ndarray]:
    """What each line is worth for each label, and each line's scores from all the others."""
    inverse = np.linalg.inv(likeness.astype(np.float64) + np.diag(RIDGE / asked.counts))
    targets = np.where(asked.truth, 1.0, -1.0)
    worth = inverse @ targets
    return worth, targets - worth / np.diag(inverse)[:, None]


def _spread(asked: Asked, worth: np.ndarray, lines: int) -> np.ndarray:
    """Lines that do not answer this question are worth nothing to it."""
    spread = np.zeros((lines, len(asked.labels)))
    spread[asked.rows] = worth
    return spread


def _question(asked: Asked, unseen: np.ndarray, lengths: np.ndarray) -> Question:
    if asked.exclusive:
        return Question(asked.labels, asked.exclusive, _steepness(unseen, asked.truth), 0.0)
    whole = asked.counts == asked.counts.max()
    slope, by_length, offset = _log_odds(unseen[whole], asked.truth[whole], lengths[whole])
    return Question(asked.labels, asked.exclusive, slope, offset, by_length)


def _log_odds(scores: np.ndarray, truth: np.ndarray, lengths: np.ndarray) -> tuple[float, float, float]:
    """Slope, weight of the length, and offset, the same for every label; on whole messages, not on bare clauses."""
    seen = np.column_stack([scores.ravel(), np.repeat(lengths, truth.shape[1])])
    slope, by_length, offset = (float(value) for value in logistic(seen, truth.ravel().astype(float)))
    return slope, by_length, offset


def _steepness(scores: np.ndarray, truth: np.ndarray) -> float:
    """The slope under which the true labels are likeliest, where one label shuts out the others."""

    def surprise(slope: float) -> float:
        odds = slope * (scores - scores.max(axis=1, keepdims=True))
        return float(np.mean(np.log(np.exp(odds).sum(axis=1)) - odds[truth]))

    return float(min(np.arange(0.5, 12.0, 0.25), key=surprise))
