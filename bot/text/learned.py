"""What the trained classifiers say about one message: intent, speaker and concerns, from its vectors and its words."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from bot.model.places import model_dir
from bot.text.embedding import layers
from bot.text.handwriting import marks
from bot.text.kernel import Kernel, load
from bot.text.normalise import as_text, sentences

FILE = "understanding.npz"


@dataclass(frozen=True)
class Learned:
    """Probabilities by label. Empty where there is nothing to read or nothing was trained."""

    intent: dict[str, float] = field(default_factory=dict)
    speaker: dict[str, float] = field(default_factory=dict)
    concerns: dict[str, float] = field(default_factory=dict)


class NotTrained(RuntimeError):
    """The classifiers were not built yet."""


@lru_cache(1)
def kernel() -> Kernel:
    path = model_dir() / FILE
    if not path.is_file():
        raise NotTrained(f"No {FILE} in {path.parent}: run `python -m bot.model.understanding` first.")
    return load(path)


def plain_words(text: str) -> str:
    """The message as the safety judge reads it, so that both share one pass of the encoder."""
    return as_text(sentences(text))


def learned(text: str) -> Learned:
    plain = plain_words(text)
    if not plain:
        return Learned()
    return Learned(**kernel().probabilities(plain, layers(plain), marks(text)))
