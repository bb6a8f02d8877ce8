"""What the trained classifiers say about one message: intent, speaker and concerns, from one sentence vector."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from bot.model.places import model_dir
from bot.text.embedding import embed
from bot.text.linear import Linear, load

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
def models() -> dict[str, Linear]:
    path = model_dir() / FILE
    if not path.is_file():
        raise NotTrained(f"No {FILE} in {path.parent}: run `python -m bot.model.understanding` first.")
    return load(path)


def learned(text: str) -> Learned:
    if not any(char.isalnum() for char in text):
        return Learned()
    vector = embed([text])[0]
    return Learned(**{name: models()[name].probabilities(vector) for name in ("intent", "speaker", "concerns")})
