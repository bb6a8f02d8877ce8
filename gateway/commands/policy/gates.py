"""The three gates: is it well formed, do its examples come out, does it keep its promises?"""

from __future__ import annotations

from datetime import date
from typing import Any

import typer

from gateway.commands.policy.shared import (
    DEFAULT_FOLDER,
    FOUND_PROBLEMS,
    AsJson,
    Folder,
    OnlyPack,
    app,
    chosen,
    load,
    print_json,
    reading,
    screen,
    table,
)
from policies.engine import Pack
from policies.engine.errors import ProofFailed
from policies.engine.signing import Standing, standing_of


@app.command()
def check(pack: OnlyPack = None, folder: Folder = DEFAULT_FOLDER, as_json: AsJson = False) -> None:
    """Are the packs well formed, and unchanged since they were signed? Every file, name, date, citation and value."""
    found = chosen(load(folder), pack)
    rows = reading(lambda: [_row(one) for one in found])
    reading(lambda: [one.decider(day) for one in found for day, _ in one.editions()])  # can they be settled at all?
    if as_json:
        print_json(rows)
    else:
        shown = table("Packs", *rows[0])
        for row in rows:
            shown.add_row(*(str(value) for value in row.values()))
        screen().print(shown)
    raise typer.Exit(FOUND_PROBLEMS if _due(found) else 0)


def _due(packs: list[Pack]) -> bool:
    """Says which packs somebody has to look at again. Whether one is no longer what was signed."""
    for one in packs:
        if one.text.review_by < date.today():
            typer.echo(f"{one.full_name} was to be reviewed by {one.text.review_by}: its owner looks again", err=True)
    changed = [one.full_name for one in packs if standing_of(one).changed]
    for name in changed:
        how = f"see what differs (compare --before), then `frontdoor policy sign {name} --by NAME`"
        typer.echo(f"{name} is not what was signed: {how}", err=True)
    return bool(changed)


def _row(pack: Pack) -> dict[str, Any]:
    from policies.engine.cases import read_cases

    text = pack.text
    cases = read_cases(text.cases, pack.vocabulary)
    return {
        "pack": pack.full_name,
        "in force from": text.in_force_from.isoformat(),
        "review by": text.review_by.isoformat(),
        "extends": text.extends[0] if text.extends else "",
        "own rules": len(text.entries),
        "editions": len(pack.editions()),
        "clocks": len(text.clocks),
        "capacity figures": len(text.capacity),
        "notes": len(text.notes),
        "cases": len(cases),
        "from a clause": sum(bool(case.because) for case in cases),
        "signed": _signed(standing_of(pack)),
    }


def _signed(standing: Standing) -> str:
    return (
        "by nobody" if standing.last is None else f"{standing.last.on}{', changed since' if standing.changed else ''}"
    )


@app.command()
def cases(pack: OnlyPack = None, folder: Folder = DEFAULT_FOLDER, as_json: AsJson = False) -> None:
    """Do the example cases come out as they were signed?"""
    from policies.engine.cases import run_cases

    found = chosen(load(folder), pack)
    results = reading(lambda: {one.full_name: run_cases(one) for one in found})
    failed = [str(failure) for _, failures in results.values() for failure in failures]
    if as_json:
        print_json({"cases": {name: count for name, (count, _) in results.items()}, "failed": failed})
    else:
        shown = table("Example cases", "pack", "cases", "failed")
        for name, (count, failures) in results.items():
            shown.add_row(name, str(count), str(len(failures)))
        screen().print(shown)
        for line in failed:
            typer.echo(line)
    raise typer.Exit(FOUND_PROBLEMS if failed else 0)


@app.command()
def prove(pack: OnlyPack = None, folder: Folder = DEFAULT_FOLDER, as_json: AsJson = False) -> None:
    """Does every promise hold in every situation?"""
    from policies.engine.prove import prove_pack

    found = chosen(load(folder), pack)
    broken = reading(lambda: {one: prove_pack(one) for one in found})
    failures = [failure for some in broken.values() for failure in some]
    if as_json:
        print_json([{"pack": f.pack, "promise": f.promise, "what": f.what, "situation": f.situation} for f in failures])
    else:
        _print_proofs(broken)
    raise typer.Exit(FOUND_PROBLEMS if failures else 0)


def _print_proofs(broken: dict[Pack, list[ProofFailed]]) -> None:
    from policies.engine.prove import PROMISES

    shown = table(f"Proofs: {len(PROMISES)} promises of each edition", "pack", "editions", "broken")
    for one, found in broken.items():
        shown.add_row(one.full_name, str(len(one.editions())), str(len(found)))
    screen().print(shown)
    for failure in (failure for some in broken.values() for failure in some):
        typer.echo(f"{failure}\n{failure.as_case()}")
