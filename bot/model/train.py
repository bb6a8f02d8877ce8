"""Trains the safety judge: `python -m bot.model.train`. Same messages in, same figures out.

Kernel ridge regression in closed form. The score of each training message with itself left out comes
for free, so that calibration and thresholds rest on scores that the judge gave to messages it had not seen.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from bot.model.build import STAMP, build_encoder
from bot.model.places import ROOT
from bot.text.embedding import Encoder
from bot.text.grams import Grams
from bot.text.normalise import as_text, sentences
from bot.text.screen.learned import ARTEFACT
from bot.text.screen.result import CONCERN, IMMEDIATE, NONE
from bot.text.screen.space import GRAMS_SHARE, along, nearness, unit

MESSAGES = ROOT / "data" / "safety"
RIDGE = 0.15
AXES = 384
"""Directions kept of the 1,536 of four layers: 95 % of the differences between messages, a quarter of the time."""
FALSE_ALARMS = {"any": 0.10, "now": 0.04, "window_any": 0.03, "window_now": 0.01, "doubt": 0.16}
"""Share of look-alikes, each left out in turn, that may cross each threshold. A long message has many windows."""


@dataclass(frozen=True)
class Example:
    text: str
    label: str
    kind: str
    speaker: str


def load_examples(folder: Path = MESSAGES) -> list[Example]:
    """Every training message, in a fixed order."""
    return [example for path in sorted(folder.glob("*.yml")) for example in _file_examples(path)]


def _file_examples(path: Path) -> Iterator[Example]:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    kind = data.get("category") or data["looks_like"]
    for speaker, texts in data["messages"].items():
        for text in texts:
            yield Example(str(text), data["label"], kind, speaker)


def train(examples: list[Example], encoder: Encoder) -> dict[str, np.ndarray]:
    """The arrays of a `Judge`."""
    messages = [as_text(sentences(example.text)) for example in examples]
    labels = np.array([(NONE, CONCERN, IMMEDIATE).index(example.label) for example in examples])
    space = _space(np.stack([encoder.layers(message) for message in messages]))
    grams = Grams.of(messages)
    rows = gram_rows(grams, messages)
    worth, unseen = fit(_kernel(space["anchors"], rows), labels)
    slope, offset = calibrate(unseen, np.stack([labels > 0, labels == 2], axis=1))
    probability = 1 / (1 + np.exp(-(slope * unseen + offset)))
    return {
        **space,
        "worth": worth.astype(np.float32),
        "gram_names": np.array(list(grams.place)),
        "gram_rarity": grams.rarity,
        "gram_worth": (rows.T @ worth).astype(np.float32),
        "slope": slope,
        "offset": offset,
        "categories": np.array([e.kind if e.label != NONE else "" for e in examples]),
        **thresholds(probability[labels == 0]),
    }


def _space(vectors: np.ndarray) -> dict[str, np.ndarray]:
    """Centre, axes and anchors of training vectors of shape (messages, 4, 384)."""
    centre = vectors.mean(axis=0)
    flat = unit(vectors - centre).reshape(len(vectors), -1).astype(np.float64)
    _, directions = np.linalg.eigh(flat.T @ flat)
    axes = directions[:, ::-1][:, :AXES].astype(np.float32)
    centre = centre.astype(np.float32)
    return {"centre": centre, "axes": axes, "anchors": along(vectors, centre, axes).astype(np.float32)}


def gram_rows(grams: Grams, messages: list[str]) -> Any:
    """The words of the messages as a sparse matrix, one row for each message."""
    from scipy.sparse import csr_matrix

    found = [grams.row(message) for message in messages]
    ends = np.cumsum([0, *(len(places) for places, _ in found)])
    places, values = (np.concatenate(part) for part in zip(*found, strict=True))
    return csr_matrix((values, places, ends), shape=(len(messages), len(grams.place)))


def _kernel(anchors: np.ndarray, rows: Any) -> np.ndarray:
    """Nearness in meaning and in words, of every message to every other."""
    both: np.ndarray = (1 - GRAMS_SHARE) * nearness(anchors, anchors) + GRAMS_SHARE * (rows @ rows.T).toarray()
    return both


def fit(kernel: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weights of the anchors, and each message's scores from all the others.

    Each label counts the same however many messages it has.
    """
    targets = np.stack([np.where(labels > 0, 1.0, -1.0), np.where(labels == 2, 1.0, -1.0)], axis=1)
    share = np.bincount(labels, minlength=3)[labels] / len(labels)
    inverse = _inverse(kernel.astype(np.float64) + RIDGE * np.diag(3 * share))
    worth = inverse @ targets
    unseen = targets - worth / np.diag(inverse)[:, None]
    return worth, unseen


def _inverse(matrix: np.ndarray) -> np.ndarray:
    """Of a symmetric positive matrix, by its Cholesky factor: half the time of the general way."""
    from scipy.linalg import lapack

    factor, failed = lapack.dpotrf(matrix, lower=1, overwrite_a=1)
    lower, failed_too = lapack.dpotri(factor, lower=1, overwrite_c=1)
    if failed or failed_too:
        raise ValueError("The messages' kernel is not positive: are there vectors that are not numbers?")
    whole: np.ndarray = np.tril(lower) + np.tril(lower, -1).T
    return whole


def calibrate(scores: np.ndarray, truth: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Slope and offset that turn each score into a probability (logistic, Newton's method)."""
    lines = np.array([_logistic(scores[:, n], truth[:, n].astype(float)) for n in range(scores.shape[1])])
    return lines[:, 0], lines[:, 1]


def _logistic(score: np.ndarray, truth: np.ndarray) -> np.ndarray:
    design = np.stack([score, np.ones_like(score)], axis=1)
    line = np.zeros(2)
    for _ in range(25):
        p = 1 / (1 + np.exp(-design @ line))
        curvature = design.T @ (design * (p * (1 - p))[:, None]) + 1e-6 * np.eye(2)
        line += np.linalg.solve(curvature, design.T @ (truth - p))
    return line


def thresholds(benign: np.ndarray) -> dict[str, np.ndarray]:
    """Where to raise and where to ask, by how many look-alikes would cross it."""
    at = {
        name: float(np.quantile(benign[:, name.endswith("now") * 1], 1 - share)) for name, share in FALSE_ALARMS.items()
    }
    return {
        "raise_at": np.array([at["any"], at["now"]]),
        "raise_window_at": np.array([at["window_any"], at["window_now"]]),
        "doubt_at": np.array(at["doubt"]),
    }


def build_judge(folder: Path | None = None) -> Path:
    """The judge's file, trained again only if messages, code or encoder changed."""
    folder = build_encoder(folder)
    target, stamp = folder / ARTEFACT, folder / "safety.stamp"
    wanted = _fingerprint(folder)
    if not (target.is_file() and stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted):
        part = target.with_name("safety.part.npz")
        np.savez(part, **train(load_examples(), Encoder(folder)))  # type: ignore[arg-type]
        part.replace(target)  # whole or not at all, for a service that starts meanwhile
        stamp.write_text(wanted, encoding="utf-8")
    return target


def _fingerprint(folder: Path) -> str:
    text = ROOT / "bot" / "text"
    code = [
        Path(__file__),
        text / "embedding.py",
        text / "grams.py",
        text / "normalise.py",
        text / "spelling.yml",
        text / "screen" / "space.py",
    ]
    parts = [*sorted(MESSAGES.glob("*.yml")), *code, folder / STAMP]
    return hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()


if __name__ == "__main__":
    print(build_judge())
