"""Train the classifiers for intent, speaker and concerns, and keep them beside the encoder.

    python -m bot.model.understanding [--force]

Inputs are `data/nlu/*.yml` (intents) and `data/nlu/labelled/*.yml` (messages with speaker and concerns). The same inputs give
the same figures. The result carries a fingerprint of its inputs and is made again only when that changes.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from bot.model.composed import composed, plain_clauses
from bot.model.places import ROOT, model_dir
from bot.text.concerns import CONCERNS
from bot.text.embedding import embed
from bot.text.learned import FILE, plain_words
from bot.text.linear import SCALE, Linear, save
from bot.text.speaker import ROLES

NLU = ROOT / "data" / "nlu"
PENALTY = {"intent": 0.3, "speaker": 0.03, "concerns": 0.02}
"""Inverse strength of the penalty on weights: larger follows the training lines more closely."""


@dataclass(frozen=True)
class Line:
    """One labelled message."""

    text: str
    speaker: str
    concerns: frozenset[str]


def intent_examples(folder: Path = NLU) -> list[tuple[str, str]]:
    """Pairs of text and intent from files in Rasa's NLU format."""
    pairs: list[tuple[str, str]] = []
    for file in sorted(folder.glob("*.yml")):
        for block in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]:
            lines = (line.strip() for line in str(block["examples"]).splitlines())
            pairs += [(line.removeprefix("-").strip(), block["intent"]) for line in lines if line.startswith("-")]
    return pairs


WRITTEN_COUNTS = 3.0
"""Weight of a whole written message against a bare clause."""


def written_lines(folder: Path = NLU / "labelled") -> list[Line]:
    """Messages with who speaks and what they are about, as written: `speaker | concern concern | text`."""
    return [
        _line(file, raw)
        for file in sorted(folder.glob("*.yml"))
        for raw in yaml.safe_load(file.read_text(encoding="utf-8"))
    ]


def labelled_lines(folder: Path = NLU / "labelled") -> list[Line]:
    """What the speaker is learned from: written and composed messages."""
    return written_lines(folder) + [Line(text, speaker, concerns) for speaker, text, concerns in composed(folder)]


def clause_lines(folder: Path = NLU / "labelled") -> list[Line]:
    """What the concerns are learned from beside the written messages: one clause, one concern, no particular speaker."""
    return [Line(text, "unknown", concerns) for text, concerns in plain_clauses(folder)]


def _line(file: Path, raw: Any) -> Line:
    who, about, text = (part.strip() for part in str(raw).split("|", 2))
    concerns = frozenset(about.split())
    if who not in ROLES or not concerns <= set(CONCERNS):
        raise ValueError(f"{file.name}: unknown speaker or concern in: {raw}")
    return Line(text, who, concerns)


def train(lines: list[Line], intents: list[tuple[str, str]]) -> dict[str, Linear]:
    spoken = [line for line in lines if line.speaker != "unknown"]
    written, clauses = written_lines(), clause_lines()
    weights = np.array([WRITTEN_COUNTS] * len(written) + [1.0] * len(clauses))
    about = [line.concerns for line in written + clauses]
    return {
        "intent": _softmax(
            _vectors([text for text, _ in intents]), [intent for _, intent in intents], PENALTY["intent"]
        ),
        "speaker": _softmax(
            _vectors([line.text for line in spoken]), [line.speaker for line in spoken], PENALTY["speaker"]
        ),
        "concerns": _separate(_vectors([line.text for line in written + clauses]), about, weights, PENALTY["concerns"]),
    }


def _vectors(texts: list[str]) -> np.ndarray:
    return embed([plain_words(text) for text in texts]) * SCALE


def _softmax(vectors: np.ndarray, labels: list[str], penalty: float) -> Linear:
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=penalty, max_iter=400).fit(vectors, labels)
    return Linear(tuple(model.classes_), model.coef_, model.intercept_, softmax=True)


def _separate(vectors: np.ndarray, labels: list[frozenset[str]], weights: np.ndarray, penalty: float) -> Linear:
    from sklearn.linear_model import LogisticRegression

    rows, offsets = [], []
    for concern in CONCERNS:
        marks = np.array([concern in own for own in labels])
        model = LogisticRegression(C=penalty, max_iter=400).fit(vectors, marks, sample_weight=weights)
        rows.append(model.coef_[0])
        offsets.append(model.intercept_[0])
    return Linear(CONCERNS, np.array(rows), np.array(offsets), softmax=False)


def fingerprint() -> str:
    """Of everything the classifiers rest on: lines, this file, and the encoder."""
    digest = hashlib.sha256()
    for file in _inputs():
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def _inputs() -> Iterator[Path]:
    yield from sorted(NLU.glob("*.yml"))
    yield from sorted((NLU / "labelled").glob("*.y*ml"))
    yield from (Path(__file__), Path(__file__).with_name("composed.py"))
    yield from sorted(model_dir().glob("*.onnx"))


def build(*, force: bool = False) -> bool:
    """Whether anything had to be trained."""
    mark = model_dir() / (FILE + ".sha256")
    print_of_inputs = fingerprint()
    if not force and (model_dir() / FILE).is_file() and mark.is_file() and mark.read_text() == print_of_inputs:
        return False
    save(model_dir() / FILE, train(labelled_lines(), intent_examples()))
    mark.write_text(print_of_inputs)
    return True


def main(arguments: list[str]) -> int:
    made = build(force="--force" in arguments)
    print("Trained intent, speaker and concern classifiers." if made else "The classifiers are up to date.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
