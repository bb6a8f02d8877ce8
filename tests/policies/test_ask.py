"""Asking is exact: every question can change the result, none that can is left out, and the order is kind."""

from __future__ import annotations

import os
import random
from datetime import date

import pytest

from policies.engine import Pack, PolicySet
from policies.engine.ask import Asking
from policies.engine.vocabulary import AUDIENCES, Fact, Value
from policies.engine.witness import witness
from tests.policies.conftest import DAY

FULL = os.environ.get("FRONTDOOR_FULL_TESTS") == "true"
SITUATIONS = 10_000 if FULL else 600  # over all packs
SAFE = {"danger_now": False, "hurt": False, "neglect": False}


def test_danger_is_asked_first_then_worries_then_need_and_agreement_last(county: Pack) -> None:
    asked = county.ask({}, on=DAY, audience="family")
    assert asked[:2] == ["danger_now", "worries"]
    assert asked.index("impact") < asked.index("age") < asked.index("agreement")


def test_nothing_is_asked_once_nothing_matters(county: Pack) -> None:
    assert county.ask({"danger_now": True}, on=DAY, audience="family") == []
    assert county.ask({"danger_now": False, "neglect": True}, on=DAY, audience="family") == []


def test_need_is_not_asked_where_harm_decides(county: Pack) -> None:
    asked = county.ask({"hurt": True, "hurt_how": "mark", "neglect": True}, on=DAY, audience="family")
    assert asked == ["danger_now"]


def test_how_bad_is_asked_only_once_the_worry_was_named(county: Pack) -> None:
    assert "hurt_how" not in county.ask({}, on=DAY, audience="family")
    assert "hurt_how" in county.ask({"hurt": True}, on=DAY, audience="family")


def test_only_what_this_person_may_be_asked(county: Pack) -> None:
    assert "money" in county.ask(SAFE, on=DAY, audience="family")
    assert "money" not in county.ask(SAFE, on=DAY, audience="professional")


def test_nothing_is_asked_that_was_asked_in_vain(county: Pack) -> None:
    assert "impact" not in county.ask(SAFE, on=DAY, audience="family", never={"impact"})
    assert "worries" not in county.ask({"danger_now": False}, on=DAY, audience="family", never={"hurt", "neglect"})


def test_a_count_that_can_no_longer_be_reached_is_not_asked_for(county: Pack) -> None:
    """Two of three: with two said no, the third cannot matter for the level."""
    said = county.decide({**SAFE, "impact": "managing", "wants": "help", "school": False, "housing": False}, on=DAY)
    assert "money" not in said.matters
    assert said.could_be == ("universal",)


def random_value(fact: Fact, chance: random.Random) -> Value:
    return chance.randint(fact.least, fact.most) if fact.is_number else fact.plain(chance.choice(fact.values))


def random_situation(packs: PolicySet, chance: random.Random) -> dict[str, Value]:
    """Some facts known, most of them mild, so that more than danger is met."""
    known: dict[str, Value] = {}
    share = chance.random()
    for fact in packs.vocabulary.facts.values():
        if chance.random() < share:
            mild = not fact.is_number and chance.random() < 0.8
            known[fact.name] = fact.plain(fact.mildest) if mild else random_value(fact, chance)
    return known


def outcome(pack: Pack, known: dict[str, Value], on: date) -> tuple[object, ...]:
    said = pack.decide(known, on=on)
    return said.could_be, said.route, said.offer, said.consent


def check_asking(packs: PolicySet, pack: Pack, on: date, chance: random.Random) -> int:
    """How many questions were asked, each with its witness: two situations that differ in its fact and in their results."""
    known = random_situation(packs, chance)
    audience = chance.choice(AUDIENCES)
    asked, matters = pack.ask(known, on=on, audience=audience), pack.decide(known, on=on).matters
    for question in asked:
        fact = next(name for name in packs.vocabulary.questions[question].settles if name in matters)
        found = witness(pack, known, fact, on=on)
        assert found is not None, (known, fact)
        (_, one), (_, two) = found.results
        assert one != two, (known, found)
    check_nothing_is_left_out(packs, pack, on, known, Asking(packs.vocabulary.checked(known), audience), asked)
    check_the_rest_is_idle(packs, pack, on, known, matters, chance)
    return len(asked)


def check_nothing_is_left_out(
    packs: PolicySet, pack: Pack, on: date, known: dict[str, Value], asking: Asking, asked: list[str]
) -> None:
    """Whatever still matters and may be asked is asked; where nothing matters, everything is decided.

    And whoever can answer no more is not kept waiting: something stands for every one of them.
    """
    said = pack.decide(known, on=on)
    assert None not in (said.standing_route, said.standing_offer, said.standing_consent, said.proceeds), known
    matters = said.matters
    assert {
        packs.vocabulary.fact(name).question for name in matters if asking.may_ask(packs.vocabulary.fact(name))
    } == set(asked)
    if not matters:
        _, route, offer, consent = outcome(pack, known, on)
        assert None not in (route, offer, consent), known


def check_the_rest_is_idle(
    packs: PolicySet, pack: Pack, on: date, known: dict[str, Value], matters: tuple[str, ...], chance: random.Random
) -> None:
    """A fact that is not asked for changes nothing, whatever is said of it."""
    idle = [fact for fact in packs.vocabulary.facts.values() if fact.name not in matters and fact.name not in known]
    for fact in chance.sample(idle, min(2, len(idle))):
        if fact.presumed is not None and fact.about is None:
            continue  # saying otherwise than presumed may of course change things
        assert witness(pack, known, fact.name, on=on) is None
        said = {**known, fact.name: random_value(fact, chance)}
        assert outcome(pack, said, on)[1:] == outcome(pack, known, on)[1:], (known, fact.name)


@pytest.mark.timeout(3600 if FULL else 280)
def test_every_question_can_change_the_result_and_none_that_can_is_left_out(
    real: PolicySet, capsys: pytest.CaptureFixture[str]
) -> None:
    packs = list(real.packs.values())
    each = -(-SITUATIONS // len(packs))
    asked = 0
    for number, pack in enumerate(packs):
        chance = random.Random(number)
        asked += sum(check_asking(real, pack, pack.text.in_force_from, chance) for _ in range(each))
    with capsys.disabled():
        print(f"\n{each * len(packs):,} situations, {asked:,} questions, each with a witness; none left out")
    assert asked > each


def test_what_matters_is_what_trying_everything_finds(small: PolicySet, county: Pack) -> None:
    """On the small packs, against every completion of what is unknown."""
    from tests.policies.naive import Naive, completions

    chance = random.Random(5)
    edition = county.edition(DAY)
    for _ in range(40):
        whole = {fact.name: random_value(fact, chance) for fact in small.vocabulary.facts.values()}
        unknown = chance.sample(sorted(whole), 3)
        known = {name: value for name, value in whole.items() if name not in unknown}
        coded = {"unsafe_to_tell": "no", **small.vocabulary.checked(known)}
        results = {}
        for completion in completions(small.vocabulary, coded):
            naive = Naive(edition, completion)
            results[tuple(completion[name] for name in unknown)] = (
                naive.level,
                naive.consent,
                naive.route,
                naive.offer,
            )
        expected = {name for i, name in enumerate(unknown) if _differs(results, i)}
        assert set(county.decide(known, on=DAY).matters) == expected - {"unsafe_to_tell"}


def _differs(results: dict[tuple[object, ...], object], place: int) -> bool:
    """Whether two answers that differ only in this place have different results."""
    seen: dict[tuple[object, ...], object] = {}
    return any(seen.setdefault(key[:place] + key[place + 1 :], value) != value for key, value in results.items())
