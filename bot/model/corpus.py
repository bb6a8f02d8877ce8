"""The training messages of the safety judge, from `data/safety`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml

from bot.model.low_rank import mark
from bot.model.places import ROOT
from bot.text.normalise import Sentence, as_text, plain, sentences
from bot.text.screen.pieces import pieces
from bot.text.screen.result import ORDER

MESSAGES = ROOT / "data" / "safety"


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


@dataclass(frozen=True)
class Corpus:
    """The training messages as the judge reads them."""

    texts: list[str]
    messages: list[str]  # in plain words
    labels: np.ndarray  # places in ORDER: 0 nothing, 1 concern, 2 danger now
    unseen: np.ndarray  # whether it was kept from the adapter

    @classmethod
    def of(cls, examples: list[Example], seen_by_adapter: Collection[int]) -> Corpus:
        messages = [plain(example.text) for example in examples]
        labels = np.array([ORDER.index(example.label) for example in examples])
        unseen = np.array([mark(message) not in seen_by_adapter for message in messages])
        return cls([example.text for example in examples], messages, labels, unseen)

    def parts(self) -> tuple[list[str], np.ndarray]:
        """The parts of long look-alikes that the adapter never saw, and the number of the message of each."""
        benign = np.flatnonzero(self.unseen & (self.labels == 0))
        found = [(as_text(piece), n) for n in benign for piece in _several(self.texts[n])]
        return [words for words, _ in found], np.array([n for _, n in found])


def _several(text: str) -> list[Sequence[Sentence]]:
    """The pieces of a long message; none of a short one."""
    parts = list(pieces(sentences(text)))
    return parts if len(parts) > 1 else []
