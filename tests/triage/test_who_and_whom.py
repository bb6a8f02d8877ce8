"""Standing, whose words, and who must not be told: pure rules, one line each."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.conversation.sending import ALPHABET, reference
from triage.facts import Value
from triage.journeys import asked_as, audience, by, standing
from triage.request import SafeContact
from triage.safe_contact import AT_HOME, grounds_for_silence

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("role", "ages", "stands_as"),
    [
        ("parent", (8,), "parent"),
        ("step_parent", (8,), "carer_without_pr"),
        ("foster_carer", (8,), "carer_without_pr"),
        ("friend_or_neighbour", (), "public"),
        ("young_person", (14,), "child_under_16"),
        ("young_person", (15,), "child_under_16"),
        ("young_person", (16,), "young_person_16_17"),
        ("young_person", (17, -1), "young_person_16_17"),
        ("young_person", (), None),
        ("unknown", (8,), None),
    ],
)
def test_who_speaks_has_a_standing(role: str, ages: tuple[int, ...], stands_as: str | None) -> None:
    assert standing(role, ages) == stands_as


def test_a_young_person_gets_their_own_words_through_any_door() -> None:
    assert {
        audience(door, who)
        for door, who in product(("family", "professional"), ("child_under_16", "young_person_16_17"))
    } == {"young_person"}


def test_a_neighbour_is_asked_as_the_public_and_spoken_to_like_a_family() -> None:
    assert asked_as("family", "public") == "public"
    assert audience("family", "public") == "family"


def test_a_consent_record_names_the_standing() -> None:
    assert by("professional", "professional") == "referrer for the family"
    assert by("family", "young_person_16_17", 17) == "young person 17"
    assert by("family", "child_under_16", 14) == "child 14"


def test_a_brothers_age_is_not_written_down_as_their_own() -> None:
    assert by("family", "child_under_16", 17) == "child under 16"
    assert by("family", "young_person_16_17", 12) == "young person 16-17"


NOT_TOLD: list[dict[str, Value]] = [
    {"forced_marriage_or_honour": True},
    {"fgm": "at_risk"},
    {"fgm": "known"},
    {"fabricated_illness": True},
    {"informing_unsafe": True},
    {"service_agreement": "unsafe_to_ask"},
    {"service_agreement": "child_refuses_parent_contact"},
    {"sexual_harm": True},
]


@pytest.mark.parametrize("known", NOT_TOLD, ids=str)
def test_the_family_is_not_told(known: dict[str, Value]) -> None:
    assert grounds_for_silence(known)


@given(
    known=st.sampled_from(NOT_TOLD),
    more=st.dictionaries(st.sampled_from(["impact", "wants", "place", "neglect"]), st.sampled_from(["starting", True])),
)
def test_nothing_else_that_is_known_lifts_it(known: dict[str, Value], more: dict[str, Value]) -> None:
    assert grounds_for_silence({**more, **known})


def test_whoever_tells_of_sexual_abuse_nobody_at_home_hears_before_an_officer_has_looked() -> None:
    """It may be somebody of the household; the pack says the same of every teller (law.md C50)."""
    assert all(grounds_for_silence({"sexual_harm": True, "requester": who}) for who in ("parent", "public", "relative"))


def test_a_pack_may_hide_more_and_never_less() -> None:
    assert grounds_for_silence({}, flags=("do_not_tell_family",))
    assert grounds_for_silence({"fgm": "known"}, flags=())


@pytest.mark.parametrize(
    "category", ["fgm", "forced_marriage", "honour_based_abuse", "fabricated_illness", "sexual_abuse_family"]
)
def test_what_the_screen_heard_hides_though_nobody_named_it(category: str) -> None:
    """There may be one chance (law.md C51): a mention is enough."""
    assert grounds_for_silence({}, heard=(category,))
    assert (ROOT / f"data/safety/concern_{category}.yml").exists(), "a category that the screen knows"


@pytest.mark.parametrize("harm", AT_HOME)
def test_a_child_who_tells_of_harm_at_home_is_not_given_away(harm: str) -> None:
    assert grounds_for_silence({harm: True}, harmed_teller=True)
    assert not grounds_for_silence({harm: True}, harmed_teller=False)
    assert not grounds_for_silence({harm: False}, harmed_teller=True)


def test_a_row_about_bedtimes_hides_nothing() -> None:
    known: dict[str, Value] = {"requester": "child_under_16", "impact": "starting", "service_agreement": "given"}
    assert not grounds_for_silence(known)


@pytest.mark.parametrize("way", ["call", "text", "voicemail", "email", "letter"])
def test_no_way_of_contact_is_safe_by_default(way: str) -> None:
    assert getattr(SafeContact(phone="07700 900111", email="x@example.org"), f"safe_{way}") is False


@given(st.uuids())
def test_a_reference_is_short_readable_and_says_nothing(number: object) -> None:
    code = reference(str(number))
    assert len(code) == 9
    assert set(code) - {"-"} <= set(ALPHABET)
