"""The figures of the evaluation, and the floors that they must not fall below on the project's own sets."""

from __future__ import annotations

import pytest

from bot.evaluation import sets, tables
from bot.evaluation.picture import confusion_svg
from bot.evaluation.scores import Found, Share
from bot.text.understand import understand


def test_the_wilson_interval_of_a_perfect_small_sample_is_not_certainty() -> None:
    low, high = Share(10, 10).wilson
    assert low == pytest.approx(0.722, abs=0.001)
    assert high == pytest.approx(1.0)


def test_f1_counts_extras_and_misses_alike() -> None:
    found = Found()
    found.add({"a", "b"}, {"b", "c"})
    assert found.f1 == 0.5


def test_the_picture_shows_every_pair() -> None:
    picture = confusion_svg([("a", "a"), ("a", "b")], "x")
    assert picture.count("<rect") == 4
    assert picture.count(">1</text>") == 2


@pytest.fixture(scope="module")
def understood() -> list[tuple[sets.Example, dict[str, object]]]:
    return [(example, understand(example.text)) for example in sets.extraction(sets.OWN / "extraction_test.jsonl")]


@pytest.mark.parametrize(("key", "floor"), [("child_ages", 0.95), ("places", 0.95), ("concerns", 0.85)])
def test_lists_reach_their_floor_on_the_held_out_set(
    understood: list[tuple[sets.Example, dict[str, object]]], key: str, floor: float
) -> None:
    found = Found()
    for example, got in understood:
        found.add(example.expect[key], got[key])  # type: ignore[arg-type]
    assert found.f1 >= floor


def test_speakers_reach_their_floor_on_the_held_out_set(
    understood: list[tuple[sets.Example, dict[str, object]]],
) -> None:
    right = sum(got["speaker_role"] == example.expect["speaker_role"] for example, got in understood)
    assert right / len(understood) >= 0.89


def test_intents_reach_their_floor_on_the_held_out_set() -> None:
    examples = sets.intents(sets.OWN / "intents_test.jsonl")
    right = sum(understand(example.text)["intent"] == example.expect["intent"] for example in examples)
    assert right / len(examples) >= 0.75


def test_tables_are_printed_for_a_set_of_any_size() -> None:
    examples = sets.extraction(sets.OWN / "extraction_test.jsonl")[:3]
    assert any("child_ages" in line for line in tables.understanding(examples, understand))
    assert list(tables.worst(examples, understand, most=0)) == []
