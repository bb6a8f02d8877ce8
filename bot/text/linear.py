"""A linear classifier on sentence vectors: a matrix, a row of offsets, and names. Trained by `bot.model.understanding`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

SCALE = 10.0
"""Unit vectors are stretched by this before they are weighed: the same penalty then suits all models."""


@dataclass(frozen=True)
class Linear:
    """`weights` has one row for each label. Labels shut each other out (`softmax`) or stand for themselves."""

    labels: tuple[str, ...]
    weights: np.ndarray
    offsets: np.ndarray
    softmax: bool

    def probabilities(self, vector: np.ndarray) -> dict[str, float]:
        score = self.weights @ (vector * SCALE) + self.offsets
        if self.softmax:
            grown = np.exp(score - score.max())
            share = grown / grown.sum()
        else:
            share = 1.0 / (1.0 + np.exp(-score))
        return dict(zip(self.labels, (float(value) for value in share), strict=False))


def save(path: Path, models: dict[str, Linear]) -> None:
    arrays: dict[str, np.ndarray] = {}
    for name, model in models.items():
        arrays[f"{name}.labels"] = np.array(model.labels)
        arrays[f"{name}.weights"] = model.weights.astype(np.float32)
        arrays[f"{name}.offsets"] = model.offsets.astype(np.float32)
        arrays[f"{name}.softmax"] = np.array(model.softmax)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.stem + ".part.npz")
    np.savez(part, **arrays)
    part.replace(path)


def load(path: Path) -> dict[str, Linear]:
    with np.load(path) as arrays:
        names = sorted({key.rsplit(".", 1)[0] for key in arrays.files})
        return {
            name: Linear(
                tuple(str(label) for label in arrays[f"{name}.labels"]),
                arrays[f"{name}.weights"],
                arrays[f"{name}.offsets"],
                bool(arrays[f"{name}.softmax"]),
            )
            for name in names
        }
