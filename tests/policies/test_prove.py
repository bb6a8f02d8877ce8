"""Prove: the small packs keep every promise; each pack in bad/ breaks one, and the counterexample shows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest
import yaml

from policies.engine import PolicySet, ProofFailed
from policies.engine.prove import PROMISES, prove_pack
from policies.engine.vocabulary import Value
from tests.policies.conftest import HERE

BAD = sorted((HERE / "bad").glob("*.yml"))


@dataclass(frozen=True)
class BadPack:
    """Files added to the small packs and texts replaced in them, with the promise that this breaks."""

    breaks: str
    what: str
    counterexample: dict[str, str]
    files: dict[str, str] = field(default_factory=dict)
    edits: list[dict[str, str]] = field(default_factory=list)

    def applied(self, folder: Path) -> PolicySet:
        for name, text in self.files.items():
            (folder / name).write_text(text, encoding="utf-8")
        for edit in self.edits:
            path = folder / edit["file"]
            text = path.read_text(encoding="utf-8")
            assert edit["old"] in text
            path.write_text(text.replace(edit["old"], edit["new"], 1), encoding="utf-8")
        return PolicySet.load(folder)


def bad_pack(file: Path) -> BadPack:
    return BadPack(**yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader))


def values(packs: PolicySet, situation: dict[str, str]) -> dict[str, Value]:
    facts = packs.vocabulary.facts
    return {
        name: int(value) if facts[name].is_number else facts[name].plain(value) for name, value in situation.items()
    }


@pytest.mark.parametrize("name", ["england@2020.1", "county@2024.1", "county@2025.1"])
def test_the_small_packs_keep_every_promise(small: PolicySet, name: str) -> None:
    assert [str(failure) for failure in prove_pack(small.named(name))] == []


@pytest.mark.parametrize("file", BAD, ids=[file.stem for file in BAD])
def test_a_bad_pack_is_found_out(folder: Path, file: Path) -> None:
    bad = bad_pack(file)
    failures = prove_pack(bad.applied(folder).named("county@2024.1"))
    found = [failure for failure in failures if failure.promise == bad.breaks and bad.what in failure.what]
    assert found, [str(failure) for failure in failures]
    assert bad.counterexample.items() <= found[0].situation.items(), found[0].situation


def test_every_promise_but_the_loaders_own_has_a_bad_pack() -> None:
    """A missing contact or next step never gets past the loader, so no pack can break that promise."""
    assert {bad_pack(file).breaks for file in BAD} == set(PROMISES) - {"no dead end"}


def test_the_counterexample_really_shows_the_failure(folder: Path) -> None:
    packs = bad_pack(HERE / "bad" / "harm_held_by_refusal.yml").applied(folder)
    failure = prove_pack(packs.named("county@2024.1"))[0]
    said = packs.named("county@2024.1").decide(values(packs, failure.situation), on=failure.day)
    assert (said.level, said.proceeds) == ("significant_harm", "no")


def test_a_counterexample_is_a_case_ready_to_paste(folder: Path) -> None:
    packs = bad_pack(HERE / "bad" / "dead_rule.yml").applied(folder)
    failure = prove_pack(packs.named("county@2024.1"))[0]
    case = yaml.load("cases:\n" + failure.as_case(), Loader=yaml.BaseLoader)["cases"]
    assert next(iter(case.values()))["audience"] == "professional"


def test_a_failed_proof_is_not_a_malformed_pack(folder: Path) -> None:
    from policies.engine import CaseFailed, PackError

    assert not issubclass(ProofFailed, PackError)
    assert not issubclass(CaseFailed, PackError | ProofFailed)
