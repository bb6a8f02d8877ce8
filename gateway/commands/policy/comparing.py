"""Two versions side by side: whose level, route, offer or consent outcome is another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from gateway.commands.policy.shared import (
    DEFAULT_FOLDER,
    AsJson,
    Folder,
    app,
    bad_usage,
    day,
    deciding,
    load,
    print_json,
    screen,
    table,
    version,
)
from policies.engine import Pack, PolicySet
from policies.engine.compare import Change
from policies.engine.vocabulary import Fact, Value, Vocabulary


@app.command()
def compare(
    one: Annotated[str, typer.Argument(help="PACK@VERSION")],
    two: Annotated[str, typer.Argument(help="PACK@VERSION")],
    on: Annotated[
        str | None, typer.Option("--on", help="The day on which both are read; without it, each on its first day.")
    ] = None,
    before: Annotated[
        Path | None,
        typer.Option("--before", help="Another policies folder for the first, such as a checkout of what was signed."),
    ] = None,
    as_table: Annotated[bool, typer.Option("--table", help="Print a table instead of example cases.")] = False,
    folder: Folder = DEFAULT_FOLDER,
    as_json: AsJson = False,
) -> None:
    """The situations in which two versions differ: one example case, as the second decides it, of every kind of change."""
    packs = load(folder)
    a, b = version(_same_facts(packs, load(before)) if before else packs, one), version(packs, two)
    changes, last = differences(a, b, day(on) if on else None)
    if as_json:
        print_json([{"of": c.of, "before": c.before, "after": c.after, "facts": c.situation} for c in changes])
    elif as_table:
        print_changes(f"{one} → {two}", changes, packs.vocabulary)
    else:
        _print_cases(f"{one} → {two}", b, changes, last)


def _same_facts(packs: PolicySet, other: PolicySet) -> PolicySet:
    if other.vocabulary.facts != packs.vocabulary.facts:
        bad_usage("the two folders have different facts (facts.yml): only packs over the same facts can be compared")
    return other


def differences(a: Pack, b: Pack, on: date | None) -> tuple[list[Change], date]:
    """Every kind of change, and the day on which the second was read."""
    from policies.engine.compare import compare as compared

    last = on or b.text.in_force_from
    return deciding(lambda: compared(a.decider(on or a.text.in_force_from), b.decider(last))), last


def _print_cases(title: str, pack: Pack, changes: Sequence[Change], on: date) -> None:
    from policies.engine.cases import as_case

    typer.echo(f"# {title}: {len(changes)} kinds of change\ncases:{'' if changes else ' {}'}")
    for change in changes:
        name = f"The {change.of} {change.before} becomes {change.after}"
        typer.echo(as_case(pack, name, change.situation, on, "professional"), nl=False)


def print_changes(title: str, changes: Sequence[Change], vocabulary: Vocabulary) -> None:
    shown = table(title, "of", "before", "after", "for example")
    for change in changes:
        shown.add_row(change.of, change.before, change.after, _example(change.situation, vocabulary))
    screen().print(shown)


def _example(situation: Mapping[str, Value], vocabulary: Vocabulary) -> str:
    """What makes the difference; worries that are said not to be there are only counted."""
    calm = [name for name, value in situation.items() if _is_calm(vocabulary.fact(name), value)]
    said = ", ".join(f"{name}: {_shown(value)}" for name, value in situation.items() if name not in calm)
    return f"{said or 'whatever is said'}{f'; {len(calm)} other worries said not to be there' if calm else ''}"


def _is_calm(fact: Fact, value: Value) -> bool:
    return bool(fact.worsening()) and fact.coded(value) == fact.mildest


def _shown(value: Value) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
