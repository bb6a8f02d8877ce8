"""`frontdoor policy` at a terminal: readable tables, JSON, and exit codes 0, 1 (found problems) and 2 (bad usage)."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner, Result

from gateway.cli import app
from tests.policies.conftest import SMALL

Spoil = Callable[[str, str, str], Path]
HARM = {"danger_now": False, "neglect": True}
ON = ["--pack", "county", "--on", "2024-06-03"]


def frontdoor(*words: str, folder: Path = SMALL) -> Result:
    return CliRunner().invoke(app, ["policy", *words, "--folder", str(folder)])


@pytest.fixture
def facts(tmp_path: Path) -> str:
    file = tmp_path / "facts.json"
    file.write_text(json.dumps(HARM), encoding="utf-8")
    return str(file)


@pytest.mark.parametrize("gate", ["check", "cases", "prove"])
def test_the_gates_are_green_for_the_small_packs(gate: str) -> None:
    assert frontdoor(gate).exit_code == 0
    assert frontdoor(gate, "--json", "--pack", "county@2024.1").exit_code == 0


def test_a_malformed_pack_is_found_with_its_line(spoil: Spoil) -> None:
    found = frontdoor("check", folder=spoil("packs/county/2024.1/rules/level.yml", "level: targeted", "level: awful"))
    assert found.exit_code == 1
    assert 'level.yml:3: found "awful"; allowed: universal' in found.stderr


def test_a_failed_case_names_every_difference(spoil: Spoil) -> None:
    found = frontdoor("cases", folder=spoil("packs/county/2024.1/rules/level.yml", "at_least: 2", "at_least: 3"))
    assert found.exit_code == 1
    assert "level is universal, not targeted" in found.stdout
    assert "rules should also hold agreed, to_family_work, two_of_three" in found.stdout


def test_a_failed_proof_prints_a_case_ready_to_paste(spoil: Spoil) -> None:
    folder = spoil(
        "packs/england/2020.1/rules/harm.yml",
        "when: {danger_now: yes}",
        "when: {all: [{danger_now: yes}, {hurt: yes}]}",
    )
    found = frontdoor("prove", "--pack", "england", folder=folder)
    assert found.exit_code == 1
    text = found.stdout[found.stdout.index('  "danger always reaches emergency') :]
    case = yaml.load("cases:\n" + text, Loader=yaml.BaseLoader)["cases"]
    assert next(iter(case.values()))["facts"]["danger_now"] == "yes"


def test_decide_prints_the_indication_and_the_next_questions(facts: str) -> None:
    data = json.loads(frontdoor("decide", facts, *ON).stdout)
    assert (data["level"], data["route"], data["offer"], data["consent"]) == (
        "significant_harm",
        "mash_referral",
        "enquiry",
        "go_on",
    )
    assert data["next_questions"] == []
    assert data["reasons"][0]["clause"] == "4"
    assert data["clocks"][0]["limit"] == 1


def test_explain_speaks_to_families_without_levels_and_to_staff_with_clauses(facts: str) -> None:
    family = frontdoor("explain", facts, *ON, "--for", "family").stdout
    staff = frontdoor("explain", facts, *ON, "--for", "staff").stdout
    assert "A social worker decides today." in family
    assert "significant" not in family
    assert "neglected: Possible neglect. [An invented act, 4] Said: neglect." in staff


def test_why_shows_two_situations_that_differ_in_one_fact(tmp_path: Path) -> None:
    file = tmp_path / "facts.json"
    file.write_text('{"hurt": true, "danger_now": false, "neglect": false}', encoding="utf-8")
    found = json.loads(frontdoor("why", "hurt_how", str(file), *ON).stdout)
    levels = [result["level"] for result in found["results"]]
    assert len(set(levels)) == 2


def test_each_next_question_can_be_shown_to_change_something(tmp_path: Path) -> None:
    file = tmp_path / "facts.json"
    file.write_text('{"danger_now": false}', encoding="utf-8")
    found = json.loads(frontdoor("decide", str(file), *ON, "--witness").stdout)
    assert [one["question"] for one in found["witnesses"]] == found["next_questions"]
    for one in found["witnesses"]:
        (first, second) = ({k: v for k, v in result.items() if k != "value"} for result in one["results"])
        assert first != second, one


def test_a_case_can_be_written_from_the_engine_and_then_holds(facts: str, folder: Path) -> None:
    text = frontdoor("decide", facts, *ON, "--as-case", "Neglect goes to the hub").stdout
    (folder / "packs/county/2024.1/cases/more.yml").write_text("cases:\n" + text, encoding="utf-8")
    assert frontdoor("cases", "--pack", "county@2024.1", folder=folder).exit_code == 0


def test_compare_gives_the_situations_that_differ() -> None:
    changes = json.loads(frontdoor("compare", "county@2024.1", "county@2025.1", "--on", "2025-06-01", "--json").stdout)
    found = {(change["of"], change["before"], change["after"]) for change in changes}
    assert ("level", "early_help", "universal") in found  # getting in the way is no longer a reason
    assert ("level", "universal", "targeted") in found  # one of three is enough
    assert ("offer", "baby_work", "family_work") in found
    assert not any(before == after for _, before, after in found)


def test_compare_prints_example_cases_that_hold_in_the_second_version(folder: Path) -> None:
    text = frontdoor("compare", "county@2024.1", "county@2025.1", "--on", "2025-06-01", folder=folder).stdout
    (folder / "packs/county/2025.1/cases").mkdir()
    (folder / "packs/county/2025.1/cases/differences.yml").write_text(text, encoding="utf-8")
    found = frontdoor("cases", "--pack", "county@2025.1", "--json", folder=folder)
    assert found.exit_code == 0
    assert json.loads(found.stdout)["cases"]["county@2025.1"] >= 3


def test_compare_of_a_version_with_itself_is_empty() -> None:
    assert (
        json.loads(frontdoor("compare", "county@2024.1", "county@2024.1", "--on", "2025-06-01", "--json").stdout) == []
    )


def test_replay_prints_from_and_to(tmp_path: Path) -> None:
    requests = tmp_path / "stored.jsonl"
    need = {
        "danger_now": False,
        "hurt": False,
        "neglect": False,
        "impact": "managing",
        "wants": "help",
        "money": True,
        "school": False,
        "housing": False,
        "agreement": "given",
    }
    lines = [
        {"id": str(i), "facts": need, "on": "2025-06-01", "level": "universal", "route": "information"}
        for i in range(3)
    ]
    odd = ["not json", "[" * 100_000, "[]", '{"id": 1, "facts": [], "on": "2025-06-01"}', "{}"]
    odd.append('{"id": "x", "facts": {"shoe_size": 3}, "on": "2025-06-01"}')
    odd.append('{"id": "y", "facts": {}, "on": "2019-06-01"}')
    requests.write_text("".join(json.dumps(line) + "\n" for line in lines) + "\n".join(odd), encoding="utf-8")
    out = tmp_path / "out.jsonl"
    found = frontdoor("replay", str(requests), "--pack", "county@2025.1", "--out", str(out), "--json")
    assert found.exit_code == 1  # the bad line is reported, the rest goes on
    assert [f"stored.jsonl:{line}: not a stored request" in found.stderr for line in range(4, 9)] == [True] * 5
    assert '"shoe_size" is not in the vocabulary' in found.stderr
    assert "county@2025.1 is in force from 2025-04-01, not on 2019-06-01" in found.stderr
    assert json.loads(found.stdout)["level"] == [{"from": "universal", "to": "targeted", "requests": 3}]
    assert [json.loads(line)["differs"] for line in out.read_text(encoding="utf-8").splitlines()] == [True] * 3


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["check", "--pack", "atlantis"], 'no pack "atlantis"'),
        (["decide", "missing.json", *ON], "missing.json"),
        (["decide", "FACTS", "--pack", "county", "--on", "someday"], "is not a day"),
        (["decide", "FACTS", "--pack", "county", "--on", "2020-01-01"], "no pack of county is in force on 2020-01-01"),
        (["explain", "FACTS", *ON, "--for", "nobody"], "family or staff"),
        (["compare", "county@2024.1", "county@1999.1"], 'no pack "county@1999.1"'),
        (["compare", "county", "county@2025.1"], "name the version as well: county@2024.1, county@2025.1"),
        (["compare", "county@2024.1", "county@2025.1", "--on", "2024-06-03"], "is in force from 2025-04-01"),
        (["decide", "FACTS", "--pack", "county@1999.1", "--on", "2024-06-03"], "there are county@2024.1"),
        (["decide", "FACTS", *ON, "--audience", "cat"], "--audience is family, young_person"),
        (["why", "shoe_size", "FACTS", *ON], "The facts and their values stand in policies/facts.yml"),
        (["replay", "missing.jsonl", "--pack", "county@2024.1"], "missing.jsonl: No such file"),
        (["replay", ".", "--pack", "county@2024.1"], "Is a directory"),
    ],
)
def test_bad_usage_says_so_and_exits_2(facts: str, words: list[str], said: str) -> None:
    found = frontdoor(*[facts if word == "FACTS" else word for word in words])
    assert found.exit_code == 2
    assert said in found.stderr


@pytest.mark.parametrize("gate", ["check", "cases", "prove", "decide"])
def test_a_folder_without_packs_is_bad_usage(tmp_path: Path, facts: str, gate: str) -> None:
    found = frontdoor(gate, *([facts, *ON] if gate == "decide" else []), folder=tmp_path)
    assert found.exit_code == 2
    assert "--folder takes the folder that holds facts.yml" in found.stderr


@pytest.mark.parametrize(
    "known",
    ['{"shoe_size": 3}', '{"impact": "awful"}', '{"impact": ["awful"]}', '{"impact": 1}', "[1]", "{", "[" * 100_000],
)
def test_impossible_facts_are_bad_usage(tmp_path: Path, known: str) -> None:
    file = tmp_path / "facts.json"
    file.write_text(known, encoding="utf-8")
    assert frontdoor("decide", str(file), *ON).exit_code == 2


def test_reference_pages_are_written_and_then_fresh(tmp_path: Path) -> None:
    assert frontdoor("reference", "--docs", str(tmp_path), "--check").exit_code == 1
    assert frontdoor("reference", "--docs", str(tmp_path)).exit_code == 0
    assert frontdoor("reference", "--docs", str(tmp_path), "--check").exit_code == 0
    page = (tmp_path / "packs" / "county-2024.1.md").read_text(encoding="utf-8")
    assert "2 or more of: money is yes; school is yes; housing is yes" in page
    assert "<title>Family work</title>" in (tmp_path / "packs" / "county-2024.1.svg").read_text(encoding="utf-8")


def test_coverage_refuses_names_that_no_pack_holds(folder: Path, tmp_path: Path) -> None:
    entry = 'coverage:\n  "1": {rule: Two of three, encoded: ["county@2024.1:two_of_three"]}\n  "2": {rule: A figure, not_encoded: Only a figure}\n'
    (folder / "coverage.yml").write_text(entry, encoding="utf-8")
    assert frontdoor("coverage", "--docs", str(tmp_path), folder=folder).exit_code == 0
    assert "2 rules: 1 encoded, 0 kept elsewhere in the product, 1 not encoded." in (
        tmp_path / "coverage.md"
    ).read_text(encoding="utf-8")
    (folder / "coverage.yml").write_text(entry.replace("two_of_three", "three_of_two"), encoding="utf-8")
    assert frontdoor("coverage", "--docs", str(tmp_path), folder=folder).exit_code == 1


def test_every_command_module_is_found_by_listing() -> None:
    from gateway.cli import module_names

    assert "policy" in module_names()
    assert CliRunner().invoke(app, ["no-such-command"]).exit_code == 2


ROOT = Path(__file__).resolve().parents[2]
DECIDED = ["--pack", "warwickshire", "--on", "2026-11-22"]
EXAMPLE = str(ROOT / "docs" / "examples" / "recovery_from_abuse.json")


@pytest.mark.parametrize("command", [["decide"], ["explain", "--for", "staff"], ["explain", "--for", "family"]])
def test_the_numbers_of_the_packs_council_stand_in_the_words(command: list[str]) -> None:
    printed = frontdoor(*command, EXAMPLE, *DECIDED, folder=ROOT / "policies")
    assert printed.exit_code == 0
    assert "{number_" not in printed.stdout


def test_the_contact_is_the_front_door_of_the_authority_that_was_asked_for() -> None:
    printed = frontdoor("decide", EXAMPLE, *DECIDED, folder=ROOT / "policies")
    assert json.loads(printed.stdout)["contact"] == "01926 414144"


def test_a_table_in_a_file_is_not_squeezed() -> None:
    printed = frontdoor("check")
    [head] = [line for line in printed.stdout.splitlines() if "capacity figures" in line]
    assert "in force from" in head


READ = """cases:
  Neglect is for the hub:
    on: 2024-06-03
    audience: family
    because: "guide 4: neglect is possible significant harm"
    facts: {danger_now: no, neglect: yes}
    expect: {level: significant_harm, proceeds: without_agreement, holds: [neglected, enquiry], not: [two_of_three]}
"""


def with_a_read_case(folder: Path, text: str) -> Result:
    (folder / "packs/county/2024.1/cases/read.yml").write_text(text, encoding="utf-8")
    return frontdoor("cases", "--pack", "county@2024.1", folder=folder)


def test_a_case_that_gives_its_clause_may_expect_just_what_the_clause_says(folder: Path) -> None:
    assert with_a_read_case(folder, READ).exit_code == 0


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("level: significant_harm", "level: targeted", "level is significant_harm, not targeted"),
        ("without_agreement", '"yes"', "proceeds is without_agreement, not yes"),
        ("holds: [neglected, enquiry]", "holds: [two_of_three]", "two_of_three should hold"),
        ("not: [two_of_three]", "not: [neglected]", "neglected should not hold"),
        ("not: [two_of_three]", "not: [two_of_thre]", "not names two_of_thre, which no pack here has"),
        ('    because: "guide 4: neglect is possible significant harm"\n', "", "found the unknown key"),
        ('"guide 4: neglect is possible significant harm"', '""', "the clause that was read"),
        (READ[READ.index("{level") :], "{}\n", "an outcome or two"),
    ],
)
def test_a_read_case_says_what_is_wrong(folder: Path, old: str, new: str, said: str) -> None:
    found = with_a_read_case(folder, READ.replace(old, new))
    assert found.exit_code == 1
    assert said in found.stdout + found.stderr
