"""Inferred facts: in the vocabulary of the thresholds, each with its words, the worst band standing."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.text.patterns import lexicon
from bot.text.understand import understand

FACTS = yaml.safe_load((Path(__file__).parents[3] / "policies" / "facts.yml").read_text(encoding="utf-8"))["facts"]


def facts(text: str) -> dict[str, object]:
    return {fact["name"]: fact["value"] for fact in understand(text)["facts"]}


def test_the_lexicon_speaks_the_vocabulary_of_the_thresholds() -> None:
    for name, values in lexicon("facts").items():
        fact = FACTS[name]
        allowed = [True, False] if fact["type"] == "yes_no" else fact["values"]
        assert set(values) <= set(allowed), name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "my 14 year old cut herself once last week, a one off",
            {"self_harm": True, "self_harm_pattern": "passing_thoughts_or_once"},
        ),
        ("15yo discharged after a second overdose", {"self_harm_pattern": "plan_attempt_or_intent"}),
        ("my dad hits me with a belt", {"physical_harm": True, "physical_harm_kind": "serious_or_repeated"}),
        (
            "we are at breaking point and want a family support worker",
            {"impact": "daily_life", "wants": "ongoing_help"},
        ),
        ("something isnt right but I dont know what it is", {"needs_clear": False}),
        ("I agree to a social worker doing an assessment", {"wants": "social_work_assessment"}),
        ("im 17 and sleeping in my car", {"homeless_16_17": True}),
        ("Mum and 7 year old, NRPF, 4 nights left here then nothing", {"no_recourse": True, "home": "none_soon"}),
        ("my friend is having my 10 year old for 3 months while I am abroad", {"private_fostering": True}),
        ("10 week old with a small bruise on his cheek", {"injury_not_mobile": True}),
    ],
)
def test_words_that_move_a_level_are_noted(text: str, expected: dict[str, object]) -> None:
    assert expected.items() <= facts(text).items()


def test_consent_is_never_inferred_as_an_answer() -> None:
    assert "service_agreement" not in facts("Mum agrees to everything and has signed the form")


def test_how_bad_counts_only_where_the_worry_was_said() -> None:
    assert "neglect_pattern" not in facts("he comes here every week and is fine")


def test_self_harm_of_which_no_more_is_said_is_never_taken_for_its_mildest_form() -> None:
    assert "self_harm_pattern" not in facts("my daughter self harms")
    assert facts("sometimes i cut my arms")["self_harm_pattern"] == "repeated_or_often"


def test_refusing_bed_is_not_refusing_school() -> None:
    def attendance(text: str) -> list[object]:
        return [fact["value"] for fact in understand(text)["facts"] if fact["name"] == "attendance"]

    assert attendance("he wont go to bed till like 11, just want some ideas") == []
    assert attendance("she refuses to go to school most days") == ["below_90"]
