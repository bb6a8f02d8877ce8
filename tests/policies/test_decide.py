"""Decide: levels by the highest reason, outcomes exact, unknown as a third value."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.engine import NoPackInForce, NotAFact, Pack, PolicySet
from policies.engine.vocabulary import LEVELS, Value
from tests.policies.conftest import DAY, SMALL

SAFE = {"danger_now": False, "hurt": False, "neglect": False}
CALM = {
    **SAFE,
    "impact": "managing",
    "wants": "information",
    "money": False,
    "school": False,
    "housing": False,
    "age": 7,
    "agreement": "given",
}


def test_the_highest_level_with_a_reason_stands(county: Pack) -> None:
    said = county.decide({**CALM, "impact": "daily_life", "money": True, "school": True}, on=DAY)
    assert said.level == "targeted"
    assert {"two_of_three", "getting_in_the_way"} <= set(said.rules)


def test_unknown_is_neither_yes_nor_no(county: Pack) -> None:
    said = county.decide({"hurt": False}, on=DAY)
    assert said.level == "universal"
    assert "immediate_danger" in said.could_be
    assert said.route is None


def test_no_is_an_answer_and_settles(county: Pack) -> None:
    assert county.decide(CALM, on=DAY).could_be == ("universal",)


def test_a_named_harm_counts_as_bad_until_somebody_says_how_bad(county: Pack) -> None:
    unsaid = county.decide({**CALM, "hurt": True}, on=DAY)
    mild = county.decide({**CALM, "hurt": True, "hurt_how": "no_mark"}, on=DAY)
    assert (unsaid.level, mild.level) == ("significant_harm", "early_help")
    assert unsaid.could_be == ("early_help", "significant_harm")
    assert next(reason for reason in unsaid.reasons if reason.rule == "hurt_with_a_mark").presumed == ("hurt_how",)


def test_a_route_is_decided_as_soon_as_every_open_answer_gives_it(county: Pack) -> None:
    assert county.decide({"danger_now": True}, on=DAY).route == "emergency"
    assert county.decide({"danger_now": False, "neglect": True}, on=DAY).route == "mash_referral"


def test_refusal_never_lowers_the_level_and_never_holds_back_harm(county: Pack) -> None:
    for agreement in ("given", "refused", "not_asked"):
        said = county.decide({**CALM, "neglect": True, "agreement": agreement}, on=DAY)
        assert (said.level, said.route, said.proceeds) == ("significant_harm", "mash_referral", "without_agreement")


def test_below_harm_nothing_starts_without_agreement(county: Pack) -> None:
    said = county.decide({**CALM, "impact": "serious", "agreement": "refused"}, on=DAY)
    assert (said.level, said.route, said.consent) == ("early_help", "information", "hold")


def test_what_stands_when_nobody_answers_is_said_beside_what_is_decided(county: Pack) -> None:
    said = county.decide({**SAFE, "impact": "serious"}, on=DAY)
    assert (said.route, said.standing_route, said.standing_consent) == (None, "information", "hold")


def test_an_exception_beats_its_rule(county: Pack) -> None:
    helped = {**CALM, "money": True, "school": True}
    assert [county.decide({**helped, "age": age}, on=DAY).offer for age in (-1, 4, 5)] == [
        "baby_work",
        "baby_work",
        "family_work",
    ]


def test_reasons_carry_clause_and_words_and_the_facts_said(county: Pack) -> None:
    reason = next(r for r in county.decide({**CALM, "neglect": True}, on=DAY).reasons if r.rule == "neglected")
    assert (reason.source, reason.clause, reason.facts, reason.family) == (
        "law",
        "4",
        ("neglect",),
        "Every child needs care.",
    )


def test_duties_stand_beside_the_route(county: Pack) -> None:
    said = county.decide({**CALM, "neglect": True}, on=date(2025, 3, 1))
    assert said.duties == ("write_it_down", "report_within_a_day")


def test_a_dated_rule_holds_from_its_day(county: Pack) -> None:
    assert "report_within_a_day" not in county.decide({"neglect": True}, on=date(2024, 12, 31)).duties
    assert "report_within_a_day" in county.decide({"neglect": True}, on=date(2025, 1, 1)).duties


def test_a_time_limit_has_the_figure_of_its_day(small: PolicySet) -> None:
    england = small.named("england@2020.1")
    limits = [
        england.decide({"neglect": True}, on=day).clocks[0].figure.limit
        for day in (date(2022, 12, 31), date(2023, 1, 1))
    ]
    assert limits == [2, 1]


def test_the_version_in_force_on_the_day_decides(small: PolicySet) -> None:
    assert small.for_authority("county", on=date(2025, 3, 31)).version == "2024.1"
    assert small.for_authority("county", on=date(2025, 4, 1)).version == "2025.1"


def test_no_version_before_the_first(small: PolicySet) -> None:
    with pytest.raises(NoPackInForce, match="no pack of county is in force on 2024-03-31"):
        small.for_authority("county", on=date(2024, 3, 31))


def test_a_superseded_version_can_still_be_replayed(small: PolicySet) -> None:
    assert small.named("county@2024.1").decide(CALM, on=date(2026, 1, 1)).level == "universal"


def test_unknown_facts_and_impossible_values_are_refused(county: Pack) -> None:
    for known in ({"shoe_size": 4}, {"impact": "awful"}, {"age": 99}, {"age": "7"}, {"age": True}, {"hurt": 1}):
        with pytest.raises(NotAFact):
            county.decide(known, on=DAY)  # type: ignore[arg-type]  # that is what is refused


def test_an_indication_is_plain_data(county: Pack) -> None:
    import json

    data = json.loads(json.dumps(county.decide({**CALM, "hurt": True}, on=DAY).as_data()))
    assert data["level"] == "significant_harm"
    assert data["matters"] == ["danger_now", "neglect", "hurt_how"][2:]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Exampleton", ("county", "north")),
        ("exampleton ", ("county", "north")),
        ("EX91 2AB", ("county", "north")),
        ("ex9", ("county", "north")),
        ("EX9 4ZZ", "Neighbour Council"),
        ("Neighbourton", "Neighbour Council"),
        ("Atlantis", None),
    ],
)
def test_places_and_postcodes_find_their_team(small: PolicySet, words: str, found: object) -> None:
    place = small.locate(words)
    shown = (
        (place.authority, place.locality)
        if place is not None and hasattr(place, "authority")
        else getattr(place, "name", None)
    )
    assert shown == found


SITUATIONS = st.fixed_dictionaries(
    {},
    optional={
        name: st.sampled_from([False, True])
        if fact.type == "yes_no"
        else st.integers(fact.least, fact.most)
        if fact.is_number
        else st.sampled_from(fact.values)
        for name, fact in PolicySet.load(SMALL).vocabulary.facts.items()
    },
)


@given(known=SITUATIONS, more=SITUATIONS)
def test_more_knowledge_never_makes_possible_what_was_not(
    county: Pack, known: dict[str, Value], more: dict[str, Value]
) -> None:
    before, after = county.decide(known, on=DAY), county.decide({**more, **known}, on=DAY)
    if "unsafe_to_tell" not in more:  # presumed: saying otherwise may change what is possible
        assert set(after.could_be) <= set(before.could_be)
        assert before.route in (None, after.route)
        assert before.offer in (None, after.offer)
        assert set(after.matters) <= set(before.matters)


@given(known=SITUATIONS)
def test_forgetting_an_answer_never_gives_less_than_its_mildest_answer(county: Pack, known: dict[str, Value]) -> None:
    from policies.engine.vocabulary import LEVELS

    for name in known:
        forgotten = county.decide({k: v for k, v in known.items() if k != name}, on=DAY)
        fact = county.vocabulary.facts[name]
        if fact.worsening():
            mildest = county.decide({**known, name: fact.plain(fact.mildest)}, on=DAY)
            assert LEVELS.index(forgotten.level) >= LEVELS.index(mildest.level)


@given(known=SITUATIONS, wanted=st.integers(0, 2 ** len(LEVELS) - 1))
def test_whether_a_level_can_be_is_what_is_possible(county: Pack, known: dict[str, Value], wanted: int) -> None:
    decider = county.decider(DAY)
    table, coded = decider.compiled.level_table, decider.open(county.vocabulary.checked(known))
    assert table.can_be(wanted, coded.codes, coded.mask) == bool(table.possible(coded.codes, coded.mask) & wanted)
