"""`frontdoor retention report` and `purge`: what would go, what went."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from typing import Annotated

import aiohttp
import typer

from gateway.calendar import EnglandWorkingDays
from gateway.console import disposal
from gateway.console.services import Console
from gateway.settings import Settings
from gateway.wiring import RandomIds, SystemClock, bot_client
from records.bootstrap import unit_of_work_factory

app = typer.Typer(no_args_is_help=True, help="How long things are kept.")
ACTOR = "command"


def _console() -> Console:
    settings = Settings()
    return Console(
        units=unit_of_work_factory(settings.database),
        clock=SystemClock(),
        ids=RandomIds(),
        calendar=EnglandWorkingDays(),
        forget_dialogue=disposal.forget_at(_asking(settings), settings.data_dir / "trackers.db"),
    )


def _asking(settings: Settings) -> Callable[[str], None] | None:
    """The bot's own way of forgetting; None where its key is not known here."""

    async def forget(conversation_id: str) -> None:
        async with aiohttp.ClientSession() as http:
            await bot_client(settings, http).forget(conversation_id)

    return (lambda conversation_id: asyncio.run(forget(conversation_id))) if settings.bot_key else None


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
    try:
        _purge(console, yes)
    except disposal.BotStoreUnreachable as error:
        typer.echo(f"Not all could be deleted: {error}. What the bot may still hold stays here too.", err=True)
        raise typer.Exit(1) from error


def _purge(console: Console, yes: bool) -> None:
    if finished := disposal.finish_forgetting(console, ACTOR):
        typer.echo(f"{finished} conversations that were left are gone from the bot's own store too.")
    going = [verdict for verdict in disposal.report(console)[0] if verdict.delete]
    if not going:
        typer.echo("Nothing goes.")
        return
    if not yes:
        typer.confirm(f"Delete {len(going)} conversations for good?", abort=True)
    gone = disposal.purge(console, ACTOR)
    typer.echo(f"{len(gone)} conversations were deleted.")
