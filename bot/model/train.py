"""Trains the safety judge: `python -m bot.model.train`. Same messages in, same figures out.

Two sources of scores: nearness to every training message (`ridge`), and the encoder's adapter (`low_rank`). What each
counts for, and where it raises, is decided on messages that neither had seen: one in five was kept from the adapter,
and of nearness the score with the message itself left out comes for free.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bot.model.arrays import save_whole, sparse_rows
from bot.model.build import STAMP, build_encoder
from bot.model.calibration import calibrate, thresholds
from bot.model.corpus import MESSAGES, Corpus, Example, load_examples
from bot.model.every_core import on_every_core
from bot.model.low_rank import FILE as ADAPTER
from bot.model.low_rank import HEAD_SCALE, Adapter
from bot.model.places import ROOT
from bot.model.ridge import Fitted, fit
from bot.text.embedding import Encoder
from bot.text.grams import Grams
from bot.text.screen.learned import ARTEFACT
from bot.text.screen.result import NONE
from bot.text.screen.space import GRAMS_SHARE, along, nearness, probabilities, unit

AXES = 384
"""Directions kept of the 1,536 of four layers: 95 % of the differences between messages, a quarter of the time."""
Arrays = dict[str, np.ndarray]


def train(examples: list[Example], encoder: Encoder, adapter: Adapter) -> Arrays:
    """The arrays of a `Judge`."""
    corpus = Corpus.of(examples, adapter.trained_on)
    vectors, adapted = _read(corpus.messages, encoder)
    space = _space(vectors)
    grams = Grams.of(corpus.messages)
    rows = gram_rows(grams, corpus.messages)
    fitted = fit(_kernel(space["anchors"], rows, space["anchors"], rows), corpus.labels)
    kinds, worth = _worth(examples, fitted)
    part_scores = _of_parts(corpus, encoder, adapter, space, grams, rows, fitted)
    return {
        **space,
        "worth": worth.astype(np.float32),
        "gram_names": np.array(list(grams.place)),
        "gram_rarity": grams.rarity,
        "gram_worth": (rows.T @ worth).astype(np.float32),
        "head": (HEAD_SCALE * adapter.head).astype(np.float32),
        "head_offset": adapter.offset,
        "categories": np.array(kinds),
        **_where_it_raises(corpus, np.stack([fitted.unseen, adapter.scores(adapted)], axis=2), part_scores),
    }


def _read(messages: Sequence[str], encoder: Encoder) -> tuple[np.ndarray, np.ndarray]:
    """Vectors of the encoder's layers, and of those with the adapter; the encoder works on every core."""

    def both(message: str) -> tuple[np.ndarray, np.ndarray]:
        return encoder.layers(message), encoder.adapted(message)

    vectors, adapted = zip(*on_every_core(both, messages), strict=True)
    return np.stack(vectors), np.stack(adapted)


def _worth(examples: list[Example], fitted: Fitted) -> tuple[list[str], np.ndarray]:
    """The categories of harm, and the weight of each message for any harm, danger now and every category."""
    kind = np.array([example.kind if example.label != NONE else "" for example in examples])
    kinds = sorted(set(kind.tolist()) - {""})
    own = np.where(kind[:, None] == np.array(kinds), 1.0, -1.0)
    return kinds, np.hstack([fitted.worth, fitted.worth_for(own)])


def _of_parts(
    corpus: Corpus, encoder: Encoder, adapter: Adapter, space: Arrays, grams: Grams, rows: Any, fitted: Fitted
) -> np.ndarray:
    """Scores of the parts of long look-alikes that the adapter never saw, (parts, 2, sources), as `Corpus.parts` has them."""
    words, own = corpus.parts()
    vectors, adapted = _read(words, encoder)
    places = along(vectors, space["centre"], space["axes"])
    near = _kernel(places, gram_rows(grams, words), space["anchors"], rows)
    return np.stack([fitted.of_parts(near, own), adapter.scores(adapted)], axis=2)


def _where_it_raises(corpus: Corpus, scores: np.ndarray, part_scores: np.ndarray) -> Arrays:
    """What each source counts for, and the thresholds, all from messages that neither source saw."""
    truth = np.stack([corpus.labels > 0, corpus.labels == 2], axis=1)
    slope, offset = calibrate(scores[corpus.unseen], truth[corpus.unseen])
    benign = probabilities(scores[corpus.unseen & (corpus.labels == 0)], slope, offset)
    likely = probabilities(part_scores, slope, offset)
    _, own = corpus.parts()
    worst = np.array([likely[own == message].max(axis=0) for message in np.unique(own)])
    return {"slope": slope, "offset": offset, **thresholds(benign, worst)}


def _space(vectors: np.ndarray) -> Arrays:
    """Centre, axes and anchors of training vectors of shape (messages, 4, 384)."""
    centre = vectors.mean(axis=0)
    flat = unit(vectors - centre).reshape(len(vectors), -1).astype(np.float64)
    _, directions = np.linalg.eigh(flat.T @ flat)
    axes = directions[:, ::-1][:, :AXES].astype(np.float32)
    centre = centre.astype(np.float32)
    return {"centre": centre, "axes": axes, "anchors": along(vectors, centre, axes).astype(np.float32)}


def gram_rows(grams: Grams, messages: Sequence[str]) -> Any:
    """The words of the messages, one sparse row for each."""
    return sparse_rows([grams.row(message) for message in messages], len(grams.place))


def _kernel(texts: np.ndarray, text_rows: Any, anchors: np.ndarray, rows: Any) -> np.ndarray:
    """Nearness in meaning and in words, of every text to every training message."""
    by_words = (text_rows @ rows.T).toarray()
    both: np.ndarray = (1 - GRAMS_SHARE) * nearness(texts, anchors) + GRAMS_SHARE * by_words
    return both


def build_judge(folder: Path | None = None) -> Path:
    """The judge's file, trained again only if messages, code or encoder changed."""
    folder = build_encoder(folder)
    target, stamp = folder / ARTEFACT, folder / "safety.stamp"
    wanted = _fingerprint(folder)
    if not (target.is_file() and stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted):
        save_whole(target, train(load_examples(), Encoder(folder), Adapter.load()))
        stamp.write_text(wanted, encoding="utf-8")
    return target


def _fingerprint(folder: Path) -> str:
    text, here = ROOT / "bot" / "text", Path(__file__).parent
    code = [
        *(here / f"{name}.py" for name in ("train", "arrays", "ridge", "calibration", "corpus", "low_rank")),
        *(text / name for name in ("embedding.py", "normalise.py", "spelling.yml", "grams.py")),
        *(text / "screen" / name for name in ("space.py", "pieces.py")),
    ]
    parts = [*sorted(MESSAGES.glob("*.yml")), *code, ADAPTER, folder / STAMP]
    return hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()


if __name__ == "__main__":
    print(build_judge())
