"""`frontdoor serve`: the whole service on this machine."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from gateway.serve import run
from gateway.serve.model import TrainingFailed
from gateway.serve.plan import NoBotEnvironment, NotOnLoopback, ServeSettings, make_plan
from gateway.serve.ports import PortBusy
from gateway.serve.progress import Progress
from gateway.serve.supervisor import PartFailed
from gateway.settings import Settings

CANNOT_START = 1
BAD_USAGE = 2


def serve(
    officer_demo: Annotated[
        bool, typer.Option("--officer-demo", help="Demo officers in the console; loopback only.")
    ] = False,
) -> None:
    """Start the bot, the actions and the gateway; restart what crashes; Ctrl-C stops everything."""
    progress = Progress()
    try:
        run.prepare(make_plan(Settings(), ServeSettings(), officer_demo=officer_demo), progress)
        plan = make_plan(
            Settings(), ServeSettings(), officer_demo=officer_demo
        )  # training takes time: look at the ports again
        asyncio.run(run.serve(plan, progress))
    except (PortBusy, NoBotEnvironment, NotOnLoopback) as refusal:
        typer.echo(f"frontdoor serve: {refusal}", err=True)
        raise typer.Exit(BAD_USAGE) from refusal
    except (PartFailed, TrainingFailed) as failure:
        typer.echo(f"frontdoor serve: {failure}", err=True)
        raise typer.Exit(CANNOT_START) from failure


def register(root: typer.Typer) -> None:
    root.command()(serve)
