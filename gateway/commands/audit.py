"""`frontdoor audit verify`: does the whole audit log hold?"""

from __future__ import annotations

import typer

from gateway.settings import Settings
from records.bootstrap import unit_of_work_factory

app = typer.Typer(no_args_is_help=True, help="The audit log.")


@app.callback()
def root() -> None:
    """The audit log."""


@app.command()
def verify() -> None:
    """Check the hash chain from the first event to the anchored head. Exit 1 names the first broken link.

    Note the printed head somewhere else: a log that was rewritten as a whole has another one.
    """
    with unit_of_work_factory(Settings().database).reading() as unit:
        broken = unit.desk.trail.verify()
        total, head = unit.desk.trail.head()
    if broken is None:
        typer.echo(f"The audit log holds: {total} events, head {head}.")
        return
    typer.echo(f"The audit log is broken at event {broken.seq}: {broken.what}.", err=True)
    raise typer.Exit(1)
