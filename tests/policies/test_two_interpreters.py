"""The engine and a naive second interpreter agree on generated packs and situations, known and partly known."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from policies.engine.compiled import Compiled
from policies.engine.conditions import ALWAYS, All, Any, AtLeast, Between, Condition, FlagUp, Is, Not, Outcome
from policies.engine.decide import Decider
from policies.engine.editions import Edition, join
from policies.engine.entries import Citation, ConsentRule, Entry, Exclusion, Flag, Offer, Routing, Threshold
from policies.engine.packs import PolicySet
from policies.engine.vocabulary import LEVELS, ROUTES, Vocabulary
from tests.policies.conftest import SMALL
from tests.policies.naive import Naive, completions

DAY = date(2024, 6, 3)
COMMON = {"citation": Citation("law", "1", "Generated."), "file": Path("generated.yml"), "line": 1}


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    from policies.engine.vocabulary import load_vocabulary

    return load_vocabulary(SMALL / "facts.yml")


class Generator:
    """Random packs. Consent, routing and offers are chains in which the earlier beats the later, so each has one outcome."""

    def __init__(self, vocabulary: Vocabulary, seed: int) -> None:
        self.vocabulary, self.random = vocabulary, random.Random(seed)

    def leaf(self, outcomes: dict[str, tuple[str, ...]]) -> Condition:
        if outcomes and self.random.random() < 0.4:
            of = self.random.choice(sorted(outcomes))
            return self.outcome(of, outcomes[of])
        fact = self.random.choice(list(self.vocabulary.facts.values()))
        if fact.is_number:
            least, most = sorted(self.random.sample(range(fact.least, fact.most + 1), 2))
            return Between(fact.name, least, most)
        return Is(fact.name, frozenset(self.random.sample(fact.values, self.random.randint(1, len(fact.values) - 1))))

    def outcome(self, of: str, names: tuple[str, ...]) -> Condition:
        if of == "flag":
            return FlagUp(self.random.choice(names))
        return Outcome(of, frozenset(self.random.sample(names, self.random.randint(1, min(3, len(names))))))

    def condition(self, outcomes: dict[str, tuple[str, ...]], depth: int = 2) -> Condition:
        kind = self.random.choice(("leaf", "leaf", "all", "any", "not", "at_least")) if depth else "leaf"
        if kind == "leaf":
            return self.leaf(outcomes)
        if kind == "not":
            return Not(self.condition(outcomes, depth - 1))
        parts = tuple(self.condition(outcomes, depth - 1) for _ in range(self.random.randint(2, 4)))
        return (
            All(parts)
            if kind == "all"
            else Any(parts)
            if kind == "any"
            else AtLeast(self.random.randint(1, len(parts)), parts)
        )

    def edition(self) -> Edition:
        flags = [Flag(name=f"flag{i}", when=self.condition({}), **COMMON) for i in range(2)]
        up = {"flag": ("flag0", "flag1")}
        beats = lambda i: ("level0",) if i == 3 else ()  # noqa: E731  # a lambda reads as the table it stands in
        levels = [
            Threshold(
                name=f"level{i}",
                level=self.random.choice(LEVELS),
                when=self.condition(up),
                exception_to=beats(i),
                **COMMON,
            )
            for i in range(6)
        ]
        names = ("agreed", "held", "gone_on")
        after = {**up, "level": LEVELS}
        consents = self.chain(
            "consent",
            4,
            lambda name, i, more: ConsentRule(
                name=name,
                outcome=names[i % 3],
                proceeds="no",
                share_with="",
                tell_family="",
                when=self.last(i, 4, after),
                **more,
            ),
        )
        routes = self.chain(
            "route",
            5,
            lambda name, i, more: Routing(
                name=name, route=self.random.choice(ROUTES), when=self.last(i, 5, {**after, "consent": names}), **more
            ),
        )
        offers = self.chain(
            "offer",
            5,
            lambda name, i, more: Offer(
                name=name,
                route=self.random.choice(ROUTES),
                title="",
                needs_agreement=False,
                contact="",
                when=self.last(i, 3, after),
                **more,
            ),
        )
        exclusion = Exclusion(name="never", excludes=("offer0",), when=self.condition(after), **COMMON)
        entries = {entry.name: entry for entry in (*flags, *levels, *consents, *routes, *offers, exclusion)}
        return join(Edition("generated", self.vocabulary, entries, {}, {}), frozenset(entries))

    def last(self, i: int, count: int, outcomes: dict[str, tuple[str, ...]]) -> Condition:
        return self.condition(outcomes) if i < count - 1 else ALWAYS

    def chain(self, kind: str, count: int, make: Callable[..., Entry]) -> list[Entry]:
        return [
            make(f"{kind}{i}", i, {**COMMON, "exception_to": tuple(f"{kind}{j}" for j in range(i + 1, count))})
            for i in range(count)
        ]

    def situation(self, unknown: int) -> dict[str, str | int]:
        facts = {
            fact.name: self.random.randint(fact.least, fact.most) if fact.is_number else self.random.choice(fact.values)
            for fact in self.vocabulary.facts.values()
        }
        for name in self.random.sample(sorted(facts), unknown):
            del facts[name]
        return facts


def compare_whole(decider: Decider, facts: dict[str, str | int]) -> None:
    said, naive = decider.decide(facts, DAY), Naive(decider.compiled.edition, facts)
    assert (said.level, said.consent, said.route, said.offer) == (
        naive.level,
        naive.consent,
        naive.route,
        naive.offer,
    ), facts
    rules = {
        name
        for name, entry in decider.compiled.edition.entries.items()
        if not isinstance(entry, Offer) and naive.applies(entry)
    }
    assert set(said.rules) == rules, facts


def compare_partial(decider: Decider, facts: dict[str, str | int]) -> None:
    known = {
        **{
            name: value
            for name, value in decider.compiled.edition.vocabulary.presumed.items()
            if name == "unsafe_to_tell"
        },
        **facts,
    }
    said = decider.decide(facts, DAY)
    every = [
        Naive(decider.compiled.edition, whole) for whole in completions(decider.compiled.edition.vocabulary, known)
    ]
    assert set(said.could_be) == {naive.level for naive in every}, facts
    for of in ("consent", "route", "offer"):
        found = {getattr(naive, of) for naive in every}
        assert getattr(said, of) == (found.pop() if len(found) == 1 else None), (of, facts)
    for name in said.rules:  # what holds for certain holds whatever else is said (apart from what is presumed)
        if not any(reason.presumed for reason in said.reasons):
            assert all(naive.applies(decider.compiled.edition.entries[name]) for naive in every), (name, facts)


def agree(vocabulary: Vocabulary, packs: int, whole: int, partial: int, seed: int) -> None:
    for number in range(packs):
        generator = Generator(vocabulary, seed + number)
        decider = Decider(Compiled(generator.edition()))
        for _ in range(whole):
            compare_whole(decider, generator.situation(0))
        for _ in range(partial):
            compare_partial(decider, generator.situation(generator.random.randint(1, 3)))


def test_they_agree_on_two_thousand_pairs(vocabulary: Vocabulary) -> None:
    agree(vocabulary, packs=40, whole=48, partial=2, seed=1)


def test_they_agree_on_the_real_packs(real: PolicySet) -> None:
    chance = random.Random(9)
    for pack in real.packs.values():
        for day, _ in pack.editions():
            if day.year > 2090:
                continue  # law that is not in force: the same rules but for two duties
            for _ in range(40):
                facts = whole_situation(real, chance)
                said, naive = pack.decide(real.vocabulary.checked(facts), on=day), Naive(pack.edition(day), facts)
                found = (naive.level, naive.consent, naive.route, naive.offer)
                assert (said.level, said.consent, said.route, said.offer) == found, (pack.full_name, facts)


def whole_situation(packs: PolicySet, chance: random.Random) -> dict[str, str | int]:
    """Every fact known, most of them calm, so that every level is met."""
    calm = chance.choice((0.8, 0.9, 0.97))
    return {
        fact.name: chance.randint(fact.least, fact.most)
        if fact.is_number
        else fact.mildest
        if chance.random() < calm
        else chance.choice(fact.values)
        for fact in packs.vocabulary.facts.values()
    }


@pytest.mark.slow
@pytest.mark.parametrize("chunk", range(4))
def test_they_agree_on_a_hundred_thousand_pairs(vocabulary: Vocabulary, chunk: int) -> None:
    agree(vocabulary, packs=250, whole=99, partial=1, seed=1000 * (chunk + 1))


def test_the_second_interpreter_stays_short() -> None:
    assert len((SMALL.parent / "naive.py").read_text(encoding="utf-8").splitlines()) <= 60
