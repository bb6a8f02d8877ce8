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


Understood = list[tuple[sets.Example, dict[str, object]]]


@pytest.fixture(
    scope="module", params=["extraction_test.jsonl", "extraction_unseen.jsonl", "understanding_fresh2.jsonl"]
)
def understood(request: pytest.FixtureRequest) -> tuple[str, Understood]:
    examples = sets.extraction(sets.OWN / request.param)
    return request.param, [(example, understand(example.text)) for example in examples]


FLOORS = {
    "extraction_test.jsonl": {"child_ages": 0.97, "places": 0.97, "concerns": 0.90, "speaker_role": 0.96},
    "extraction_unseen.jsonl": {"child_ages": 0.95, "places": 0.97, "concerns": 0.78, "speaker_role": 0.88},
    "understanding_fresh2.jsonl": {"child_ages": 0.95, "places": 0.97, "concerns": 0.86, "speaker_role": 0.92},
}
"""A little below what is reached; of the second set only totals may be looked at, the third was looked at once it was measured."""


@pytest.mark.parametrize("key", ["child_ages", "places", "concerns"])
def test_lists_reach_their_floor(understood: tuple[str, Understood], key: str) -> None:
    name, read = understood
    found = Found()
    for example, got in read:
        found.add(example.expect[key], got[key])  # type: ignore[arg-type]
    assert round(found.f1, 3) >= FLOORS[name][key]


def test_speakers_reach_their_floor(understood: tuple[str, Understood]) -> None:
    name, read = understood
    right = sum(got["speaker_role"] == example.expect["speaker_role"] for example, got in read)
    assert right / len(read) >= FLOORS[name]["speaker_role"]


@pytest.mark.parametrize(("name", "floor"), [("intents_test.jsonl", 0.95), ("intents_unseen.jsonl", 0.92)])
def test_intents_reach_their_floor(name: str, floor: float) -> None:
    examples = sets.intents(sets.OWN / name)
    right = sum(understand(example.text)["intent"] == example.expect["intent"] for example in examples)
    assert right / len(examples) >= floor


def test_tables_are_printed_for_a_set_of_any_size() -> None:
    examples = sets.extraction(sets.OWN / "extraction_test.jsonl")[:3]
    assert any("child_ages" in line for line in tables.understanding(examples, understand))
    assert list(tables.worst(examples, understand, most=0)) == []
