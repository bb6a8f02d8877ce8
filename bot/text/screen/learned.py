"""Judge (b): how near a message is to known messages that were, and were not, about harm.

A kernel machine on the sentence encoder. Each training message is an anchor; a new message is scored by
its nearness to every anchor, weighted by what training found that anchor to be worth. Two scores, each
a calibrated probability: that harm is disclosed at all, and that somebody is in danger right now.
`bot.model.train` makes the artefact; nothing here learns.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from bot.model.places import model_dir
from bot.text.embedding import layers
from bot.text.normalise import Sentence, sentences
from bot.text.screen.result import CONCERN, IMMEDIATE, NONE, ScreenResult
from bot.text.screen.urgency import says_now, says_over, without_exaggeration

ARTEFACT = "safety.npz"
WINDOW_WORDS = 45
"""A longer message is also read in windows of this many words, so that one buried line is not averaged away."""
MAX_WINDOWS = 40
"""Windows read of one message: the first and the last ones, where a message is longer still."""
NEIGHBOURS = 7
SURE_NOW = 0.3
"""Probability of danger now that needs no word for it. Below, a message that names no time is a concern to ask about."""
A_WORD_FOR_NOW = 0.7
"""What a word like "tonight" makes of the probability that is asked for."""


class JudgeMissing(RuntimeError):
    """The judge was not trained yet."""


@dataclass(frozen=True)
class Judge:
    """What training left behind."""

    centre: np.ndarray  # (2, 384): mean of the training vectors
    anchors: np.ndarray  # (n, 2, 384): training vectors, centred, unit length
    worth: np.ndarray  # (n, 2): weight of each anchor for "any harm" and "now"
    slope: np.ndarray  # (2,): calibration of the scores
    offset: np.ndarray  # (2,)
    categories: tuple[str, ...]  # of each anchor; empty for look-alikes
    raise_at: np.ndarray  # (2,): probabilities from which a whole message raises
    raise_window_at: np.ndarray  # (2,): the same for one window of a long message
    doubt_at: float  # probability of any harm from which it asks

    @classmethod
    def load(cls, path: Path) -> Judge:
        if not path.is_file():
            raise JudgeMissing(f"No {path.name} in {path.parent}: run `python -m bot.model.train` first.")
        with np.load(path, allow_pickle=False) as data:
            parts = {name: data[name] for name in data.files}
        categories = tuple(str(name) for name in parts.pop("categories"))
        return cls(categories=categories, doubt_at=float(parts.pop("doubt_at")), **parts)

    def probabilities(self, vectors: np.ndarray) -> np.ndarray:
        """(any harm, danger now) of one text's two vectors."""
        scores = self.nearness(vectors) @ self.worth
        probabilities: np.ndarray = 1 / (1 + np.exp(-(self.slope * scores + self.offset)))
        return probabilities

    def nearness(self, vectors: np.ndarray) -> np.ndarray:
        return nearness(unit(vectors - self.centre)[None], self.anchors)[0]

    def likely_category(self, vectors: np.ndarray, level: str) -> str:
        """The category that most of the nearest anchors of harm have."""
        nearest = np.argsort(-self.nearness(vectors))
        named = [self.categories[n] for n in nearest if self.categories[n]][:NEIGHBOURS]
        return Counter(named).most_common(1)[0][0] if named else level


def nearness(texts: np.ndarray, anchors: np.ndarray) -> np.ndarray:
    """The kernel: mean over both layers of exp(-squared distance), for unit vectors. Shape (texts, anchors)."""
    per_layer = [np.exp(2 * texts[:, n] @ anchors[:, n].T - 2) for n in range(2)]
    mean: np.ndarray = np.mean(per_layer, axis=0)
    return mean


def unit(vectors: np.ndarray) -> np.ndarray:
    rows: np.ndarray = vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9)
    return rows


@lru_cache(1)
def judge() -> Judge:
    return Judge.load(model_dir() / ARTEFACT)


def judge_by_vectors(text: str, by: Judge | None = None) -> ScreenResult:
    """What the judge makes of one message, whole and window by window; the worst stands."""
    by = by or judge()
    found = sentences(text)
    if not found:
        return ScreenResult()
    pieces = list(_windows(found))
    whole = _verdict(by, found, by.raise_at)
    if len(pieces) == 1:
        return whole
    verdicts = [whole, *(_verdict(by, piece, by.raise_window_at) for piece in pieces)]
    return max(verdicts, key=_seriousness)


def _verdict(by: Judge, piece: Sequence[Sentence], raise_at: np.ndarray) -> ScreenResult:
    words = as_text(piece)
    vectors = layers(without_exaggeration(words))
    level, uncertain = _level(by, by.probabilities(vectors), raise_at, words)
    if level == NONE:
        return ScreenResult(uncertain=uncertain)
    category = by.likely_category(vectors, level)
    span = (piece[0][0].start, piece[-1][-1].end, category)
    return ScreenResult(level, (category,), (span,), uncertain, (f"learned: {category}",))


def _level(by: Judge, probabilities: np.ndarray, raise_at: np.ndarray, words: str) -> tuple[str, bool]:
    """The level, and whether to ask. Likely danger now that nothing in the words dates is a concern with a question."""
    harm, now = probabilities
    if _is_now(now, raise_at[1], words) and (harm >= by.doubt_at or now >= raise_at[1]):
        return IMMEDIATE, False
    if harm >= raise_at[0] or now >= raise_at[1]:
        return CONCERN, bool(now >= raise_at[1])
    return NONE, bool(harm >= by.doubt_at)


def _is_now(now: float, raise_at: float, words: str) -> bool:
    if says_now(words):
        return now >= raise_at * A_WORD_FOR_NOW
    return now >= max(raise_at, SURE_NOW) and not says_over(words)


def _seriousness(result: ScreenResult) -> tuple[int, bool]:
    return (NONE, CONCERN, IMMEDIATE).index(result.danger), result.uncertain


def as_text(piece: Sequence[Sentence]) -> str:
    return ". ".join(" ".join(word.text for word in sentence) for sentence in piece)


def _windows(found: Sequence[Sentence]) -> Iterator[Sequence[Sentence]]:
    """Runs of whole sentences of about WINDOW_WORDS words; one run for a short message."""
    runs = list(_runs(found))
    if len(runs) > MAX_WINDOWS:
        runs = runs[: MAX_WINDOWS // 2] + runs[-MAX_WINDOWS // 2 :]
    yield from runs


def _runs(found: Sequence[Sentence]) -> Iterator[Sequence[Sentence]]:
    run: list[Sentence] = []
    for sentence in _short(found):
        if run and sum(map(len, run)) + len(sentence) > WINDOW_WORDS:
            yield run
            run = []
        run.append(sentence)
    if run:
        yield run


def _short(found: Sequence[Sentence]) -> Iterator[Sentence]:
    """Sentences, with talk that never stops for breath cut into pieces."""
    for sentence in found:
        for start in range(0, len(sentence), WINDOW_WORDS):
            yield sentence[start : start + WINDOW_WORDS]
