"""`frontdoor retention report` and `purge`: what would go, what went."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, cast

import typer

from gateway.calendar import EnglandWorkingDays
from gateway.console import disposal
from gateway.console.services import Console
from gateway.settings import Settings
from gateway.wiring import RandomIds, SystemClock
from records.bootstrap import unit_of_work_factory
from triage.desk_ports import DeskUnits

app = typer.Typer(no_args_is_help=True, help="How long things are kept.")
ACTOR = "command"


def _console() -> Console:
    settings = Settings()
    return Console(
        units=cast(DeskUnits, unit_of_work_factory(settings.database)),
        clock=SystemClock(),
        ids=RandomIds(),
        calendar=EnglandWorkingDays(),
        forget_dialogue=disposal.forget_in(settings.data_dir / "trackers.db"),
    )


@app.command()
def report() -> None:
    """What would go, and why the rest stays. Changes nothing."""
    verdicts, settings = disposal.report(_console())
    if "retention.closed" not in settings:
        typer.echo("No period is set for closed requests: nothing that identifies anybody will be deleted.")
    for verdict in verdicts:
        if verdict.delete:
            typer.echo(f"goes   {verdict.item.conversation_id}  {verdict.why}")
    for why, number in Counter(v.why for v in verdicts if not v.delete).items():
        typer.echo(f"stays  {number:6}  {why}")


@app.command()
def purge(yes: Annotated[bool, typer.Option("--yes", help="Delete without asking again.")] = False) -> None:
    """Delete what the schedule lets go, here and in the bot's own store. Each deletion is an audit event."""
    console = _console()
    going = [verdict for verdict in disposal.report(console)[0] if verdict.delete]
    if not going:
        typer.echo("Nothing goes.")
        return
    if not yes:
        typer.confirm(f"Delete {len(going)} conversations for good?", abort=True)
    gone = disposal.purge(console, ACTOR)
    typer.echo(f"{len(gone)} conversations were deleted.")
