"""One figure of the oversight page: a table, and the picture of its first number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from triage.oversight import Share


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    value: float
    shown: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One table, and the picture of its first number. `name` is also the name of its CSV file."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    bars: tuple[Bar, ...]
    note: str = ""

    @property
    def longest(self) -> float:
        return max((bar.value for bar in self.bars), default=0) or 1


def shown_share(share: Share) -> str:
    low, high = share.interval
    return (
        f"{shown_percent(share.value)} ({low:.0%} to {high:.0%}; {share.hits} of {share.of})"
        if share.of
        else "nothing counted"
    )


def shown_percent(value: float | None) -> str:
    return "–" if value is None else f"{value:.0%}"


def shown_length(length: timedelta | None) -> str:
    if length is None:
        return "nothing counted"
    minutes = length.total_seconds() / 60
    return f"{minutes:.1f} minutes" if minutes < 120 else f"{minutes / 60:.1f} hours"
