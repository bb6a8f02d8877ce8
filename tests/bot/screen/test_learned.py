"""The learned judge: reproducible, calibrated on messages it had not seen, and awake to one buried line."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.model.calibration import ALARMED, ALARMED_PARTS, calibrate, thresholds
from bot.model.corpus import load_examples
from bot.model.ridge import RIDGE, fit
from bot.model.train import gram_rows
from bot.text.grams import Grams
from bot.text.screen import CONCERN, IMMEDIATE, NONE, screen
from bot.text.screen.learned import Judge, JudgeMissing, judge_by_vectors
from bot.text.screen.space import nearness, unit


def _points() -> tuple[np.ndarray, np.ndarray]:
    """Three clouds of invented vectors, one for each label."""
    rng = np.random.default_rng(7)
    labels = np.repeat([0, 1, 2], 20)
    centres = unit(rng.normal(size=(3, 384)))
    return unit(centres[labels] + 0.02 * rng.normal(size=(60, 384))), labels


def test_scores_with_a_message_left_out_equal_scores_of_a_judge_that_never_saw_it() -> None:
    anchors, labels = _points()
    kernel = nearness(anchors, anchors)
    fitted = fit(kernel, labels)
    rest = np.arange(1, len(labels))
    shares = np.bincount(labels, minlength=3)[labels] / len(labels)
    targets = np.stack([np.where(labels > 0, 1.0, -1.0), np.where(labels == 2, 1.0, -1.0)], axis=1)
    inner = kernel[np.ix_(rest, rest)].astype(float) + RIDGE * np.diag(3 * shares[rest])
    by_hand = kernel[0, rest] @ np.linalg.solve(inner, targets[rest])
    assert fitted.unseen[0] == pytest.approx(by_hand, abs=1e-4)
    part = 0.9 * kernel[:1]
    assert fitted.of_parts(part, np.array([0]))[0] == pytest.approx(0.9 * by_hand, abs=1e-4)


def test_training_twice_gives_the_same_weights() -> None:
    anchors, labels = _points()
    kernel = nearness(anchors, anchors)
    assert np.array_equal(fit(kernel, labels).worth, fit(kernel, labels).worth)


def test_calibration_turns_higher_scores_into_higher_probabilities_and_trusts_the_source_that_knows() -> None:
    told = np.linspace(-1, 1, 40)
    knows_nothing = np.random.default_rng(1).normal(size=40)
    truth = (told > 0.1) | (np.abs(told) < 0.05)
    slope, _ = calibrate(np.stack([told, knows_nothing], axis=1)[:, None, :], truth[:, None])
    assert slope[0, 0] > 10 * abs(slope[0, 1])


def test_the_thresholds_let_through_the_stated_shares_of_look_alikes() -> None:
    benign = np.tile(np.linspace(0, 1, 1001)[:, None], (1, 2))
    found = thresholds(benign, benign)
    assert found["raise_at"] == pytest.approx([1 - ALARMED["any"], 1 - ALARMED["now"]])
    assert found["raise_part_at"] == pytest.approx([1 - ALARMED_PARTS["any"], 1 - ALARMED_PARTS["now"]])


def test_words_that_only_one_message_has_are_not_learned_and_rare_ones_weigh_more() -> None:
    grams = Grams.of(["he took them all. he ran", "he took it", "he ran home"])
    places, values = grams.row("he took the bus. all ran")
    weight = dict(zip(places.tolist(), values.tolist(), strict=True))
    assert set(grams.place) == {"he", "he took", "ran", "took"} | {"he ran"}
    assert weight[grams.place["he took"]] > weight[grams.place["he"]]
    assert np.linalg.norm(values) == pytest.approx(1.0, abs=1e-6)
    assert "all ran" not in grams.place
    assert grams.row("zebra")[0].size == 0


def test_a_message_is_read_alike_in_training_and_in_service() -> None:
    messages = ["he took them all", "he took it. he ran", "nothing known here"]
    grams = Grams.of(messages)
    rows = gram_rows(grams, messages).toarray()
    for message, row in zip(messages, rows, strict=True):
        places, values = grams.row(message)
        assert row[places] == pytest.approx(values)
        assert np.count_nonzero(row) == len(places)


def test_every_training_message_has_a_label_a_kind_and_a_speaker() -> None:
    examples = load_examples()
    assert len(examples) > 7000
    assert all(e.label in (NONE, CONCERN, IMMEDIATE) and e.kind and e.speaker and e.text.strip() for e in examples)


def test_a_judge_that_was_not_trained_says_so(tmp_path: Path) -> None:
    with pytest.raises(JudgeMissing, match=r"bot\.model\.train"):
        Judge.load(tmp_path / "safety.npz")


def test_one_buried_line_is_not_averaged_away() -> None:
    chat = "She likes swimming and her teacher is lovely. We live near the park and the bus is handy. " * 6
    buried = chat + "Her stepdad gets in her bed at night and touches her. " + chat
    assert judge_by_vectors(chat).danger == NONE
    assert screen(buried).danger != NONE


@pytest.mark.parametrize(
    "line",
    [
        "Her stepdad gets in her bed at night and touches her.",
        "Last night he had her by the throat on the landing.",
        "she told me she has been cutting her arms since easter",
        "the baby was shaken and has gone floppy",
    ],
)
@pytest.mark.parametrize("times", [2, 6, 20])
def test_a_calm_letter_takes_nothing_from_one_line_of_harm(line: str, times: int) -> None:
    calm = "The boys like football and the school is near. We had tea at my mum's on Sunday and the bus was late. "
    assert screen(calm * times + line + " " + calm * times).danger != NONE


def test_what_the_patterns_have_no_word_for_is_still_heard() -> None:
    result = judge_by_vectors("every night he waits till mum is on shift and then he comes and lies down next to me")
    assert result.danger != NONE
    assert result.categories


@pytest.mark.parametrize(
    "words",
    [
        "hi im 15 and i dont really know if this is the right place. sometimes i cut my legs and i cant tell my mum",
        "i cut. nobody knows. i dont want my mum to know",
        "i hurt myself when im sad. please dont tell my mum",
    ],
)
def test_a_young_person_who_hurts_themselves_gets_the_careful_path_and_no_siren(words: str) -> None:
    result = screen(words)
    assert (result.danger, result.categories) == (CONCERN, ("self_harm",))


@pytest.mark.parametrize("lang", ["en", "sv", "cy"])
def test_a_wrong_guess_at_the_language_does_not_switch_the_judge_off(lang: str) -> None:
    assert screen("i swallowed all of my mums tablets", lang).danger == IMMEDIATE
