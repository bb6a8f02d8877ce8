"""How messages are laid out before the judge, in training and in service alike: a change here means training again."""

from __future__ import annotations

import numpy as np

GRAMS_SHARE = 0.2
"""Share of the words themselves in the score; the rest is nearness in meaning."""


def along(vectors: np.ndarray, centre: np.ndarray, axes: np.ndarray) -> np.ndarray:
    """Where texts stand: their layers, shape (texts, 4, 384), as one row of unit length along the axes."""
    return unit(unit(vectors - centre).reshape(len(vectors), -1) @ axes)


def nearness(texts: np.ndarray, anchors: np.ndarray) -> np.ndarray:
    """The kernel: exp(-squared distance) of unit rows. Shape (texts, anchors)."""
    near: np.ndarray = np.exp(2 * texts @ anchors.T - 2)
    return near


def probabilities(scores: np.ndarray, slope: np.ndarray, offset: np.ndarray) -> np.ndarray:
    """Of (any harm, danger now), from scores of shape (…, 2, sources)."""
    likely: np.ndarray = 1 / (1 + np.exp(-(np.sum(slope * scores, axis=-1) + offset)))
    return likely


def unit(vectors: np.ndarray) -> np.ndarray:
    rows: np.ndarray = vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9)
    return rows
