"""Decision diagrams against trying everything: on facts few enough to try every situation."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from itertools import product

import pytest

from policies.engine import Pack, PolicySet
from policies.engine.compiled import Compiled
from policies.engine.conditions import All, Any, AtLeast, Condition, Is, Not
from policies.engine.diagram import Diagram
from policies.engine.forest import Forest
from policies.engine.truth import View, truth
from policies.engine.variables import variables_of

FACTS = ("danger_now", "hurt", "hurt_how", "impact")
Situation = dict[str, str | int]


class Trial:
    """Random conditions over a few facts, read as a diagram and by trying every situation."""

    def __init__(self, packs: PolicySet, seed: int) -> None:
        self.facts = [packs.vocabulary.fact(name) for name in FACTS]
        self.chance = random.Random(seed)
        whole = [Is(fact.name, frozenset(fact.values[:1])) for fact in self.facts]
        self.diagram = Diagram(packs.vocabulary, variables_of(packs.vocabulary, whole), Forest())
        values = product(*(fact.values for fact in self.facts))
        self.situations: list[Situation] = [dict(zip(FACTS, each, strict=True)) for each in values]

    def condition(self, depth: int = 3) -> Condition:
        kind = self.chance.choice(("is", "all", "any", "not", "at_least")) if depth else "is"
        if kind == "is":
            fact = self.chance.choice(self.facts)
            return Is(fact.name, frozenset(self.chance.sample(fact.values, self.chance.randint(1, len(fact.values)))))
        if kind == "not":
            return Not(self.condition(depth - 1))
        parts = tuple(self.condition(depth - 1) for _ in range(self.chance.randint(1, 3)))
        if kind == "at_least":
            return AtLeast(self.chance.randint(1, len(parts)), parts)
        return All(parts) if kind == "all" else Any(parts)

    def tried(self, condition: Condition) -> tuple[object, ...]:
        return tuple(truth(condition, View(situation, {}, {})) for situation in self.situations)


@pytest.mark.parametrize("seed", range(5))
def test_two_conditions_are_one_node_exactly_when_they_agree_in_every_situation(small: PolicySet, seed: int) -> None:
    trial = Trial(small, seed)
    found: dict[tuple[object, ...], int] = {}
    for _ in range(300):
        condition = trial.condition()
        ref = trial.diagram.of(condition)
        assert found.setdefault(trial.tried(condition), ref) == ref
        assert trial.diagram.of(Not(condition)) == -ref
    assert len(set(found.values())) == len(found)


def test_what_is_left_once_a_fact_is_known_holds_where_the_condition_does(small: PolicySet) -> None:
    trial = Trial(small, 11)
    for _ in range(200):
        condition, fact = trial.condition(), trial.chance.choice(trial.facts)
        case = trial.chance.randrange(len(fact.values))
        left = trial.diagram.given(trial.diagram.of(condition), fact.name, case)
        fixed = trial.diagram.cases(fact.name, frozenset({case}))
        there = All((condition, Is(fact.name, frozenset({fact.values[case]}))))
        assert trial.diagram.both(left, fixed) == trial.diagram.of(there)


def test_a_situation_of_a_diagram_is_one_in_which_it_holds_whatever_else_is_so(small: PolicySet) -> None:
    trial = Trial(small, 12)
    for _ in range(200):
        condition = trial.condition()
        situation = trial.diagram.situation(trial.diagram.of(condition))
        if situation is None:
            assert not any(trial.tried(condition))
        else:
            assert truth(condition, View({**trial.situations[0], **situation}, {}, {})) is True
            assert truth(condition, View({**trial.situations[-1], **situation}, {}, {})) is True


def test_editions_that_share_a_forest_decide_as_each_does_by_itself(small: PolicySet) -> None:
    for pack in small.packs.values():
        for day, edition in pack.editions():
            alone, shared = Compiled(edition), pack.decider(day).compiled
            pairs = zip(alone.outcome_tables, shared.outcome_tables, strict=True)
            assert all((a.root, a.fact, a.branches) == (b.root, b.fact, b.branches) for a, b in pairs)


def test_two_threads_may_ask_for_the_same_pack_at_once(small: PolicySet, county: Pack) -> None:
    packs = PolicySet(small.vocabulary, small.sources, small.texts)
    days = [day for pack in packs.packs.values() for day, _ in pack.editions()]
    with ThreadPoolExecutor(8) as pool:
        work = [pool.submit(packs.for_authority("england", on=day).decide, {}, on=day) for day in days * 8]
        assert len({str(done.result().could_be) for done in work}) == 1
