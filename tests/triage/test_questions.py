"""The conversation's picture of the vocabulary is the vocabulary."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from triage.questions import (
    NO_WORRIES,
    TICKS,
    UNASKED,
    WORRIES,
    YES_NO,
    choice_of,
    facts_of,
    question_of,
    ticked,
    value_of,
)

VOCABULARY: dict[str, Any] = yaml.load(
    (Path(__file__).resolve().parents[2] / "policies/facts.yml").read_text("utf-8"), yaml.BaseLoader
)
FACTS, QUESTIONS = VOCABULARY["facts"], VOCABULARY["questions"]


def test_yes_no_facts_are_those_of_the_vocabulary() -> None:
    assert {name for name, fact in FACTS.items() if fact["type"] == "yes_no"} == YES_NO


def test_facts_that_nobody_asks_are_those_of_the_vocabulary() -> None:
    assert {name for name, fact in FACTS.items() if fact["question"] == "null"} == UNASKED


@pytest.mark.parametrize("question", sorted(QUESTIONS))
def test_a_question_settles_the_facts_that_the_vocabulary_says(question: str) -> None:
    assert set(facts_of(question)) == set(QUESTIONS[question]["settles"])


@pytest.mark.parametrize("question", sorted(QUESTIONS))
def test_every_fact_leads_back_to_its_question(question: str) -> None:
    assert all(question_of(fact) == question for fact in QUESTIONS[question]["settles"])


def test_an_unticked_worry_is_worth_the_mildest_value() -> None:
    assert all(value in (False, FACTS[name].get("values", [None])[0]) for name, value in WORRIES.items())


def test_a_tick_is_worth_a_value_of_its_fact() -> None:
    assert all(value in FACTS[fact]["values"] for fact, value in TICKS.values())


def test_what_was_not_shown_stays_unknown() -> None:
    assert "fabricated_illness" not in ticked(frozenset({"neglect"}), shown=frozenset({"neglect", "missing"}))


def test_ticking_something_says_that_there_is_a_worry() -> None:
    said = ticked(frozenset({"neglect"}), shown=frozenset(WORRIES))
    assert said["neglect"] is True
    assert said["missing"] is False
    assert said[NO_WORRIES] is False


@pytest.mark.parametrize(
    ("fact", "choice"), [("neglect", "yes"), ("neglect", "no"), ("fgm", "no"), ("impact", "daily_life")]
)
def test_a_choice_and_its_value_are_the_same_thing(fact: str, choice: str) -> None:
    assert choice_of(value_of(fact, choice)) == choice
