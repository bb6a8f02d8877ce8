"""Judge (b): how near a message is to known messages that were, and were not, about harm.

A kernel machine on the four upper layers of the sentence encoder, and on the words and pairs of words themselves.
Each training message is an anchor; a new message is scored by its nearness to every anchor, weighted by what
training found that anchor to be worth, for harm and for each category of it. Beside it the encoder's upper layers once more, with an adapter that learned
from the same messages, score it directly. Two scores, each a calibrated probability: that harm is disclosed at all,
and that somebody is in danger right now. `bot.model.train` makes the artefact; nothing here learns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from bot.model.places import model_dir
from bot.text.embedding import adapted, layers
from bot.text.grams import Grams
from bot.text.normalise import Sentence, as_text, sentences
from bot.text.screen.pieces import pieces
from bot.text.screen.result import CONCERN, IMMEDIATE, NONE, ORDER, ScreenResult
from bot.text.screen.space import GRAMS_SHARE, along, nearness, probabilities
from bot.text.screen.urgency import says_made_safe, says_now, says_only_told, says_over, without_exaggeration

ARTEFACT = "safety.npz"
MADE_SAFE = "made safe"
NEEDED = {"a word for now": 0.5, "no word": 0.8, "only told": 3.0, "over for now": 2.2, MADE_SAFE: 1 / 3}
"""How much of the threshold for danger now is asked for, by what the words say of when (see `urgency`).

Chosen on scores with each message left out, so that nearly all danger now is called so while one concern in eleven is.
Of a calm disclosure much is asked: the day of the telling makes no haste."""

WARY, SOME_HARM, SEVERAL_WORDS = 0.35, 0.11, 15
"""Share of the threshold for danger now from which a message with so much harm and so many words at the least is a concern
with a question, although no harm is heard for itself: a farewell names none. Fewer words count if they say now."""


class JudgeMissing(RuntimeError):
    """The judge was not trained yet."""


@dataclass(frozen=True)
class Reading:
    """One message before the judge: what the encoder's layers with the adapter make of it, and its scores by nearness
    and words: of any harm, of danger now, and of each category."""

    adapted: np.ndarray
    scores: np.ndarray


@dataclass(frozen=True)
class Opinion:
    """What the judge says of one message, and the highest probabilities that any part of it had."""

    result: ScreenResult
    harm: float
    now: float


@dataclass(frozen=True)
class Judge:
    """What training left behind."""

    centre: np.ndarray  # (4, 384): mean of the training vectors
    axes: np.ndarray  # (1536, k): directions in which training messages differ most
    anchors: np.ndarray  # (n, k): training messages along the axes, unit length
    worth: np.ndarray  # (n, 2 + categories): weight of each anchor for "any harm", "now" and every category
    grams: Grams
    gram_worth: np.ndarray  # (number of words and pairs, 2 + categories)
    head: np.ndarray  # (768, 2): of the encoder's layers with the adapter
    head_offset: np.ndarray  # (2,)
    slope: np.ndarray  # (2, 2 sources): calibration of the scores
    offset: np.ndarray  # (2,)
    categories: tuple[str, ...]  # in the order of their weights
    raise_at: np.ndarray  # (2,): probabilities from which a whole message raises
    raise_part_at: np.ndarray  # (2,): the same for one piece of a long message
    doubt_at: float  # probability of any harm from which it asks

    @classmethod
    def load(cls, path: Path) -> Judge:
        if not path.is_file():
            raise JudgeMissing(f"No {path.name} in {path.parent}: run `python -m bot.model.train` first.")
        with np.load(path, allow_pickle=False) as data:
            parts = {name: data[name] for name in data.files}
        categories = tuple(str(name) for name in parts.pop("categories"))
        known = {str(gram): n for n, gram in enumerate(parts.pop("gram_names"))}
        grams = Grams(known, parts.pop("gram_rarity"))
        return cls(categories=categories, grams=grams, doubt_at=float(parts.pop("doubt_at")), **parts)

    def read(self, words: str) -> Reading:
        """One encoding of a plain message, from which both probabilities and the category come."""
        near = nearness(along(layers(words)[None], self.centre, self.axes), self.anchors)[0]
        places, values = self.grams.row(words)
        by_words = values @ self.gram_worth[places]
        return Reading(adapted(words), (1 - GRAMS_SHARE) * (near @ self.worth) + GRAMS_SHARE * by_words)

    def probabilities(self, reading: Reading) -> np.ndarray:
        """(any harm, danger now)."""
        adapter_says = reading.adapted @ self.head + self.head_offset
        return probabilities(np.stack([reading.scores[:2], adapter_says], axis=1), self.slope, self.offset)

    def likely_category(self, reading: Reading) -> str:
        return self.categories[int(np.argmax(reading.scores[2:]))]


@lru_cache(1)
def judge() -> Judge:
    return Judge.load(model_dir() / ARTEFACT)


def judge_by_vectors(text: str, by: Judge | None = None) -> ScreenResult:
    """What the judge makes of one message, whole and window by window; the worst stands."""
    return opinion(text, by).result


def opinion(text: str, by: Judge | None = None) -> Opinion:
    """The judgement with the probabilities behind it; both are nought where there is nothing to read."""
    by = by or judge()
    found = sentences(text)
    if not found:
        return Opinion(ScreenResult(), 0.0, 0.0)
    several = list(pieces(found))
    parts = [_verdict(by, found, by.raise_at)]
    if len(several) > 1:
        parts += [_verdict(by, piece, by.raise_part_at) for piece in several]
    worst = max((part.result for part in parts), key=_seriousness)
    return Opinion(worst, max(part.harm for part in parts), max(part.now for part in parts))


def _verdict(by: Judge, piece: Sequence[Sentence], raise_at: np.ndarray) -> Opinion:
    words = as_text(piece)
    reading = by.read(without_exaggeration(words))
    harm, now = by.probabilities(reading)
    category = by.likely_category(reading)
    level, uncertain = _level(harm, now, raise_at, _when(words, category), says_more=_says_more(words))
    if level == NONE:
        return Opinion(ScreenResult(uncertain=uncertain or bool(harm >= by.doubt_at)), float(harm), float(now))
    span = (piece[0][0].start, piece[-1][-1].end, category)
    result = ScreenResult(level, (category,), (span,), uncertain, (f"learned: {category}",))
    return Opinion(result, float(harm), float(now))


def _level(harm: float, now: float, raise_at: np.ndarray, when: str, *, says_more: bool) -> tuple[str, bool]:
    """The level, and whether to ask. Likely danger now that the words do not place today is a concern with a question."""
    harm_at, now_at = raise_at
    if harm >= harm_at and now >= now_at * NEEDED[when]:
        return (CONCERN, True) if when == MADE_SAFE else (IMMEDIATE, False)
    perhaps_now = bool(now >= WARY * now_at) and (says_more or harm >= harm_at)
    raises = harm >= harm_at or (perhaps_now and harm >= SOME_HARM)
    return CONCERN if raises else NONE, perhaps_now


def _says_more(words: str) -> bool:
    """Whether words are more than a short answer: many, or some that say now."""
    return len(words.split()) >= SEVERAL_WORDS or says_now(words)


def _when(words: str, category: str) -> str:
    """What the words say of when, in words of `NEEDED`."""
    if says_made_safe(words, category):
        return MADE_SAFE
    if says_only_told(words, category):
        return "only told"
    if says_now(words):
        return "a word for now"
    return "over for now" if says_over(words, category) else "no word"


def _seriousness(result: ScreenResult) -> tuple[int, bool]:
    return ORDER.index(result.danger), result.uncertain
