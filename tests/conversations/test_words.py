"""The words themselves: complete, filled, plain, and never a promise that is not ours."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import textstat
import yaml

from benchmarks.rehearsal import ROOT, words
from gateway.words import NoSuchWords, Variant, filled
from triage.conversation.agreeing import WORDING

VOCABULARY: dict[str, Any] = yaml.load((ROOT / "policies/facts.yml").read_text("utf-8"), yaml.BaseLoader)
FREE = {"child_ages", "place", "service_agreement", "informing_unsafe"}  # answered in words, or by a step of their own
AUDIENCES = ("family", "young_person", "professional")
STAFF_ONLY = {
    "utter_ask_stepping",
    "utter_ask_safe_until",
    "utter_phone_now_police",
    "utter_staff_allegation",
    "utter_fgm_duty",
    "utter_fabricated_illness",
    "utter_ask_profession",
    "utter_ask_referral_source",
    "utter_ask_assessment_in_place",
}
FOR_FAMILIES = sorted(
    name
    for name in words().names()
    if name not in STAFF_ONLY
    and not name.startswith(("utter_line_", "utter_label_", "utter_service_line", "utter_concern_", "utter_why_"))
)
READING_AGE = 9


def variants_for_families(name: str) -> list[Variant]:
    return [v for v in words().variants(name) if (v.slots or {}).get("audience") != "professional"]


@pytest.mark.parametrize("question", sorted(VOCABULARY["questions"]))
def test_every_question_has_words_and_a_line_to_read_it_back(question: str) -> None:
    assert words().text(f"utter_ask_{question}", audience="family")
    assert words().text(f"utter_line_{question}", audience="family")


@pytest.mark.parametrize("fact", sorted(VOCABULARY["facts"]))
def test_every_fact_can_be_read_back(fact: str) -> None:
    assert words().text(f"utter_line_{fact}", audience="family")


@pytest.mark.parametrize(
    "question", sorted(q for q, d in VOCABULARY["questions"].items() if d["kind"] == "choice" and q not in FREE)
)
@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_buttons_are_values_of_the_fact(question: str, audience: str) -> None:
    (fact,) = VOCABULARY["questions"][question]["settles"]
    described = VOCABULARY["facts"][fact]
    allowed = {"yes", "no"} if described["type"] == "yes_no" else set(described["values"])
    offered = set(words().labels(f"utter_ask_{question}", audience=audience)) - {"not_known", "not_said"}
    assert offered <= allowed
    assert question == "requester" or offered == allowed


@pytest.mark.parametrize(
    "question", sorted(set(VOCABULARY["questions"]) - {"service_agreement", "profession", "requester", "wants"})
)
def test_nobody_has_to_know(question: str) -> None:
    assert "not_known" in words().labels(f"utter_ask_{question}", audience="family")


def test_the_consent_words_carry_the_version_that_is_recorded() -> None:
    assert WORDING in (ROOT / "bot/domain/responses/consent.yml").read_text("utf-8")


def test_the_danger_line_needs_nothing_to_be_filled_in() -> None:
    for variant in words().variants("utter_danger"):
        assert "999" in variant.text
        assert "55" in variant.text
        assert not re.search(r"\{\w+\}", variant.text)


def test_every_number_in_the_words_comes_from_the_one_list() -> None:
    """999, 101, 55 and 47 stand in the words; every other number is a value."""
    allowed = re.compile(r"999|101|55|47|17s?|1989|2003|2015|36|5|16|18|28|19|90|50|89")
    for name in words().names():
        for variant in words().variants(name):
            numbers = re.findall(r"\d+", variant.text + " ".join(variant.buttons.values()))
            assert all(allowed.fullmatch(number) for number in numbers), name


@pytest.mark.parametrize("authority", ["warwickshire", "leicestershire", "wiltshire", None])
def test_every_number_value_has_a_number(authority: str | None) -> None:
    known = words().numbers(authority)
    used = {
        slot
        for name in words().names()
        for v in words().variants(name)
        for slot in re.findall(r"\{((?:number|hours)_\w+)\}", v.text)
    }
    assert used <= set(known)


PROMISES = r"\b(will be with you|on (its|their) way|straight away|we promise|guarantee|definitely|rest assured|don't worry|do not worry|confidential|please hold)\b"


@pytest.mark.parametrize("name", FOR_FAMILIES)
def test_no_promise_that_is_not_ours(name: str) -> None:
    assert not any(re.search(PROMISES, v.text, re.I) for v in words().variants(name))


@pytest.mark.parametrize(
    "name",
    [
        "utter_one_chance",
        "utter_young_person_safety",
        "utter_young_person_welcome",
        "utter_family_not_told",
        "utter_home_not_told",
    ],
)
def test_nobody_is_sent_back_to_the_family(name: str) -> None:
    said = " ".join(v.text.casefold() for v in words().variants(name))
    assert not re.search(
        r"(speak|talk) to your (parents|family|mum|dad)|\bmediat|we will (call|write to|tell) your (parents|family)",
        said,
    )


METHODS = r"\b(cut(ting)?|overdos\w+|hang\w*|pills?|tablets?|blade|razor|jump|rope|suicide|commit\w*)\b"


@pytest.mark.parametrize("name", ["utter_self_harm", "utter_ask_self_harm_pattern", "utter_line_self_harm"])
def test_a_reply_about_self_harm_names_no_method(name: str) -> None:
    for variant in variants_for_families(name):
        assert not re.search(METHODS, variant.text + " ".join(variant.buttons.values()), re.I)


BLAME = r"\b(you should have|your fault|why did you|you failed|bad parent|non-compliant|refuse to engage)\b"


@pytest.mark.parametrize("name", FOR_FAMILIES)
def test_nobody_is_blamed(name: str) -> None:
    for variant in variants_for_families(name):
        assert not re.search(BLAME, variant.text.replace("not your fault", ""), re.I)


@pytest.mark.parametrize("name", FOR_FAMILIES)
def test_at_most_three_helplines_beside_999(name: str) -> None:
    assert all(len(re.findall(r"\{number_\w+\}", v.text)) <= 3 for v in words().variants(name))


def reading_age(text: str) -> float:
    """Years of age at which a reader manages: the school grade of the automated readability index, plus five."""
    plain = re.sub(r"\{\w+\}", "it", text).replace("\n", " ")
    return float(textstat.automated_readability_index(plain)) + 5


def test_families_can_read_it_at_nine() -> None:
    """Over all words for families and young people together; long single lines are held by the next test."""
    everything = " ".join(v.text for name in FOR_FAMILIES for v in variants_for_families(name))
    assert reading_age(everything) <= READING_AGE


@pytest.mark.parametrize("name", [n for n in FOR_FAMILIES if len(words().variants(n)[-1].text.split()) >= 25])
def test_no_message_for_families_is_hard(name: str) -> None:
    for variant in variants_for_families(name):
        assert reading_age(variant.text) <= READING_AGE + 2, f"{reading_age(variant.text):.1f}: {variant.text}"


def test_missing_words_are_an_error_and_not_silence() -> None:
    with pytest.raises(NoSuchWords):
        words().text("utter_not_there", audience="family")


def test_a_value_that_is_missing_stays_visible() -> None:
    assert filled("Ring {number_x}.", {}) == "Ring {number_x}."


def test_response_files_are_one_topic_each_and_no_name_stands_twice() -> None:
    names = [
        name
        for file in sorted(Path(ROOT / "bot/domain/responses").glob("*.yml"))
        for name in yaml.safe_load(file.read_text())["responses"]
    ]
    assert len(names) == len(set(names))


OUR_NUMBER = re.compile(r"\bour (team|office)\b[^.]*\{number_")
KNOWN_TO_BE_OURS = {"utter_phone_here"}  # said once the place is known


@pytest.mark.parametrize("name", sorted(set(FOR_FAMILIES) - KNOWN_TO_BE_OURS))
def test_no_number_is_called_our_team_s_while_it_may_be_a_national_line(name: str) -> None:
    assert not any(OUR_NUMBER.search(variant.text) for variant in variants_for_families(name))


def test_a_line_that_is_open_day_and_night_is_named_once() -> None:
    assert words().numbers("leicestershire")["number_any_hour"] == "0116 305 0005"
    assert (
        words().numbers("warwickshire")["number_any_hour"] == "01926 414144, or 01926 886922 at night and at weekends"
    )
