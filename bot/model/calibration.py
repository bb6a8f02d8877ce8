"""From scores to probabilities, and from probabilities to thresholds; both on messages that the scores never saw."""

from __future__ import annotations

import numpy as np

ALARMED = {"any": 0.18, "now": 0.05}
"""Share of our own look-alikes that may cross each threshold. They were written to mislead, half of them as twins of real
harm: of messages that people send, a third of that share or less crosses."""
ALARMED_PARTS = {"any": 0.12, "now": 0.06}
"""Share of long look-alikes whose worst part may: each part of a long message is read for itself."""
ASKED = 0.24
"""Share of look-alikes from which on it asks."""


def calibrate(scores: np.ndarray, truth: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How much each source of scores counts, and the offset, for each of "any harm" and "danger now".

    `scores`: (messages, 2, sources); `truth`: (messages, 2). Shapes (2, sources) and (2,).
    """
    lines = np.array([logistic(scores[:, n], truth[:, n].astype(float)) for n in range(truth.shape[1])])
    return lines[:, :-1], lines[:, -1]


def logistic(scores: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """What each column of `scores` counts for in the log-odds of `truth`; the last number is the offset (Newton's method)."""
    design = np.column_stack([scores, np.ones(len(scores))])
    line = np.zeros(design.shape[1])
    for _ in range(25):
        p = 1 / (1 + np.exp(-design @ line))
        curvature = design.T @ (design * (p * (1 - p))[:, None]) + 1e-6 * np.eye(len(line))
        line += np.linalg.solve(curvature, design.T @ (truth - p))
    return line


def thresholds(benign: np.ndarray, parts: np.ndarray) -> dict[str, np.ndarray]:
    """Where to raise and where to ask: `benign` are probabilities (look-alikes, 2), `parts` the worst parts of long ones."""
    return {
        "raise_at": _crossed_by(benign, ALARMED),
        "raise_part_at": _crossed_by(parts, ALARMED_PARTS),
        "doubt_at": np.quantile(benign[:, 0], 1 - ASKED),
    }


def _crossed_by(benign: np.ndarray, share: dict[str, float]) -> np.ndarray:
    return np.array([np.quantile(benign[:, n], 1 - share[name]) for n, name in enumerate(("any", "now"))])
