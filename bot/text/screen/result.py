"""What a judge may say, and how two judgements become one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

NONE = "none"
CONCERN = "safeguarding_concern"
IMMEDIATE = "immediate_danger"
ORDER = (NONE, CONCERN, IMMEDIATE)
MOST_EVIDENCE = 50
"""Places kept of one message. A pasted thread could hold thousands, and every one would be stored."""


@dataclass(frozen=True)
class ScreenResult:
    """One judgement on one message.

    `evidence` holds (start, end, category) in characters of the message as it was sent.
    `uncertain` means that something was heard but not clearly enough: ask, do not assume.
    `patterns` names what fired, for the officer's console and for whoever mends a pattern.
    """

    danger: str = NONE
    categories: tuple[str, ...] = ()
    evidence: tuple[tuple[int, int, str], ...] = ()
    uncertain: bool = False
    patterns: tuple[str, ...] = ()


def worst(levels: Iterable[str]) -> str:
    """The most serious of some levels."""
    return max(levels, key=ORDER.index, default=NONE)


def joined(*results: ScreenResult) -> ScreenResult:
    """Several judgements as one: the most serious stands, and what each saw is kept."""
    danger = worst(result.danger for result in results)
    return ScreenResult(
        danger=danger,
        categories=tuple(dict.fromkeys(c for r in results for c in r.categories)),
        evidence=tuple(dict.fromkeys(e for r in results for e in r.evidence))[:MOST_EVIDENCE],
        uncertain=danger != IMMEDIATE and any(result.uncertain for result in results),
        patterns=tuple(dict.fromkeys(p for r in results for p in r.patterns)),
    )


def findings(result: ScreenResult) -> dict[str, Any]:
    """A judgement as plain data, by the names of the contract of docs/explanation/how-a-turn-works.md."""
    return {
        "danger": result.danger,
        "danger_evidence": [list(span) for span in result.evidence],
        "danger_categories": list(result.categories),
        "uncertain": result.uncertain,
    }
