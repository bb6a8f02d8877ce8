"""Signing: who stands behind a version, and whose route it changes."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from gateway.commands.policy.comparing import differences, print_changes
from gateway.commands.policy.shared import (
    DEFAULT_FOLDER,
    FOUND_PROBLEMS,
    Folder,
    app,
    bad_usage,
    day,
    fail,
    load,
    reading,
    version,
)
from policies.engine import Pack, PolicySet
from policies.engine.signing import Signature, earlier, fingerprint, sign_pack, standing_of


@app.command()
def sign(
    pack: Annotated[str, typer.Argument(help="PACK@VERSION")],
    by: Annotated[str, typer.Option("--by", help="Who signs: name and office.")],
    on: Annotated[str | None, typer.Option("--on", help="The day of signing; today without it.")] = None,
    folder: Folder = DEFAULT_FOLDER,
) -> None:
    """Record who signs a version as it stands, once it passes its gates; shows first whose route it changes."""
    if not by.strip():
        bad_usage("--by takes a name, such as --by 'Jo Example, head of safeguarding'")
    on_day, packs = day(on) if on else date.today(), load(folder)
    one = version(packs, pack)
    _refuse_broken(one)
    _show_changes(packs, one)
    signature = Signature(one.full_name, by.strip(), on_day, fingerprint(one))
    if signature in standing_of(one).signatures:
        typer.echo(f"{one.full_name} as it stands is signed by {signature.by} already.")
        return
    _record(one, signature)
    typer.echo(f"{one.full_name} signed by {signature.by} on {signature.on} ({signature.fingerprint[:16]}…).")


def _show_changes(packs: PolicySet, pack: Pack) -> None:
    """Against the version that it follows, on its first day."""
    before = earlier(packs, pack)
    if before:
        changes, on = differences(before, pack, pack.text.in_force_from)
        print_changes(f"{before.full_name} → {pack.full_name}, on {on}", changes, packs.vocabulary)


def _record(pack: Pack, signature: Signature) -> None:
    try:
        sign_pack(pack, signature)
    except OSError as error:
        where = "sign where the packs can be written, such as a checkout"
        fail(f"{error.filename}: {error.strerror}; {where}", FOUND_PROBLEMS)


def _refuse_broken(pack: Pack) -> None:
    """Nothing is signed that fails its cases or breaks a promise."""
    from policies.engine.cases import run_cases
    from policies.engine.prove import prove_pack

    count, failed = reading(lambda: run_cases(pack))
    broken = [*failed, *reading(lambda: prove_pack(pack))]
    for failure in broken:
        typer.echo(str(failure), err=True)
    if broken:
        fail(f"{pack.full_name} is not signed: mend what is named above first", FOUND_PROBLEMS)
    if not count:
        fail(f"{pack.full_name} is not signed: it has no example cases to sign", FOUND_PROBLEMS)
