"""Train the classifiers for intent, speaker and concerns, and keep them beside the encoder.

    python -m bot.model.understanding [--force]

Inputs are `data/nlu/*.yml` (intents) and `data/nlu/labelled/*.yml` (messages with speaker and concerns). The same inputs give
the same figures. The result carries a fingerprint of its inputs and is made again only when that changes.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from bot.model.clauses import plain_clauses
from bot.model.every_core import on_every_core
from bot.model.fit_kernel import Asked, fit
from bot.model.places import ROOT, model_dir
from bot.text.concerns import CONCERNS
from bot.text.embedding import layers
from bot.text.handwriting import MARKS, marks
from bot.text.kernel import LAYERS, WHO, Kernel, save
from bot.text.learned import FILE, plain_words
from bot.text.speaker import ROLES

NLU = ROOT / "data" / "nlu"


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


def clause_lines(folder: Path = NLU / "labelled") -> list[Line]:
    """What the concerns are learned from beside the written messages: one clause, one concern, no particular speaker."""
    return [Line(text, "unknown", concerns) for text, concerns in plain_clauses(folder)]


def _line(file: Path, raw: Any) -> Line:
    who, about, text = (part.strip() for part in str(raw).split("|", 2))
    concerns = frozenset(about.split())
    if who not in ROLES or not concerns <= set(CONCERNS):
        raise ValueError(f"{file.name}: unknown speaker or concern in: {raw}")
    return Line(text, who, concerns)


def train() -> tuple[Kernel, dict[str, np.ndarray]]:
    """The kernel for the three questions, and the scores of the lines, each left out."""
    texts, asked = questions()
    plain = [plain_words(text) for text in texts]
    depths = np.stack(on_every_core(layers, plain))[:, list(LAYERS)]
    return fit(plain, depths, asked, handwriting(texts, asked[WHO]))


HANDWRITING_COUNTS = 0.15
"""Weight of the way of writing. 0.5 would be right for our lines, but more grown-ups write without capitals than our lines have."""
PARENTS_ARE_MANY = 0.5
"""Log-odds that parents lose: more than a quarter of all lines are theirs, and likeness leans to the many."""


def handwriting(texts: Sequence[str], asked: Asked) -> np.ndarray:
    """How much likelier each mark is with one speaker than with all, as weighed log-odds, shape (MARKS, speakers)."""
    counts = np.zeros((MARKS, len(asked.labels)))
    for row, truth in zip(asked.rows, asked.truth, strict=True):
        counts[marks(texts[row]), truth.argmax()] += 1
    speakers = asked.truth.sum(axis=0)
    among_all = (counts.sum(axis=1) + 2) / (speakers.sum() + 4)
    leaning: np.ndarray = HANDWRITING_COUNTS * np.log((counts + 2) / (speakers + 4) / among_all[:, None])
    traits = len(marks(""))
    leaning[:, asked.labels.index("parent")] -= PARENTS_ARE_MANY / traits
    return leaning


def questions() -> tuple[list[str], dict[str, Asked]]:
    """All training texts, and which of them answer each question. Written lines come first."""
    written, clauses, intents = written_lines(), clause_lines(), intent_examples()
    lines = written + clauses
    speaking = [n for n, line in enumerate(written) if line.speaker != "unknown"]
    about = [line.concerns for line in lines]
    first = len(lines)
    asked = {
        "intent": _one_of([intent for _, intent in intents], np.arange(first, first + len(intents))),
        WHO: _one_of([written[n].speaker for n in speaking], np.array(speaking)),
        "concerns": Asked(
            CONCERNS,
            np.arange(first),
            np.array([[concern in own for concern in CONCERNS] for own in about]),
            np.array([WRITTEN_COUNTS] * len(written) + [1.0] * len(clauses)),
            exclusive=False,
        ),
    }
    return [line.text for line in lines] + [text for text, _ in intents], asked


def _one_of(named: list[str], rows: np.ndarray) -> Asked:
    labels = tuple(sorted(set(named)))
    truth = np.array([[name == label for label in labels] for name in named])
    return Asked(labels, rows, truth, np.full(len(named), WRITTEN_COUNTS), exclusive=True)


def fingerprint() -> str:
    """Of everything the classifiers rest on: lines, code, and the encoder."""
    digest = hashlib.sha256()
    for file in _inputs():
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


_READ_BY = ("grams.py", "handwriting.py", "kernel.py", "normalise.py", "spelling.yml", "screen/space.py")


_TRAINED_BY = ("understanding", "clauses", "fit_kernel", "arrays", "calibration")


def _inputs() -> Iterator[Path]:
    yield from sorted(NLU.glob("*.yml"))
    yield from sorted((NLU / "labelled").glob("*.y*ml"))
    yield from (Path(__file__).with_name(f"{name}.py") for name in _TRAINED_BY)
    yield from (ROOT / "bot" / "text" / name for name in _READ_BY)
    yield from sorted(model_dir().glob("*.onnx"))


def build(*, force: bool = False) -> bool:
    """Whether anything had to be trained."""
    mark = model_dir() / (FILE + ".sha256")
    print_of_inputs = fingerprint()
    if not force and (model_dir() / FILE).is_file() and mark.is_file() and mark.read_text() == print_of_inputs:
        return False
    save(model_dir() / FILE, train()[0])
    mark.write_text(print_of_inputs)
    return True


def main(arguments: list[str]) -> int:
    made = build(force="--force" in arguments)
    print("Trained intent, speaker and concern classifiers." if made else "The classifiers are up to date.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
