"""What nobody said, was never asked or answered with "I don't know" never takes a child away from the MASH or from 999."""

from __future__ import annotations

import os
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.engine import Pack, PolicySet
from policies.engine.vocabulary import LEVELS, Fact, Value
from tests.policies.conftest import REAL
from triage.routing import settle

PACKS = PolicySet.load(REAL)
VOCABULARY = PACKS.vocabulary
TODAY = date(2026, 11, 23)
EXAMPLES = 1000 if os.environ.get("FRONTDOOR_FULL_TESTS") == "true" else 40
LOOKED_AT = frozenset({"mash_referral", "emergency"})
NEED_ONLY = frozenset(
    {"family_breakdown", "private_fostering", "staff_allegation", "radicalisation", "no_worries_like_these"}
)
"""Worries of the list that are not possible significant harm by themselves."""
HARMS = tuple(name for name in VOCABULARY.questions["worries"].settles if name not in NEED_ONLY)
every_pack = pytest.mark.parametrize("pack", PACKS.packs.values(), ids=lambda pack: pack.full_name)


def values(fact: Fact) -> st.SearchStrategy[Value]:
    """Every value, the mildest as often as all the others: a family with everything at its worst tells nothing."""
    if fact.is_number:
        return st.integers(fact.least, fact.most)
    mild = st.just(fact.plain(fact.mildest))
    return mild | st.sampled_from([fact.plain(value) for value in fact.values])


WHOLE = st.fixed_dictionaries({fact.name: values(fact) for fact in VOCABULARY.facts.values()})
SOME = st.fixed_dictionaries({}, optional={fact.name: values(fact) for fact in VOCABULARY.facts.values()})


def named(harm: str) -> Value:
    fact = VOCABULARY.fact(harm)
    return fact.plain("yes" if fact.type == "yes_no" else "at_risk")


def route(pack: Pack, known: dict[str, Any]) -> str:
    return settle(known, pack, on=max(TODAY, pack.text.in_force_from)).route


@every_pack
@settings(max_examples=EXAMPLES, deadline=None)
@given(known=SOME, harm=st.sampled_from(HARMS))
def test_a_named_harm_reaches_the_mash_whatever_else_is_known_or_not(
    pack: Pack, known: dict[str, Value], harm: str
) -> None:
    """And whatever was said about agreement, the place, a worker who is there already, or the person who tells it."""
    told = {name: value for name, value in known.items() if VOCABULARY.fact(name).about != harm}
    assert route(pack, {**told, harm: named(harm)}) in LOOKED_AT


@every_pack
@settings(max_examples=EXAMPLES, deadline=None)
@given(whole=WHOLE, lost=st.sets(st.sampled_from(sorted(VOCABULARY.facts))))
def test_the_level_only_falls_with_the_facts_that_it_rests_on(
    pack: Pack, whole: dict[str, Value], lost: set[str]
) -> None:
    """What the reasons of the level do not name can be lost without lowering it."""
    said = pack.decide(whole, on=TODAY)
    rests_on = {
        word.split(":")[0].split(" ")[0] for one in said.reasons if one.kind == "threshold" for word in one.facts
    }
    kept = {name: value for name, value in whole.items() if name in rests_on or name not in lost}
    assert LEVELS.index(pack.decide(kept, on=TODAY).level) >= LEVELS.index(said.level)


@every_pack
@settings(max_examples=EXAMPLES, deadline=None)
@given(known=SOME)
def test_danger_now_is_for_999_whatever_else_is_known_or_not(pack: Pack, known: dict[str, Value]) -> None:
    assert route(pack, {**known, "danger_now": True}) == "emergency"


@every_pack
@settings(max_examples=EXAMPLES, deadline=None)
@given(known=SOME, worker=st.sampled_from(["none", "social_worker", "family_worker", "send_team"]))
def test_an_allegation_is_never_left_with_a_worker_who_may_be_the_one_named(
    pack: Pack, known: dict[str, Value], worker: str
) -> None:
    assert route(pack, {**known, "staff_allegation": True, "existing_worker": worker}) != "existing_worker"


@every_pack
@settings(max_examples=EXAMPLES, deadline=None)
@given(known=SOME, asked=st.sampled_from(["not_asked", "partial", "cannot_reach", "unsafe_to_ask"]))
def test_nobody_is_sent_to_ask_a_family_whom_it_is_unsafe_to_tell(
    pack: Pack, known: dict[str, Value], asked: str
) -> None:
    """Of a professional's request for a service, whatever the need."""
    told = {**known, "requester": "professional", "informing_unsafe": True, "service_agreement": asked}
    said = pack.decide(told, on=TODAY)
    consent = said.consent or said.standing_consent
    assert not str(consent).startswith("hold_consent_outstanding")
    assert "do_not_tell_family" in said.flags
