"""A malformed pack is refused with the file, the line, what was found and what is allowed. Nothing hangs, nothing is guessed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from gateway.cli import app
from policies.engine import PackError, PolicySet
from policies.engine.nodes import read

Spoil = Callable[[str, str, str], Path]
RULES = "packs/county/2024.1/rules/level.yml"
PACK = "packs/county/2024.1/pack.yml"


def refused(folder: Path) -> PackError:
    with pytest.raises(PackError) as caught:
        PolicySet.load(folder)
    return caught.value


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "found", "allowed"),
    [
        (RULES, "level: targeted", "level: awful", 3, '"awful"', "universal, early_help"),
        (RULES, "{money: yes}", "{mony: yes}", 4, 'the unknown fact "mony"', "a fact of facts.yml"),
        (RULES, "{money: yes}", "{money: maybe}", 4, '"maybe"', "no, yes"),
        (RULES, "{money: yes}", "{money: true}", 4, '"true"', "no, yes"),
        (RULES, "at_least: 2", "at_least: 4", 4, '"4"', "a whole number from 1 to 3"),
        (RULES, "at_least: daily_life", "at_least: managing", 12, "holds whatever is said", "some of the values"),
        (RULES, "{impact: {at_least: daily_life}}", "{age: {at_least: 40}}", 12, '"40"', "-1 to 25"),
        (RULES, "{impact: {at_least: daily_life}}", "{wants: {at_least: help}}", 12, "at_least", "is or one_of"),
        (RULES, "{impact: {at_least: daily_life}}", "{level: targeted}", 12, "not read yet", "a fact, flag"),
        (
            RULES,
            "{impact: {at_least: daily_life}}",
            "{impact: serious, money: yes}",
            12,
            "2 things",
            "combine with all or any",
        ),
        (RULES, "{impact: {at_least: daily_life}}", "{all: []}", 12, "an empty list", "one condition or more"),
        (RULES, "{impact: {at_least: daily_life}}", "{flag: ghost}", 11, 'unknown flag "ghost"', "careful"),
        (RULES, "source: guide", "source: rumour", 5, '"rumour"', "a source of the register"),
        (RULES, '    clause: "2"\n', "", 3, "no clause", 'the key "clause"'),
        (
            RULES,
            "    staff: Two of three.",
            "    staff: Two of three.\n    weight: 3",
            9,
            'the unknown key "weight"',
            "level, when, source",
        ),
        (
            RULES,
            "    staff: Two of three.",
            "    staff: Two of three.\n    staff: Three.",
            9,
            'the key "staff" twice',
            "each key once",
        ),
        (
            RULES,
            "    staff: Two of three.",
            "    staff: Two of three.\n    exception_to: nobody",
            3,
            'the unknown name "nobody"',
            "a rule or offer of this pack",
        ),
        (RULES, "two_of_three:", "hurt_with_a_mark:", 3, "the name hurt_with_a_mark, used by", "a name of its own"),
        (RULES, "two_of_three:", "Two-of-three:", 3, '"Two-of-three"', "a name: lower case"),
        (PACK, "in_force_from: 2024-04-01", "in_force_from: soon", 4, '"soon"', "a date such as"),
        (PACK, 'version: "2024.1"', "version: 2024.10", 2, '"2024.10"', "the name of its folder"),
        (PACK, "extends: england", "extends: scotland", 7, 'the unknown pack "scotland"', "england@2020.1"),
        (
            PACK,
            "in_force_from: 2024-04-01",
            "in_force_from: 2019-04-01",
            7,
            "no version is in force on 2019-04-01",
            "in force from then",
        ),
        (
            "packs/county/2025.1/pack.yml",
            "2025-04-01",
            "2024-04-01",
            1,
            "the same start as county@2024.1",
            "a day of its own",
        ),
        ("packs/county/2024.1/capacity.yml", "from: 2024-04-01, ", "", 5, "no from", 'the key "from"'),
        ("packs/england/2020.1/clocks.yml", "from: 2023-01-01", "from: 2019-01-01", 6, "a list of 2", "oldest first"),
        (
            "packs/england/2020.1/clocks.yml",
            "starts: request_received",
            "starts: whenever",
            4,
            '"whenever"',
            "request_received",
        ),
        (
            "packs/england/2020.1/offers.yml",
            "clocks: [one_day]",
            "clocks: [one_hour]",
            13,
            'the unknown clock "one_hour"',
            "one_day",
        ),
        (
            "packs/england/2020.1/rules/routing.yml",
            "{consent: hold}",
            "{consent: maybe}",
            35,
            "the consent outcome maybe",
            "go_on",
        ),
        ("facts.yml", "presumed: serious", "presumed: awful", 10, '"awful"', "no_mark, mark, serious"),
        ("facts.yml", "worse: up, group: need", "worse: sideways, group: need", 16, '"sideways"', "up, down, neither"),
    ],
)
def test_each_mistake_is_named_with_its_line(
    spoil: Spoil, file: str, old: str, new: str, line: int, found: str, allowed: str
) -> None:
    error = refused(spoil(file, old, new))
    assert str(error.file).endswith(file)
    assert (error.line, found in error.found, allowed in error.allowed) == (line, True, True), str(error)


def test_text_keeps_its_text(tmp_path: Path) -> None:
    file = tmp_path / "a.yml"
    file.write_text("{version: 4.10, answer: no, empty: null, day: 2024-01-01}", encoding="utf-8")
    assert {key: node.value for key, node in read(file).entries().items()} == {
        "version": "4.10",
        "answer": "no",
        "empty": "null",
        "day": "2024-01-01",
    }


def test_exceptions_in_a_circle_are_refused(spoil: Spoil) -> None:
    spoil(RULES, "    staff: Two of three.", "    staff: Two of three.\n    exception_to: getting_in_the_way")
    error = refused(
        spoil(RULES, "    staff: Effect on daily life.", "    staff: Effect.\n    exception_to: two_of_three")
    )
    assert "exceptions in a circle" in error.found


def test_packs_that_extend_each_other_are_refused(spoil: Spoil) -> None:
    error = refused(spoil("packs/england/2020.1/pack.yml", "standing: base", "extends: england"))
    assert "in a circle (county@2024.1 → england@2020.1 → england@2020.1)" in error.found


def test_a_rule_that_replaces_another_takes_its_place(spoil: Spoil) -> None:
    from datetime import date

    folder = spoil(RULES, "  getting_in_the_way:", "  getting_in_the_way:\n    replaces: hurt_without_a_mark")
    edition = PolicySet.load(folder).named("county@2024.1").edition(date(2024, 6, 3))
    assert "hurt_without_a_mark" not in edition.entries


@pytest.mark.parametrize("name", ["rules/level.yaml", "rules/more/level.yml", "notes.txt"])
def test_a_file_that_would_not_be_read_is_refused(folder: Path, name: str) -> None:
    file = folder / "packs/county/2024.1" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text("thresholds: {}", encoding="utf-8")
    assert "no part of a pack" in refused(folder).found


def test_a_version_without_its_pack_file_is_refused(folder: Path) -> None:
    (folder / PACK).unlink()
    assert str(refused(folder).file).endswith("pack.yml")


def test_packs_that_extend_each_other_across_two_are_refused(folder: Path, spoil: Spoil) -> None:
    spoil("packs/england/2020.1/pack.yml", "standing: base", "extends: county@2024.1")
    assert "in a circle" in refused(folder).found


# ---- hostile files --------------------------------------------------------------------------------


def bombs() -> dict[str, bytes]:
    laughs = b"a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n" + b"".join(
        b"a%d: &a%d [%s]\n" % (i, i, b",".join([b"*a%d" % (i - 1)] * 10)) for i in range(1, 10)
    )
    return {
        "ten megabytes": b"# " + b"x" * 10_000_000,
        "a hundred thousand brackets": b"[" * 100_000,
        "deep indentation": b"".join(b" " * i + b"a:\n" for i in range(500)),
        "a deep condition": b"thresholds: {r: {when: " + b"{not: " * 39 + b"always" + b"}" * 39 + b"}}",
        "a billion laughs": laughs,
        "an alias of itself": b"a: &a [*a]",
        "a huge set": b"thresholds: {" + b",".join(b"r%d: x" % i for i in range(70_000)) + b"}",
        "latin 1": "thresholds: {r: {staff: Gr\u00fc\u00dfe}}".encode("latin-1"),
        "utf 16": "thresholds: {}".encode("utf-16"),
        "a null byte": b"thresholds: {r: \x00}",
        "half a pair": b"thresholds: {r: \xed\xa0\x80}",
        "a tag that runs code": b"thresholds: !!python/object/apply:os.system ['true']",
        "two documents": b"thresholds: {}\n---\nthresholds: {}",
        "nothing": b"",
        "only a list": b"- thresholds",
        "a mapping as a key": b"{{a: b}: c}",
        "broken quotes": b"thresholds: {r: 'x}",
        "tabs": b"thresholds:\n\tr: x",
    }


@pytest.mark.parametrize("name", bombs())
@pytest.mark.timeout(10)
def test_a_hostile_file_gives_an_error_and_never_a_hang(folder: Path, name: str) -> None:
    (folder / RULES).write_bytes(bombs()[name])
    assert str(refused(folder).file).endswith("level.yml")


@pytest.mark.timeout(10)
def test_an_unreadable_file_gives_an_error(folder: Path) -> None:
    (folder / RULES).unlink()
    (folder / RULES).symlink_to("level.yml")  # a circle of links
    assert str(refused(folder).file).endswith("level.yml")


@pytest.mark.parametrize("name", bombs())
@pytest.mark.parametrize("file", ["facts.yml", "sources/register.yml", "packs/county/2024.1/cases/level.yml"])
@pytest.mark.timeout(20)
def test_a_hostile_file_is_an_error_at_the_terminal_wherever_it_stands(folder: Path, file: str, name: str) -> None:
    (folder / file).write_bytes(bombs()[name])
    found = CliRunner().invoke(app, ["policy", "check", "--folder", str(folder)])
    assert found.exit_code == 1
    assert "frontdoor policy: malformed: " in found.stderr
    assert isinstance(found.exception, SystemExit)  # said, and not a traceback


def entangled(pairs: int) -> str:
    """Facts in pairs, the first of every pair before the second of any: each pair doubles what has to be kept apart."""
    yes_no = "type: yes_no, worse: neither, group: need, sensitivity: 0, asked_of: [], question: null, presumed: no"
    return "".join(f"  {side}{i}: {{{yes_no}, means: one}}\n" for side in "ab" for i in range(pairs))


@pytest.mark.parametrize("gate", ["check", "cases", "prove", "decide", "replay"])
@pytest.mark.timeout(60)
def test_conditions_too_entangled_to_settle_are_refused_and_not_tried_for_ever(
    folder: Path, spoil: Spoil, tmp_path: Path, gate: str
) -> None:
    spoil("facts.yml", "facts:\n", "facts:\n" + entangled(40))
    pairs = ", ".join(f"{{all: [{{a{i}: yes}}, {{b{i}: yes}}]}}" for i in range(40))
    spoil(RULES, "when: {impact: {at_least: daily_life}}", f"when: {{any: [{pairs}]}}")
    (tmp_path / "one").write_text('{"id": "1", "facts": {}, "on": "2024-06-03"}', encoding="utf-8")
    (tmp_path / "facts").write_text("{}", encoding="utf-8")
    more = {
        "decide": [str(tmp_path / "facts"), "--pack", "county", "--on", "2024-06-03"],
        "replay": [str(tmp_path / "one"), "--pack", "county@2024.1"],
    }
    found = CliRunner().invoke(app, ["policy", gate, *more.get(gate, []), "--folder", str(folder)])
    assert found.exit_code == 1
    assert "level.yml:11: found county@2024.1: conditions too entangled" in found.stderr


@given(text=st.text(alphabet="{}[]:,-&*!|>'\"#% \nabyesno123", max_size=60))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_read_or_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "any.yml"
    file.write_text(text, encoding="utf-8")
    with suppress(PackError):
        assert read(file).line >= 1
