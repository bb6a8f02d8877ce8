"""`frontdoor understand` and `frontdoor eval`: the bot's own Python reads messages, with or without the service running."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Annotated

import typer

ROOT = Path(__file__).resolve().parents[2]
BOT_PYTHON = ROOT / ".venv-bot" / "bin" / "python"


def register(root: typer.Typer) -> None:
    root.command()(understand)
    root.command("eval")(evaluate)


def understand(
    source: Annotated[
        Path, typer.Argument(metavar="IN.jsonl", help='Lines {"id", "text"}.', exists=True, dir_okay=False)
    ],
    target: Annotated[Path, typer.Argument(metavar="OUT.jsonl", help="One line of findings for each.", dir_okay=False)],
) -> None:
    """Read messages: danger, intent, speaker, ages, places, concerns, consent, facts. Exit 1 when a line was bad."""
    raise typer.Exit(_in_bot("bot.text.understand", str(source.resolve()), str(target.resolve())))


def evaluate(
    diet: Annotated[bool, typer.Option(help="Also train stock DIET on the same intents and compare.")] = False,
    picture: Annotated[
        Path | None, typer.Option(help="Write the confusion matrix of intents to this SVG file.")
    ] = None,
) -> None:
    """Measure what the bot understands, on sets it was never trained on."""
    chosen = [*(["--diet"] if diet else []), *(["--picture", str(picture.resolve())] if picture else [])]
    raise typer.Exit(_in_bot("bot.evaluation", *chosen))


def _in_bot(module: str, *arguments: str) -> int:
    if not BOT_PYTHON.exists():
        typer.echo("The bot's environment is missing: run `make setup` first.", err=True)
        return 1
    return subprocess.run([str(BOT_PYTHON), "-m", module, *arguments], cwd=ROOT, check=False).returncode
