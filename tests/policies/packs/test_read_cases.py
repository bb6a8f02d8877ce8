"""Cases written from the clauses, not from the engine: every rule has one in which it holds and one in which it does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from policies.engine import Pack, PolicySet
from policies.engine.cases import Case, outcome, read_cases
from policies.engine.entries import ConsentRule, Entry, Offer, Routing

PACKS = PolicySet.load(Path(__file__).parents[3] / "policies")
TODAY = date(2026, 11, 22)
FALLS_BACK_ON = {"help_for_everybody"}  # holds always
every_pack = pytest.mark.parametrize("pack", PACKS.packs.values(), ids=lambda pack: pack.full_name)


def read_from_clauses(pack: Pack) -> list[Case]:
    return [case for case in read_cases(pack.text.cases, pack.vocabulary) if case.because]


def rules_in_force(pack: Pack) -> Iterator[Entry]:
    return (entry for entry in pack.text.entries.values() if entry.since is None or entry.since <= TODAY)


def wanted(case: Case) -> set[str]:
    """What the case says must hold. A consent outcome and a route stand for the rule behind them."""
    if case.expected is None:
        return set()
    named = {*case.expected.get("holds", ()), str(case.expected.get("offer", ""))}
    return named | {"consent"} & set(case.expected) | {"route"} & set(case.expected)


def held(pack: Pack) -> set[str]:
    found: set[str] = set()
    for case in read_from_clauses(pack):
        found |= wanted(case)
        for kind, key in ((ConsentRule, "consent"), (Routing, "route")):
            if key in wanted(case):
                rules = outcome(pack, case.facts, case.on, case.audience)["rules"]
                found |= {name for name in rules if isinstance(pack.text.entries.get(name), kind)}
    return found


@every_pack
def test_every_rule_has_a_case_read_from_its_clause_in_which_it_holds(pack: Pack) -> None:
    assert {entry.name for entry in rules_in_force(pack)} - held(pack) == set()


@every_pack
def test_every_rule_has_one_in_which_it_does_not(pack: Pack) -> None:
    """Where one offer, route or agreement outcome is expected, every other one is not."""
    cases = read_from_clauses(pack)
    refused = {name for case in cases for name in (case.expected or {}).get("not", ())}
    offers = {str((case.expected or {}).get("offer", "")) for case in cases} - {""}
    one_of_many = {
        entry.name
        for entry in rules_in_force(pack)
        if isinstance(entry, ConsentRule | Routing) or (isinstance(entry, Offer) and len(offers) > 1)
    }
    assert {entry.name for entry in rules_in_force(pack)} - refused - one_of_many - FALLS_BACK_ON == set()


@every_pack
def test_every_such_case_names_a_source_of_the_pack_and_where_in_it(pack: Pack) -> None:
    known = {*PACKS.sources, "design", "consent", "each", "a"}
    for case in read_from_clauses(pack):
        assert re.split(r"[ ,:;]", case.because)[0] in known, case.name
        assert " " in case.because, case.name


@pytest.mark.parametrize(
    ("name", "rule", "cases"),
    [
        ("warwickshire@2016.1", "four of six, and three", ["four criteria", "three criteria"]),
        ("warwickshire@2016.1", "0 to 5", ["a child of 5 from", "a child of 6", "a child of 4", "an unborn baby"]),
        ("warwickshire@2016.1", "0 to 18", ["the youngest is 18", "the youngest is 19"]),
        ("warwickshire@2016.1", "its first day", ["the day before", "the first day"]),
        ("warwickshire@2018.1", "0 to 18", ["the youngest is 18", "the youngest is 19", "an unborn baby"]),
        ("warwickshire@2018.1", "its first day", ["the day before", "the first day"]),
        ("wiltshire@2018.1", "its first day", ["the day before", "the first day"]),
        ("wiltshire@2018.1", "babies", ["an unborn baby", "a baby of 1", "a child of 2"]),
        ("leicestershire@2022.1", "0 to 19", ["the youngest is 19", "the youngest is 20"]),
        ("leicestershire@2022.1", "groups from 8", ["Feeling Safe at 8", "Feeling Safe not at 7"]),
        ("leicestershire@2022.1", "the first two years", ["before birth", "the baby is 1", "the child is 2"]),
        ("leicestershire@2022.1", "recording by date", ["31 December 2022", "1 January 2023", "31 March", "1 April"]),
        ("exampleshire@2026.1", "under fives", ["a child of 4", "a child of 5"]),
        ("england@2016.1", "a child is under 18", ["the youngest is 17", "the youngest is 18", "an unborn baby"]),
        ("england@2016.1", "under seven", ["a child of 6", "a child of 6, and not"]),
    ],
)
def test_the_boundaries_are_there(name: str, rule: str, cases: list[str]) -> None:
    names = [case.name for case in read_from_clauses(PACKS.named(name))]
    missing = [part for part in cases if not any(part in one for one in names)]
    assert not missing, f"{name}, {rule}"


def test_every_row_of_the_consent_table_has_its_case() -> None:
    names = " ".join(case.name for case in read_from_clauses(PACKS.named("england@2016.1")))
    rows = {int(number) for number in re.findall(r"Consent table row (\d+)", names)}
    assert set(range(1, 33)) - rows == set()
