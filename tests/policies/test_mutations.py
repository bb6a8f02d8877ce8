"""A small mistake in any real pack is caught by the loader, by its example cases or by the proofs.

A mutation that changes nothing in any situation is not a mistake: that is settled exactly, not by opinion. The default run
takes a sample; FRONTDOOR_FULL_TESTS=true takes every mutation. Whatever survives is printed, and must stand with a judgement in
docs/reference/mutations.md; FRONTDOOR_WRITE=true, with the full run, renews the counts of that page.
"""

from __future__ import annotations

import os
import random
import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

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
PAGE = Path(__file__).parents[2] / "docs" / "reference" / "mutations.md"
NO_MISTAKE, SURVIVES = "changes nothing", "survives"
FATES = ("check", "cases", "prove", NO_MISTAKE, SURVIVES)
ROWS_BEGIN = "|---|---|---|---|---|---|---|\n"
ROWS = re.compile(re.escape(ROWS_BEGIN) + r"(?:\|.*\n)*")


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


def _same(before: Pack, after: Pack, mutation: Mutation, day: date) -> bool:
    if mutation.after is None or replace(mutation.after, when=mutation.before.when) != mutation.before:
        return False  # something beside the condition changed
    if compare(before.decider(day), after.decider(day)):
        return False
    editions = [before.edition(day), after.edition(day)]
    variables = variables_of(before.vocabulary, [c for edition in editions for c in edition.holds.values()])
    name = mutation.before.name
    tables = [_holds(Compiled(edition, variables=variables), name) for edition in editions if name in edition.entries]
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


@dataclass(frozen=True)
class Run:
    """What became of each mutation, by name: check, cases, prove, "changes nothing" or "survives"."""

    fates: dict[str, str]

    @property
    def survivors(self) -> list[str]:
        return [name for name, fate in self.fates.items() if fate == SURVIVES]

    @property
    def mistakes(self) -> int:
        return sum(fate != NO_MISTAKE for fate in self.fates.values())

    def counts(self) -> str:
        """A row for each pack, as the page shows it."""
        packs = sorted({name.partition(":")[0] for name in self.fates})
        rows = (Counter(fate for name, fate in self.fates.items() if name.startswith(f"{pack}:")) for pack in packs)
        lines = [
            f"| {pack} | {count.total()} | " + " | ".join(str(count[fate]) for fate in FATES) + " |"
            for pack, count in zip(packs, rows, strict=True)
        ]
        whole = Counter(self.fates.values())
        return "\n".join(
            [*lines, f"| all | {whole.total()} | " + " | ".join(str(whole[fate]) for fate in FATES) + " |"]
        )


def run(packs: PolicySet, chosen: list[Mutation]) -> Run:
    gates = Gates(packs)
    fates = {}
    for mutation in chosen:
        caught = gates.catch(mutation)
        fates[mutation.name] = caught or (NO_MISTAKE if gates.changes_nothing(mutation) else SURVIVES)
    return Run(fates)


@pytest.mark.slow
@pytest.mark.timeout(3600 if FULL else 280)
def test_small_mistakes_in_the_real_packs_are_caught(real: PolicySet, capsys: pytest.CaptureFixture[str]) -> None:
    everything = every_mutation(real)
    chosen = everything if FULL else random.Random(SEED).sample(everything, min(SAMPLE, len(everything)))
    found = run(real, chosen)
    with capsys.disabled():
        print(f"\n{found.mistakes} mistakes of {len(chosen)} mutations, {len(found.survivors)} survive")
        print("\n".join(f"  {name}" for name in found.survivors))
    assert len(found.survivors) <= (1 - ENOUGH) * found.mistakes
    if FULL and os.environ.get("FRONTDOOR_WRITE") == "true":
        text = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(ROWS.sub(lambda _: f"{ROWS_BEGIN}{found.counts()}\n", text), encoding="utf-8")
    page = PAGE.read_text(encoding="utf-8")
    assert [name for name in found.survivors if f"| `{name}` |" not in page] == [], "each with a judgement on the page"
    assert not FULL or found.counts() in page, "the page is stale: run with FRONTDOOR_WRITE=true"


def test_the_page_counts_the_mutations_that_there_are(real: PolicySet) -> None:
    counted = Counter(mutation.pack for mutation in every_mutation(real))
    rows = re.findall(r"^\| (\S+@\S+) \| (\d+) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert {pack: int(count) for pack, count in rows} == dict(counted)


def test_what_survives_on_the_page_is_a_mutation_with_a_judgement(real: PolicySet) -> None:
    names = {mutation.name for mutation in every_mutation(real)}
    for name, judgement in re.findall(r"^\| `([^`]+)` \| (.*) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE):
        assert name in names
        assert len(judgement) > 30, name


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
