"""Sentence vectors: `embed(texts)` gives one row of unit length for each text.

The encoder reads about 100 words at once, so a longer text is read in windows that end where a
sentence ends; its own vector is the mean of theirs. A text always gets the same vector, whatever
else is embedded in the same call.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from bot.model.build import ENCODER, TOKENIZER
from bot.model.places import model_dir

WIDTH = 384
DEPTHS = ("vector", "fifth", "fourth", "third")
"""Outputs of the encoder that are kept of a text, the published vector first."""
ADAPTED = ("adapted_fourth", "adapted_vector")
"""Outputs of its upper layers with the adapter for danger, in the order in which its head reads them."""
MAX_TOKENS = 126
"""Of one window, without the two marks at its ends."""
MAX_CHARS = 20_000
"""Of one text: some 3,500 words. What lies beyond is left to the rules, which read everything they are given."""
CACHE = 4096

_PIECE = re.compile(r"\S+\s*")
_SENTENCE_END = re.compile(r"[.!?…\n]['\")\]]*\s*$")


class EncoderMissing(RuntimeError):
    """The encoder was not built yet."""


class Encoder:
    """The quantised encoder with its tokenizer. One thread: the cores belong to the conversations."""

    def __init__(self, folder: Path) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        if not (folder / ENCODER).is_file():
            raise EncoderMissing(f"No encoder in {folder}: run `python -m bot.model.build` first.")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session: Any = onnxruntime.InferenceSession(
            str(folder / ENCODER), options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TOKENS + 2)
        self._layers = lru_cache(CACHE)(self._encode)

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        """One row for each text, unit length; an empty text gets the zero vector."""
        rows = [self.layers(text)[0] for text in texts]
        return np.stack(rows) if rows else np.zeros((0, WIDTH), dtype=np.float32)

    def layers(self, text: str) -> np.ndarray:
        """One vector of unit length for each of DEPTHS, shape (4, 384)."""
        return self._outputs(text)[: len(DEPTHS)]

    def adapted(self, text: str) -> np.ndarray:
        """The vectors of ADAPTED side by side, shape (768,)."""
        return self._outputs(text)[len(DEPTHS) :].reshape(-1)

    def _outputs(self, text: str) -> np.ndarray:
        """Every output of the encoder as a row of unit length; of a text without words, noughts."""
        parts = windows(text[:MAX_CHARS])
        if not parts:
            return np.zeros((len(DEPTHS + ADAPTED), WIDTH), dtype=np.float32)
        mean = np.mean([self._layers(part) for part in parts], axis=0)
        rows: np.ndarray = mean / np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), 1e-9)
        return rows

    def _encode(self, text: str) -> np.ndarray:
        ids = np.array([self._tokenizer.encode(printable(text)).ids], dtype=np.int64)
        return np.concatenate(self._session.run([*DEPTHS, *ADAPTED], {"ids": ids}))


def windows(text: str, *, words: int = 90) -> list[str]:
    """The text in pieces of at most `words` words, broken at sentence ends where there are any."""
    pieces = _PIECE.findall(text)
    found: list[str] = []
    while pieces:
        size = _window_size(pieces, words)
        found.append("".join(pieces[:size]).strip())
        pieces = pieces[size:]
    return found


def _window_size(pieces: Sequence[str], words: int) -> int:
    """How many pieces to take: up to the last sentence end in the second half of a full window."""
    if len(pieces) <= words:
        return len(pieces)
    ends = [n for n in range(words // 2, words + 1) if _SENTENCE_END.search(pieces[n - 1])]
    return ends[-1] if ends else words


def printable(text: str) -> str:
    """The tokenizer refuses lone surrogates, which half an emoji leaves behind."""
    return text.encode("utf-8", "replace").decode("utf-8")


@lru_cache(1)
def encoder() -> Encoder:
    """The encoder of this process, loaded at its first use."""
    return Encoder(model_dir())


def embed(texts: Sequence[str]) -> np.ndarray:
    """Vectors of shape (number of texts, 384)."""
    return encoder().embed(texts)


def layers(text: str) -> np.ndarray:
    """The upper layers of one text, shape (4, 384), the last one first."""
    return encoder().layers(text)


def adapted(text: str) -> np.ndarray:
    """What the layers with the adapter make of one text, shape (768,)."""
    return encoder().adapted(text)
