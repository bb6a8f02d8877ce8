"""The test sets share no message with the training lines, and few that nearly are one."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest

from bot.model.understanding import intent_examples, written_lines
from bot.text.embedding import embed

DATA = Path(__file__).parents[2] / "data"
NEARLY_THE_SAME = 0.95
"""Cosine of sentence vectors; two wordings of one short question reach 0.9."""

SHARED = {"intents_unseen.jsonl": 3}
"""Short things that two people say alike (a greeting, a yes, one question); docs/evaluation.md counts without them too."""


def texts(name: str) -> list[str]:
    return [json.loads(line)["text"] for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


@lru_cache(None)
def training(kind: str) -> tuple[frozenset[str], np.ndarray]:
    """The lines of one kind, in small letters, and where they stand. Encoded once for all sets: they are thousands."""
    lines = [line.text for line in written_lines()] if kind == "written" else [text for text, _ in intent_examples()]
    return frozenset(line.lower() for line in lines), embed(lines)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("extraction_test.jsonl", "written"),
        ("extraction_unseen.jsonl", "written"),
        ("understanding_fresh2.jsonl", "written"),
        ("intents_test.jsonl", "intents"),
        ("intents_unseen.jsonl", "intents"),
    ],
)
def test_the_test_set_was_not_copied_from_the_training_lines(name: str, kind: str) -> None:
    held_out, (lines, places) = texts(name), training(kind)
    shared = {text.lower() for text in held_out} & lines
    assert len(shared) <= SHARED.get(name, 0), f"{len(shared)} messages stand in both"
    nearest = (embed(held_out) @ places.T).max(axis=1)
    assert float(np.mean(nearest > NEARLY_THE_SAME)) <= 0.05
