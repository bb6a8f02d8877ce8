"""What likeness to the training lines makes of a message."""

from __future__ import annotations

import numpy as np
import pytest

from bot.model.fit_kernel import Asked, _question
from bot.text.kernel import FEW, MANY, USUAL, Question, longer_than_usual


def words(count: int) -> str:
    return " ".join(["word"] * count)


def test_a_message_of_usual_length_is_neither_long_nor_short() -> None:
    assert longer_than_usual(words(USUAL)) == 0
    assert longer_than_usual(words(USUAL - 1)) < 0 < longer_than_usual(words(USUAL + 1))


def test_a_single_word_and_a_letter_without_end_are_no_extremes() -> None:
    assert longer_than_usual(words(1)) == longer_than_usual(words(FEW))
    assert longer_than_usual(words(5000)) == longer_than_usual(words(MANY))


def test_the_same_likeness_says_more_in_a_long_message() -> None:
    question = Question(("a", "b"), exclusive=False, slope=2.0, offset=0.0, by_length=0.5)
    short, long = (question.probabilities(np.array([-0.5, -1.0]), long=length) for length in (0.0, 1.0))
    assert short["a"] < 0.5 == pytest.approx(long["a"] + 0.122, abs=0.001)
    assert long["b"] > short["b"]


def test_length_does_not_tell_who_writes() -> None:
    question = Question(("a", "b"), exclusive=True, slope=2.0, offset=0.0)
    assert question.probabilities(np.array([0.1, 0.4]), long=1.5) == question.probabilities(np.array([0.1, 0.4]))


def test_what_length_is_worth_is_learned_from_whole_messages_and_not_from_bare_clauses() -> None:
    """Messages that follow a slope of 2 and a worth of 1 for length; clauses that follow nothing."""
    dice = np.random.default_rng(1)
    scores, lengths = dice.normal(size=(8000, 1)), dice.normal(size=8000)
    truth = dice.random((8000, 1)) < 1 / (1 + np.exp(-(2 * scores + lengths[:, None])))
    clauses = dice.random((8000, 1)) < 0.5
    counts = np.repeat([3.0, 1.0], 8000)
    asked = Asked(("a",), np.arange(16000), np.vstack([truth, clauses]), counts, exclusive=False)
    found = _question(asked, np.vstack([scores, scores]), np.concatenate([lengths, lengths]))
    assert found.slope == pytest.approx(2, abs=0.15)
    assert found.by_length == pytest.approx(1, abs=0.15)
