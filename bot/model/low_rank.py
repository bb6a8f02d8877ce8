"""The adapter of the sentence encoder: what its file holds, and the published matrices with it added.

`python -m bot.model.adapt` makes the file from the project's own lines. It is kept in the repository, because making it
takes a quarter of an hour; everything that is trained on the encoder is trained at set-up.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

FILE = Path(__file__).with_name("adapter.npz")
LAYERS, HEADS, WIDTH = 6, 12, 384
"""Of the published encoder."""
FIRST = 3
"""Layers below it are shared with the published encoder and run once."""
HEAD_READS_AFTER = (4, 6)
"""Layers with the adapter whose means the head reads, side by side."""
RANK, SCALE = 16, 2.0
HEAD_SCALE = 8.0
"""Unit vectors are stretched before a head reads them, so that its weights need not be large."""
MATRICES = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)
ONE_IN = 5
"""One line in so many is kept from the adapter, to calibrate what rests on it with lines that it never saw."""


@dataclass(frozen=True)
class Adapter:
    """What training left: thin matrices by the name of the one that they stand beside, and the head for danger."""

    down: Mapping[str, np.ndarray]  # (columns of the published matrix, RANK)
    up: Mapping[str, np.ndarray]  # (RANK, rows of the published matrix)
    head: np.ndarray  # (2 * 384, 2): any harm, danger now
    offset: np.ndarray  # (2,)
    trained_on: frozenset[int]  # `mark` of every line that it saw

    @classmethod
    def load(cls, file: Path = FILE) -> Adapter:
        with np.load(file, allow_pickle=False) as data:
            parts = {name: data[name] for name in data.files}
        down, up = ({n[len(k) :]: p for n, p in parts.items() if n.startswith(k)} for k in ("down ", "up "))
        return cls(down, up, parts["head"], parts["offset"], frozenset(parts["trained_on"].tolist()))

    def save(self, file: Path = FILE) -> None:
        thin = {f"down {n}": p.astype(np.float16) for n, p in self.down.items()}
        thin |= {f"up {n}": p.astype(np.float16) for n, p in self.up.items()}
        saw = np.array(sorted(self.trained_on), dtype=np.uint32)
        np.savez_compressed(file, head=self.head, offset=self.offset, trained_on=saw, **thin)

    def added_to(self, weights: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
        """All weights, those of the upper layers with what was learned."""
        learned = {f"{name}.weight": self._product(name) for name in self.down}
        return {name: weight + learned[name] if name in learned else weight for name, weight in weights.items()}

    def scores(self, read: np.ndarray) -> np.ndarray:
        """(any harm, danger now) of texts given as the means of HEAD_READS_AFTER side by side; higher is more likely."""
        scores: np.ndarray = HEAD_SCALE * read @ self.head + self.offset
        return scores

    def _product(self, name: str) -> np.ndarray:
        product: np.ndarray = SCALE * (self.down[name].astype(np.float32) @ self.up[name].astype(np.float32)).T
        return product


def mark(plain: str) -> int:
    """Stands for a line of plain words among those that the adapter saw."""
    return zlib.crc32(plain.encode())


def kept_from_it(plain: str) -> bool:
    return mark(plain) % ONE_IN == 0
