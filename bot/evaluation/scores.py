"""Counts, and what may be said of them."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

Z95 = 1.959964
"""Standard deviations that leave 2.5 % on either side."""


@dataclass(frozen=True)
class Share:
    """`hits` of `total`."""

    hits: int
    total: int

    @property
    def rate(self) -> float:
        return self.hits / self.total if self.total else float("nan")

    @property
    def wilson(self) -> tuple[float, float]:
        """The 95 % interval of Wilson, which holds for small numbers and near 0 or 1."""
        if not self.total:
            return (0.0, 1.0)
        n, p = self.total, self.hits / self.total
        middle = (p + Z95**2 / (2 * n)) / (1 + Z95**2 / n)
        half = Z95 * math.sqrt(p * (1 - p) / n + Z95**2 / (4 * n * n)) / (1 + Z95**2 / n)
        return (max(0.0, middle - half), min(1.0, middle + half))

    def __str__(self) -> str:
        low, high = self.wilson
        return f"{self.rate:6.1%} ({low:.0%} to {high:.0%}) {self.hits}/{self.total}" if self.total else "-"


@dataclass
class Found:
    """True and false positives, and misses, summed over messages that each hold a set of labels."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, expected: Iterable[Hashable], given: Iterable[Hashable]) -> None:
        expected, given = set(expected), set(given)
        self.right += len(expected & given)
        self.wrong += len(given - expected)
        self.missed += len(expected - given)

    @property
    def precision(self) -> Share:
        return Share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> Share:
        return Share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float:
        """1.0 where there was nothing to find and nothing was found."""
        whole = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / whole if whole else 1.0
