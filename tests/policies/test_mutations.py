"""A small mistake in any real pack is caught by the loader, by its example cases or by the proofs.

A mutation that changes nothing in any situation is not a mistake: that is settled exactly, not by opinion. The default run
takes a sample; FRONTDOOR_FULL_TESTS=true takes every mutation and prints the survivors.
"""

from __future__ import annotations

import os
import random
from dataclasses import replace

import pytest

from policies.engine import CaseFailed, Pack, PackError, PolicySet
from policies.engine.cases import Case, check_case, read_cases
from policies.engine.compare import compare
from policies.engine.compiled import Compiled
from policies.engine.prove import prove_pack
from policies.engine.table import Table
from policies.engine.variables import variables_of
from tests.policies.mutations import Mutation, mutations

FULL = os.environ.get("FRONTDOOR_FULL_TESTS") == "true"
SAMPLE = 90
SEED = int(os.environ.get("FRONTDOOR_MUTATION_SEED", "7"))  # another seed takes another sample
ENOUGH = 0.95


def mutated(packs: PolicySet, mutation: Mutation) -> PolicySet:
    """All packs, with one entry changed or gone."""
    texts = []
    for text in packs.texts:
        if text.full_name == mutation.pack:
            entries = {name: entry for name, entry in text.entries.items() if name != mutation.before.name}
            if mutation.after is not None:
                entries = {
                    name: mutation.after if name == mutation.before.name else entry
                    for name, entry in text.entries.items()
                }
            texts.append(replace(text, entries=entries))
        else:
            texts.append(text)
    return PolicySet(packs.vocabulary, packs.sources, texts)


class Gates:
    """The gates of the packs, in the order that finds a mistake soonest."""

    def __init__(self, packs: PolicySet) -> None:
        self.packs = packs
        self.cases = {name: read_cases(pack.text.cases, packs.vocabulary) for name, pack in packs.packs.items()}

    def catch(self, mutation: Mutation) -> str:
        """What caught the mutation: check, cases, prove; or "" for nothing."""
        try:
            pack = mutated(self.packs, mutation).named(mutation.pack)
            pack.editions()
            if self._a_case_fails(pack, mutation):
                return "cases"
            return "prove" if prove_pack(pack) else ""
        except PackError:
            return "check"

    def _a_case_fails(self, pack: Pack, mutation: Mutation) -> bool:
        name = mutation.before.name
        first = sorted(self.cases[mutation.pack], key=lambda case: not _names(case, name))
        return any(_fails(pack, case) for case in first)

    def changes_nothing(self, mutation: Mutation) -> bool:
        """Whether every situation has the same outcomes as before, and the entry holds in the same ones."""
        after = mutated(self.packs, mutation).named(mutation.pack)
        before = self.packs.named(mutation.pack)
        return all(_same(before, after, mutation, day) for day, _ in before.editions())


def _names(case: Case, name: str) -> bool:
    return any(name == value or name in value for value in (case.expected or {}).values())


def _fails(pack: Pack, case: Case) -> bool:
    try:
        check_case(pack, case)
    except CaseFailed:
        return True
    return False


def _same(before: Pack, after: Pack, mutation: Mutation, day) -> bool:  # type: ignore[no-untyped-def]
    if mutation.after is None or replace(mutation.after, when=mutation.before.when) != mutation.before:
        return False  # something beside the condition changed
    if compare(before.decider(day), after.decider(day)):
        return False
    editions = [before.edition(day), after.edition(day)]
    variables = variables_of(before.vocabulary, [c for edition in editions for c in edition.holds.values()])
    name = mutation.before.name
    tables = [_holds(Compiled(edition, variables), name) for edition in editions if name in edition.entries]
    return len({(table.root, tuple(table.branches)) for table in tables}) <= 1


def _holds(compiled: Compiled, name: str) -> Table:
    return compiled._by_level([(at.rules[name], -at.rules[name]) for at in compiled.at.values()])


def every_mutation(packs: PolicySet) -> list[Mutation]:
    return [
        m
        for pack in packs.packs.values()
        for entry in pack.text.entries.values()
        for m in mutations(pack.full_name, entry)
    ]


@pytest.mark.slow
@pytest.mark.timeout(3600 if FULL else 280)
def test_small_mistakes_in_the_real_packs_are_caught(real: PolicySet, capsys: pytest.CaptureFixture[str]) -> None:
    everything = every_mutation(real)
    chosen = everything if FULL else random.Random(SEED).sample(everything, min(SAMPLE, len(everything)))
    gates = Gates(real)
    caught = {mutation.name: gates.catch(mutation) for mutation in chosen}
    survivors = [m for m in chosen if not caught[m.name] and not gates.changes_nothing(m)]
    real_ones = sum(bool(gate) for gate in caught.values()) + len(survivors)
    with capsys.disabled():
        print(f"\n{real_ones} mutations ({len(chosen) - real_ones} change nothing), {len(survivors)} survive")
        print("\n".join(f"  {m.name}" for m in survivors))
    assert len(survivors) <= (1 - ENOUGH) * real_ones


def test_the_small_packs_notice_a_flipped_level(small: PolicySet) -> None:
    entry = small.named("county@2024.1").text.entries["two_of_three"]
    gates = Gates(small)
    found = {m.what: gates.catch(m) for m in mutations("county@2024.1", entry)}
    assert found == {
        "removed": "cases",
        "condition 1 dropped": "cases",
        "condition 2 dropped": "cases",
        "condition 3 dropped": "cases",
        "condition 4 dropped": "",  # no case has housing at stake: the small packs are only an example
        "level early_help": "cases",
        "level child_in_need": "cases",
    }
