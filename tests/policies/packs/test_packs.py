"""What the signed packs promise beyond what the engine proves: sources, figures, offers, directory, numbers."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from policies.engine import Pack, PolicySet
from policies.engine.entries import Also, ConsentRule, Offer, Threshold

ROOT = Path(__file__).parents[3]
PACKS = PolicySet.load(ROOT / "policies")
TODAY = date(2026, 11, 22)
SOURCES = Path(os.environ.get("FRONTDOOR_SOURCES", ROOT.parent / "shared" / "sources"))
NUMBERS = yaml.safe_load((ROOT / "data/services/numbers.yml").read_text())
DIRECTORY = [
    file
    for file in sorted((ROOT / "data/services").glob("*.yml"))
    if "services" in (yaml.safe_load(file.read_text()) or {})
]
every_pack = pytest.mark.parametrize("pack", PACKS.packs.values(), ids=lambda pack: pack.full_name)
every_directory = pytest.mark.parametrize("file", DIRECTORY, ids=lambda file: file.stem)


def entries(*kinds: type) -> Iterator[Any]:
    return (entry for pack in PACKS.packs.values() for entry in pack.text.entries.values() if isinstance(entry, kinds))


# ---- sources ------------------------------------------------------------------------------------------


def test_every_source_in_the_register_is_cited_or_explains_a_note() -> None:
    cited = {entry.citation.source for entry in entries(object)}
    cited |= {
        measure.citation.source
        for pack in PACKS.packs.values()
        for measure in (*pack.text.clocks.values(), *pack.text.capacity.values())
    }
    cited |= {note.source for pack in PACKS.packs.values() for note in pack.text.notes}
    background = {"ukgdpr", "isa", "ico_adm", "nrm"}  # rest under docs and duties of the product, not under a rule
    assert set(PACKS.sources) - cited <= background


@pytest.mark.beside
def test_the_documents_that_were_read_are_still_the_same() -> None:
    found = {hashlib.sha256(file.read_bytes()).hexdigest() for file in SOURCES.glob("*.txt")}
    assert {source["sha256"] for source in PACKS.sources.values() if "sha256" in source} <= found


@every_pack
def test_every_gap_of_the_sources_is_settled_with_a_question_for_a_reviewer(pack: Pack) -> None:
    assert pack.text.notes
    assert all(note.question.rstrip().endswith("?") for note in pack.text.notes)


def test_all_24_known_gaps_of_the_sources_are_answered_somewhere() -> None:
    answered = {
        "19.6": "warwickshire@2016.1",
        "620": "warwickshire@2016.1",
        "Six criteria": "warwickshire@2016.1",
        "second list": "warwickshire@2016.1",
        "reduced number": "warwickshire@2016.1",
        "children's centres": "warwickshire@2016.1",
        "6 to 8 cases": "warwickshire@2016.1",
        "35 days": "warwickshire@2016.1",
        "Appendix 2": "warwickshire@2016.1",
        "fell apart": "warwickshire@2016.1",
        "20 children": "warwickshire@2018.1",
        "Reviews every": "warwickshire@2018.1",
        "50 children": "warwickshire@2018.1",
        "21.3": "warwickshire@2018.1",
        "Thirty months": "warwickshire@2018.1",
        "14.4": "warwickshire@2018.1",
        "Twenty working days": "warwickshire@2018.1",
        "SEND service": "warwickshire@2018.1",
        "to receive": "warwickshire@2018.1",
        "threshold table": "england@2016.1",
        "without agreement": "england@2016.1",
        "out-of-hours": "wiltshire@2018.1",
        "Five localities": "leicestershire@2022.1",
        "Families First": "england@2016.1",
    }
    assert len(answered) == 24
    for words, name in answered.items():
        assert any(words in note.about for note in PACKS.named(name).text.notes), words


# ---- dates ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "version"),
    [(date(2016, 11, 1), "2016.1"), (date(2018, 4, 30), "2016.1"), (date(2018, 5, 1), "2018.1"), (TODAY, "2018.1")],
)
def test_a_request_is_decided_by_the_pack_of_its_day(day: date, version: str) -> None:
    assert PACKS.for_authority("warwickshire", on=day).version == version


@pytest.mark.parametrize("duty", ["report_child_sexual_abuse", "share_under_the_new_duty"])
def test_law_that_is_not_yet_in_force_is_off(duty: str) -> None:
    pack = PACKS.named("england@2016.1")
    facts: dict[str, bool | int | str] = {"danger_now": False, "sexual_harm": True}
    first = pack.text.entries[duty].since
    assert first is not None
    assert duty not in pack.decide(facts, on=TODAY).duties
    assert duty not in pack.decide(facts, on=first - timedelta(days=1)).duties
    assert duty in pack.decide(facts, on=first).duties


# ---- consent -----------------------------------------------------------------------------------------------


def test_a_refusal_never_lowers_the_level() -> None:
    pack = PACKS.for_authority("leicestershire", on=TODAY)
    base: dict[str, bool | int | str] = {"wants": "ongoing_help", "impact": "daily_life", "requester": "parent"}
    levels = {
        pack.decide({**base, "service_agreement": said}, on=TODAY).level
        for said in ("given", "refused", "withdrawn", "not_asked")
    }
    assert levels == {"targeted"}


def test_every_row_of_the_consent_table_has_an_outcome() -> None:
    rows = {
        "show_999_now_and_mash",
        "mash_s47_path",
        "mash_s47_path_do_not_contact_family",
        "lado_one_working_day",
        "officer_hold_same_day",
        "information_now",
        "propose_help",
        "stop_service_give_information",
        "propose_section_17_assessment",
        "officer_hold_no_service",
        "stop_action_officer_hold",
        "ask_explain_record",
        "one_consent_is_enough_officer_hold",
        "take_request_find_who_can_agree",
        "propose_on_own_agreement",
        "talk_to_the_young_person_first",
        "same_day_childrens_services",
        "accept_and_hold_for_competence",
        "accept_and_hold_safe_contact_only",
        "propose_pre_birth_help",
        "information_and_officer_hold",
        "hold_consent_outstanding",
        "advice_to_referrer",
        "hold_consent_outstanding_clock_runs",
        "treat_as_significant_harm",
        "hold_social_worker_decides",
        "hold_attempts_recorded",
        "own_report_to_police_101_and_mash",
        "information_and_officer_hold_identity_protected",
        "record_and_officer_hold",
    }
    assert rows <= {rule.outcome for rule in entries(ConsentRule)}


# ---- what families are told ---------------------------------------------------------------------------------


def test_no_offer_or_service_names_a_contact_point_that_no_longer_exists() -> None:
    shown = [f"{offer.title} {offer.contact} {offer.staff} {offer.family}" for offer in entries(Offer, Also)] + [
        file.read_text() for file in DIRECTORY
    ]
    gone = re.compile(r"single point of contact|0845 6070 888|01225 718230", re.IGNORECASE)
    assert not [text for text in shown if gone.search(text)]


def test_families_are_never_promised_somebody_elses_time() -> None:
    promise = re.compile(
        r"please hold|with you shortly|someone will be with you|within the hour|immediately|guarantee", re.IGNORECASE
    )
    assert not [entry.name for entry in entries(Threshold, ConsentRule, Offer, Also) if promise.search(entry.family)]


def test_no_jargon_in_words_for_families() -> None:
    jargon = re.compile(
        r"\b(section 47|section 17|s47|s17|threshold|tier|MASH|referral|referred|CIN|LADO|safeguarding|multi-agency)\b"
    )
    assert not [entry.name for entry in entries(Threshold, ConsentRule, Offer, Also) if jargon.search(entry.family)]


# ---- figures -----------------------------------------------------------------------------------------------


def test_totals_follow_from_their_parts_where_the_document_added_wrongly() -> None:
    figures = PACKS.named("warwickshire@2016.1").text.capacity
    day = date(2017, 1, 1)

    def value(name: str, part: str = "limit") -> Any:
        return getattr(figures[name].on(day), part)

    assert value("posts_north") == value("posts_0_to_5_north") + value("posts_complex_north") + value(
        "posts_complex_intensive_north"
    )
    parts = ("capacity_0_to_5", "capacity_complex", "capacity_complex_intensive")
    assert value("capacity_all", "at_least") == sum(value(name, "at_least") for name in parts)
    assert value("capacity_all", "at_most") == sum(value(name, "at_most") for name in parts)


def test_re_referral_bands_make_a_hundred() -> None:
    figures = PACKS.named("warwickshire@2018.1").text.capacity
    bands = [
        figure.values[0].limit for name, figure in figures.items() if re.fullmatch(r"re_referrals_.*month.*", name)
    ]
    assert len(bands) == 4
    assert sum(float(band) for band in bands if band is not None) == pytest.approx(100)


# ---- places -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "authority", "locality"),
    [
        ("CV11", "warwickshire", "nuneaton_and_bedworth"),
        ("Leam", "warwickshire", "warwick"),
        ("Coalville", "leicestershire", "north_west_leicestershire"),
        ("Wigston", "leicestershire", "oadby_and_wigston"),
        ("SN10 1AA", "wiltshire", "east"),
        ("Salisbury", "wiltshire", "south"),
    ],
)
def test_a_place_has_an_authority_and_a_team(words: str, authority: str, locality: str) -> None:
    found = PACKS.locate(words)
    assert (getattr(found, "authority", None), getattr(found, "locality", None)) == (authority, locality)


def test_the_city_of_leicester_is_not_leicestershire() -> None:
    for words in ("Leicester", "LE2"):
        found = PACKS.locate(words)
        assert getattr(found, "name", None) == "Leicester City Council"
        assert "leicester_city" in str(getattr(found, "number", ""))


def test_an_unknown_place_is_nowhere() -> None:
    assert PACKS.locate("Narnia") is None


# ---- directory and numbers --------------------------------------------------------------------------------------


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{number_(\w+)\}", text))


def test_every_number_that_a_pack_or_service_names_is_in_the_one_list() -> None:
    named = set[str]()
    for file in (
        *DIRECTORY,
        *(ROOT / "policies/packs").glob("*/*/*.yml"),
        *(ROOT / "policies/packs").glob("*/*/rules/*.yml"),
    ):
        named |= placeholders(file.read_text())
    assert named - {"front_door", "out_of_hours"} <= set(NUMBERS["numbers"])


def test_every_number_has_an_owner_a_confidence_and_hours() -> None:
    for name, line in NUMBERS["numbers"].items():
        assert all(line[key] for key in ("owner", "use", "hours")), name
        assert line["confidence"] in ("read", "copy", "unverified"), name
    assert NUMBERS["recheck_by"] - NUMBERS["checked"] == timedelta(days=90)


@every_pack
def test_every_authority_has_a_front_door_by_day_and_by_night(pack: Pack) -> None:
    door = NUMBERS["front_doors"][pack.name]
    assert {door["day"], door["night"]} <= set(NUMBERS["numbers"])


@every_directory
def test_services_have_the_fields_of_open_referral_uk(file: Path) -> None:
    data = yaml.safe_load(file.read_text())
    concerns = {
        term["term"] for term in yaml.safe_load((ROOT / "data/services/taxonomies.yml").read_text())["taxonomy_terms"]
    }
    for service in data["services"]:
        assert service["status"] in ("active", "inactive", "defunct", "temporarily closed")
        assert service["minimum_age"] <= service["maximum_age"]
        assert service["source"] in PACKS.sources
        assert service["attributes"]
        assert set(service["attributes"]) <= concerns
        assert service["contacts"]
        assert "refuge address" not in str(service)
    ids = re.findall(r"id: ([0-9a-f-]{36})", file.read_text())
    assert len(ids) == len(set(ids))


def test_every_concern_has_a_service_somewhere_or_is_for_a_person_alone() -> None:
    served = {
        concern
        for file in DIRECTORY
        for service in yaml.safe_load(file.read_text())["services"]
        for concern in service["attributes"]
    }
    terms = {
        term["term"] for term in yaml.safe_load((ROOT / "data/services/taxonomies.yml").read_text())["taxonomy_terms"]
    }
    assert terms - served <= {"private_fostering"}
