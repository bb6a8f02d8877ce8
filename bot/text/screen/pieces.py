"""A long message in pieces, so that one buried line is not averaged away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.text.normalise import Sentence

WORDS = 45
"""Of one piece, about."""
MOST = 40
"""Pieces read of one message: the first and the last ones, where a message is longer still."""


def pieces(found: Sequence[Sentence]) -> Iterator[Sequence[Sentence]]:
    """Runs of whole sentences of about WORDS words; one run for a short message."""
    runs = list(_runs(found))
    if len(runs) > MOST:
        runs = runs[: MOST // 2] + runs[-MOST // 2 :]
    yield from runs


def _runs(found: Sequence[Sentence]) -> Iterator[Sequence[Sentence]]:
    run: list[Sentence] = []
    for sentence in _short(found):
        if run and sum(map(len, run)) + len(sentence) > WORDS:
            yield run
            run = []
        run.append(sentence)
    if run:
        yield run


def _short(found: Sequence[Sentence]) -> Iterator[Sentence]:
    """Sentences, with talk that never stops for breath cut into pieces."""
    for sentence in found:
        for start in range(0, len(sentence), WORDS):
            yield sentence[start : start + WORDS]
