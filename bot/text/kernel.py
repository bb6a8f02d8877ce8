"""A message judged by its likeness to the training lines, in meaning and in wording, for several questions at once.

Likeness is half nearness in meaning, as the safety judge has it, and half shared words and pieces of words. Meaning is read
at two depths of the encoder: its last layer says what a text is about, a lower one still holds who does what to whom.
Training (`bot.model.understanding`) finds what each line is worth for each label; the wording's half is folded into one
weight for each gram, so that a message costs one product with the anchors and a few hundred rows of weights.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bot.model.arrays import save_whole
from bot.text.grams import weighed
from bot.text.screen.space import along, nearness

LAYERS = (0, 2)
"""Which of `bot.text.embedding.DEPTHS` are read."""
WHO = "speaker"
"""The question to which the way of writing adds."""
BY_MEANING = 0.5
"""Share of likeness that meaning has; words and pieces share the rest."""
FEW, USUAL, MANY = 8, 20, 100
"""Words of a message: fewer or more than these count as these; of USUAL length the score stands as it is."""


@dataclass(frozen=True)
class Question:
    """Labels that shut each other out (`exclusive`) or stand for themselves, and what makes a score a log-odds.

    In a long message each worry is a smaller part of the whole and scores less: `by_length` gives that back.
    """

    labels: tuple[str, ...]
    exclusive: bool
    slope: float
    offset: float
    by_length: float = 0.0

    def probabilities(
        self, scores: np.ndarray, leaning: np.ndarray | float = 0.0, long: float = 0.0
    ) -> dict[str, float]:
        """`leaning`: log-odds for each label that do not come from likeness; `long`: see `longer_than_usual`."""
        odds = self.slope * scores + self.by_length * long + self.offset + leaning
        if self.exclusive:
            grown = np.exp(odds - odds.max())
            share = grown / grown.sum()
        else:
            share = 1.0 / (1.0 + np.exp(-odds))
        return dict(zip(self.labels, (float(value) for value in share), strict=True))


@dataclass(frozen=True)
class Kernel:
    """`worth` and `weights` have one column for each label of each question, side by side in the order of `questions`."""

    centre: np.ndarray  # (layers, 384): mean of the training lines
    axes: np.ndarray  # (layers * 384, axes): the directions in which they differ most
    anchors: np.ndarray  # (lines, axes): the training lines along these axes, unit length
    worth: np.ndarray  # (lines, labels)
    vocabulary: Mapping[str, int]
    rarity: np.ndarray  # (grams,)
    weights: np.ndarray  # (grams, labels)
    questions: Mapping[str, Question]
    handwriting: np.ndarray  # (marks, speakers): log-odds that a mark of `bot.text.handwriting` lends to each speaker

    def probabilities(self, plain: str, layers: np.ndarray, marks: Sequence[int]) -> dict[str, dict[str, float]]:
        """For each question, each label's probability.

        `plain` is the text in plain words, `layers` its vectors at every depth, `marks` how it is written.
        """
        place = along(layers[None, LAYERS, :], self.centre, self.axes)
        scores = nearness(place, self.anchors)[0] @ self.worth
        places, values = weighed(plain, self.vocabulary, self.rarity)
        scores = scores + values @ self.weights[places].astype(np.float32)
        leaning = {WHO: self.handwriting[list(marks)].sum(axis=0)}
        answers, start, long = {}, 0, longer_than_usual(plain)
        for name, question in self.questions.items():
            end = start + len(question.labels)
            answers[name] = question.probabilities(scores[start:end], leaning.get(name, 0.0), long)
            start = end
        return answers


def longer_than_usual(plain: str) -> float:
    """The logarithm of a message's words over the usual number: 0 for a usual one, below 0 for a shorter one."""
    return math.log(min(max(len(plain.split()), FEW), MANY) / USUAL)


def save(path: Path, kernel: Kernel) -> None:
    arrays: dict[str, Any] = {
        "centre": kernel.centre.astype(np.float32),
        "axes": kernel.axes.astype(np.float32),
        "anchors": kernel.anchors.astype(np.float32),
        "worth": kernel.worth.astype(np.float32),
        "rarity": kernel.rarity.astype(np.float32),
        "handwriting": kernel.handwriting.astype(np.float32),
        "weights": kernel.weights.astype(np.float16),
        "vocabulary": np.frombuffer("\n".join(kernel.vocabulary).encode(), dtype=np.uint8),
        "questions": np.array(list(kernel.questions)),
    }
    for name, question in kernel.questions.items():
        arrays[f"{name}.labels"] = np.array(question.labels)
        arrays[f"{name}.line"] = np.array([question.exclusive, question.slope, question.offset, question.by_length])
    save_whole(path, arrays)


def load(path: Path) -> Kernel:
    with np.load(path) as arrays:
        grams = bytes(arrays["vocabulary"]).decode().split("\n")
        return Kernel(
            centre=arrays["centre"],
            axes=arrays["axes"],
            anchors=arrays["anchors"],
            worth=arrays["worth"],
            vocabulary={gram: at for at, gram in enumerate(grams)},
            rarity=arrays["rarity"],
            handwriting=arrays["handwriting"],
            weights=arrays["weights"],
            questions={str(name): _question(arrays, str(name)) for name in arrays["questions"]},
        )


def _question(arrays: Mapping[str, np.ndarray], name: str) -> Question:
    exclusive, slope, offset, by_length = (float(value) for value in arrays[f"{name}.line"])
    return Question(tuple(str(label) for label in arrays[f"{name}.labels"]), bool(exclusive), slope, offset, by_length)
