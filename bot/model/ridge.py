"""Kernel ridge regression in closed form, with the score of every message by a judge that never saw it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

RIDGE = 0.15


@dataclass(frozen=True)
class Fitted:
    worth: np.ndarray  # (messages, 2): weight of each message as an anchor, for "any harm" and "danger now"
    unseen: np.ndarray  # (messages, 2): its scores from all the others
    inverse: np.ndarray  # (messages, messages): of the kernel with its ridge

    def worth_for(self, targets: np.ndarray) -> np.ndarray:
        """Weight of each message as an anchor for further questions, (messages, questions), with their answers as 1 and -1."""
        worth: np.ndarray = self.inverse @ targets
        return worth

    def of_parts(self, near: np.ndarray, own: np.ndarray) -> np.ndarray:
        """Scores of parts of training messages by judges that never saw the message.

        `near`: kernel of each part with every message; `own`: the number of the message that it is a part of.
        """
        owns = self.worth[own] / np.diag(self.inverse)[own][:, None]
        scores: np.ndarray = near @ self.worth - np.sum(near * self.inverse[own], axis=1)[:, None] * owns
        return scores


def fit(kernel: np.ndarray, labels: np.ndarray) -> Fitted:
    """Each label (0 nothing, 1 concern, 2 danger now) counts the same however many messages it has."""
    targets = np.stack([np.where(labels > 0, 1.0, -1.0), np.where(labels == 2, 1.0, -1.0)], axis=1)
    share = np.bincount(labels, minlength=3)[labels] / len(labels)
    inverse = _inverse(kernel.astype(np.float64) + RIDGE * np.diag(3 * share))
    worth = inverse @ targets
    return Fitted(worth, targets - worth / np.diag(inverse)[:, None], inverse)


def _inverse(matrix: np.ndarray) -> np.ndarray:
    """Of a symmetric positive matrix, by its Cholesky factor: half the time of the general way."""
    from scipy.linalg import lapack

    factor, failed = lapack.dpotrf(matrix, lower=1, overwrite_a=1)
    lower, failed_too = lapack.dpotri(factor, lower=1, overwrite_c=1)
    if failed or failed_too:
        raise ValueError("The messages' kernel is not positive: are there vectors that are not numbers?")
    whole: np.ndarray = np.tril(lower) + np.tril(lower, -1).T
    return whole
