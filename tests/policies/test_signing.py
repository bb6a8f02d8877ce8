"""A version is signed as it stands, only when it passes its gates; whatever is changed afterwards shows."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from gateway.cli import app
from policies.engine import PackError, PolicySet
from policies.engine.signing import fingerprint, standing_of

Spoil = Callable[[str, str, str], Path]
COUNTY = "county@2024.1"
LEVEL = "packs/county/2024.1/rules/level.yml"
NAME = 'Jo "Joey" Example, head of safeguarding'


def frontdoor(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["policy", *words, "--folder", str(folder)])


def sign(folder: Path, name: str = COUNTY, by: str = NAME) -> Result:
    return frontdoor(folder, "sign", name, "--by", by, "--on", "2024-05-01")


def in_words(folder: Path, name: str = COUNTY) -> str:
    return standing_of(PolicySet.load(folder).named(name)).in_words()


def shown_as_signed(folder: Path) -> dict[str, str]:
    return {row["pack"]: row["signed"] for row in json.loads(frontdoor(folder, "check", "--json").stdout)}


def test_a_pack_is_signed_by_nobody_until_somebody_does(folder: Path) -> None:
    assert in_words(folder) == "Not signed by anybody."
    assert set(shown_as_signed(folder).values()) == {"by nobody"}


def test_a_signature_names_who_and_when_and_is_kept_beside_the_rules(folder: Path) -> None:
    assert sign(folder).exit_code == 0
    assert in_words(folder) == f"Signed as it stands by {NAME} on 2024-05-01."
    assert shown_as_signed(folder)[COUNTY] == "2024-05-01"
    assert frontdoor(folder, "check").exit_code == 0


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (LEVEL, "at_least: daily_life", "at_least: serious"),
        ("packs/england/2020.1/rules/harm.yml", "staff: ", "staff: Now "),  # the law that the pack extends
        ("facts.yml", "means: ", "means: Now "),
    ],
)
def test_whatever_it_decides_with_breaks_the_signature_when_changed(
    folder: Path, spoil: Spoil, file: str, old: str, new: str
) -> None:
    sign(folder)
    spoil(file, old, new)
    found = frontdoor(folder, "check")
    assert in_words(folder).startswith("Changed since it was signed by Jo")
    assert found.exit_code == 1
    assert f"{COUNTY} is not what was signed" in found.stderr


def test_a_pack_whose_review_is_late_is_named_and_still_well_formed(folder: Path, spoil: Spoil) -> None:
    spoil("packs/county/2024.1/pack.yml", "review_by: 2026-04-01", "review_by: 2024-05-01")
    found = frontdoor(folder, "check", "--json")
    assert found.exit_code == 0
    assert "county@2024.1 was to be reviewed by 2024-05-01" in found.stderr
    assert json.loads(found.stdout)


def test_another_pack_and_the_ends_of_lines_do_not(folder: Path, spoil: Spoil) -> None:
    sign(folder)
    spoil("packs/county/2025.1/rules/level.yml", "staff: ", "staff: Now ")
    level = folder / LEVEL
    level.write_bytes(level.read_bytes().replace(b"\n", b"\r\n"))
    assert in_words(folder).startswith("Signed as it stands")


def test_what_fails_its_cases_is_not_signed(folder: Path, spoil: Spoil) -> None:
    spoil(LEVEL, "at_least: 2", "at_least: 3")
    found = sign(folder)
    assert found.exit_code == 1
    assert "level is universal, not targeted" in found.stderr
    assert in_words(folder) == "Not signed by anybody."


def test_what_breaks_a_promise_is_not_signed(folder: Path, spoil: Spoil) -> None:
    spoil("packs/county/2024.1/offers.yml", 'needs_agreement: "yes"', 'needs_agreement: "no"')
    found = sign(folder)
    assert found.exit_code == 1
    assert "what needs agreement says so" in found.stderr


def test_what_has_no_example_cases_is_not_signed(folder: Path) -> None:
    found = sign(folder, "county@2025.1")
    assert found.exit_code == 1
    assert "no example cases" in found.stderr


def test_signing_shows_first_whose_route_changes(folder: Path) -> None:
    """The second version has one of three where the first had two: the situations that this moves are printed."""
    cases = folder / "packs/county/2025.1/cases"
    cases.mkdir()
    text = frontdoor(folder, "compare", COUNTY, "county@2025.1", "--on", "2025-06-01").stdout
    (cases / "differences.yml").write_text(text, encoding="utf-8")
    found = sign(folder, "county@2025.1")
    assert found.exit_code == 0
    assert "county@2024.1 → county@2025.1" in found.stdout
    assert "early_help" in found.stdout


def test_an_edit_is_compared_with_what_was_signed(folder: Path, spoil: Spoil, tmp_path: Path) -> None:
    signed = Path(shutil.copytree(folder, tmp_path / "signed"))
    spoil(LEVEL, "at_least: daily_life", "at_least: serious")
    found = frontdoor(folder, "compare", COUNTY, COUNTY, "--before", str(signed), "--json")
    moved = {(change["of"], change["before"], change["after"]) for change in json.loads(found.stdout)}
    assert ("level", "early_help", "universal") in moved
    spoil("facts.yml", "means: ", "means: Now ")
    assert frontdoor(folder, "compare", COUNTY, COUNTY, "--before", str(signed)).exit_code == 2


def test_signing_twice_adds_one_signature_for_each_state(folder: Path, spoil: Spoil) -> None:
    sign(folder)
    assert "already" in sign(folder).stdout
    spoil(LEVEL, "staff: ", "staff: Now ")
    sign(folder, by="Sam Example")
    standing = standing_of(PolicySet.load(folder).named(COUNTY))
    assert [signature.by for signature in standing.signatures] == [NAME, "Sam Example"]
    assert not standing.changed


def test_a_version_that_was_copied_from_a_signed_one_is_signed_by_nobody(folder: Path) -> None:
    sign(folder)
    copied = folder / "packs/county/2026.1"
    shutil.copytree(folder / "packs/county/2024.1", copied)
    head = (copied / "pack.yml").read_text(encoding="utf-8")
    head = head.replace('"2024.1"', '"2026.1"').replace("2024-04-01", "2026-04-01")
    (copied / "pack.yml").write_text(head, encoding="utf-8")
    assert in_words(folder, "county@2026.1") == "Not signed by anybody."
    assert in_words(folder).startswith("Signed as it stands")


def test_where_nothing_can_be_written_it_says_what_to_do(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", "signed.yml")

    monkeypatch.setattr(Path, "write_text", refuse)
    found = sign(folder)
    assert found.exit_code == 1
    assert "signed.yml: Permission denied; sign where the packs can be written" in found.stderr


def test_a_malformed_record_is_refused_with_its_line(folder: Path) -> None:
    (folder / "packs/county/2024.1/signed.yml").write_text("signatures:\n  - by: Jo\n", encoding="utf-8")
    with pytest.raises(PackError) as refused:
        in_words(folder)
    assert (refused.value.line, refused.value.found) == (2, "no of")
    assert frontdoor(folder, "check").exit_code == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["county", "--by", "Jo"], "name the version as well: county@2024.1, county@2025.1"),
        (["county@2030.1", "--by", "Jo"], 'no pack "county@2030.1"'),
        ([COUNTY, "--by", " "], "--by takes a name"),
        ([COUNTY, "--by", "Jo", "--on", "today"], '"today" is not a day'),
    ],
)
def test_bad_usage_says_what_to_do(folder: Path, words: list[str], said: str) -> None:
    found = frontdoor(folder, "sign", *words)
    assert found.exit_code == 2
    assert said in found.stderr


def test_the_fingerprint_is_the_same_wherever_the_folder_stands(folder: Path, small: PolicySet) -> None:
    assert fingerprint(PolicySet.load(folder).named(COUNTY)) == fingerprint(small.named(COUNTY))
