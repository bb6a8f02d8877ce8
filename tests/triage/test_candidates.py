"""What is marked for the next training: masked words, a second person, and nothing that leads back."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from triage.candidates import CATEGORIES, DROPPED, KEPT, Candidate, check_mark, dropped, kept, training_files
from triage.deciding import ChoiceIncomplete
from triage.masking import mask, name_parts
from triage.permissions import NotAllowed

SAFETY = Path(__file__).resolve().parents[2] / "data" / "safety"
NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
MARK = Candidate(
    "k1", "r1", "m1", "warwickshire", "missed_danger", "marked", "parent", "he gets handsy when hes had a few", "none", [],
    None, "the aunt rang too", "ada", NOW,
)  # fmt: skip
FIRST = {"kai", "dave", "mark", "summer"}


def second_look(**changes):
    values = {"words": MARK.words, "label": "safeguarding_concern", "category": "sexual_abuse_family", "by": "mina"}
    return kept(MARK, **{**values, "at": NOW, **changes})


def test_labels_and_categories_are_those_of_the_training_files():
    found: dict[str, set[str]] = {"none": set()}
    for path in SAFETY.glob("*.yml"):
        data = yaml.safe_load(path.read_text("utf-8"))
        found.setdefault(data["label"], set()).update({data["category"]} if "category" in data else ())
    assert {label: set(named) for label, named in CATEGORIES.items()} == found


def test_after_the_second_look_nothing_leads_back_to_the_request_or_to_who_marked_it():
    for one in (second_look(), dropped(MARK, by="mina", at=NOW)):
        assert (one.request_id, one.message_id, one.note, one.marked_by, one.marked_at) == (None, None, "", None, None)
        assert (one.reviewed_by, one.reviewed_at) == ("mina", NOW)
    assert second_look().state == KEPT
    assert dropped(MARK, by="mina", at=NOW).state == DROPPED


def test_of_what_is_dropped_no_word_stays():
    assert dropped(second_look(), by="grace", at=NOW).words == ""


@pytest.mark.parametrize(
    ("missing", "field"),
    [
        ({"words": "  "}, "words"),
        ({"label": "significant_harm"}, "label"),
        ({"category": ""}, "category"),
        ({"category": "weapon"}, "category"),  # of the other label
        ({"label": "none"}, "category"),  # nothing has no category
    ],
)
def test_a_label_needs_the_category_that_goes_with_it(missing, field):
    with pytest.raises(ChoiceIncomplete) as refusal:
        second_look(**missing)
    assert field in refusal.value.problems


def test_whoever_marked_it_cannot_keep_it_and_may_drop_it():
    with pytest.raises(NotAllowed, match="second person"):
        second_look(by="ada")
    assert dropped(MARK, by="ada", at=NOW).state == DROPPED


def test_a_wrong_fact_is_named_and_only_then():
    assert check_mark("wrong_fact", "neglect", ["neglect"]) == "neglect"
    assert check_mark("false_alarm", "neglect", ["neglect"]) is None
    for kind, fact in (("wrong_fact", ""), ("wrong_fact", "impact"), ("nothing", "")):
        with pytest.raises(ChoiceIncomplete):
            check_mark(kind, fact, ["neglect"])


def test_only_what_was_kept_is_in_a_training_file_each_label_and_category_in_its_own():
    one, nothing = second_look(), second_look(label="none", category="")
    gone = dropped(MARK, by="mina", at=NOW)
    sneaked = replace(MARK, label="none")  # marked, and labelled by nobody who looked
    assert training_files([MARK, nothing, gone, one, sneaked]) == {
        "benign_marked": [nothing],
        "concern_marked_sexual_abuse_family": [one],
    }


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("ring me 07700 900 123 or jo.marsh@example.org", "ring me [number] or [contact]"),
        ("07700\u200b900123 and ４４４４４", "[number] and [number]"),
        ("oh seven seven double oh nine one two", "[number]"),
        ("jo dot marsh at example dot org", "[contact]"),
        ("12 Mill Lane, CV21 3AB", "[place], [place]"),
        ("born 3/4/2019, seen on the 3rd of March 2024 and on 04/05", "born [date], seen on the [date] and on [date]"),
        ("the child is called tyler, and Mrs Okafor saw it", "the child is called [name], and Mrs [name] saw it"),
        (
            "kais scared of DAVE and so is Jo's nan, in rugby",
            "[name] scared of [name] and so is [name] nan, in [place]",
        ),
        ("mark my words, Mark did it last summer", "mark my words, [name] did it last summer"),
        ("my teacher Priya Shah-Łuk knows", "my teacher [name] knows"),
        ("my Mum Sarah O'Brien and Dr McDonald's", "my Mum [name] and Dr [name]"),
        ("QQ 12 34 56 C, NHS 943 476 5919", "[number], NHS [number]"),
    ],
)
def test_names_places_numbers_and_dates_are_masked(words, left):
    assert mask(words, names=name_parts("Jo Marsh"), places=["Rugby"], first_names=FIRST) == left


@pytest.mark.parametrize(
    "words",
    [
        "she is 15 and he took 20 tablets at 3.15, I rang 999 and the DSL and two GPs",
        "Mum said I'm to blame. On Monday he hit Nan",
        "i miss school",
    ],
)
def test_what_danger_is_told_by_stays(words):
    assert mask(words, first_names=FIRST) == words


NO_DIGITS = st.text(st.characters(exclude_categories=["Nd", "Nl", "No", "Cs"]), max_size=100)


@given(NO_DIGITS, st.from_regex(r"07700[ -]?900[ -]?[0-9]{3}", fullmatch=True), NO_DIGITS)
def test_a_telephone_number_stays_nowhere_whatever_stands_around_it(before, number, after):
    assert not re.search(r"\d", mask(f"{before} {number} {after}"))


@given(st.text(max_size=300))
def test_masking_twice_changes_nothing_more(words):
    once = mask(words, names=["Jo"], first_names=FIRST)
    assert mask(once) == once
