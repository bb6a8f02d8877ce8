"""The test sets share no message with the training lines, and few that nearly are one."""

from __future__ import annotations

import json
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


@pytest.mark.parametrize(
    ("name", "training"),
    [
        ("extraction_test.jsonl", [line.text for line in written_lines()]),
        ("extraction_unseen.jsonl", [line.text for line in written_lines()]),
        ("intents_test.jsonl", [text for text, _ in intent_examples()]),
        ("intents_unseen.jsonl", [text for text, _ in intent_examples()]),
    ],
)
def test_the_test_set_was_not_copied_from_the_training_lines(name: str, training: list[str]) -> None:
    held_out = texts(name)
    shared = {text.lower() for text in held_out} & {text.lower() for text in training}
    assert len(shared) <= SHARED.get(name, 0), f"{len(shared)} messages stand in both"
    nearest = (embed(held_out) @ embed(training).T).max(axis=1)
    assert float(np.mean(nearest > NEARLY_THE_SAME)) <= 0.05
