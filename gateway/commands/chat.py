"""`frontdoor chat`: hold the conversation in a terminal, or line by line from a file or a program."""

from __future__ import annotations

import json
import sys
from typing import Annotated, Any

import httpx2
import typer

from gateway.terminal.caller import Caller, Refused, begin
from gateway.terminal.lines import body_of, shown, standing

TIMEOUT_S = 90.0  # longer than the gateway itself waits for the bot


def register(root: typer.Typer) -> None:
    root.command()(chat)


def chat(
    url: Annotated[
        str, typer.Option(help="Where the gateway listens.", envvar="FRONTDOOR_URL")
    ] = "http://127.0.0.1:8080",
    audience: Annotated[str, typer.Option(help="family, young_person or professional.")] = "family",
    authority: Annotated[str | None, typer.Option(help="Whose front door; default: the gateway's own.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print each turn as one line of JSON.")] = False,
) -> None:
    """Talk with the front door. Each line is one message; a number picks an answer; Ctrl-D ends.

    Lines may also come from a pipe. A line of JSON ({"choice": "yes"}) is sent as it stands.
    """
    try:
        with httpx2.Client(base_url=url, timeout=TIMEOUT_S) as http:
            caller, turn = begin(http, audience, authority)
            _hold(caller, turn, as_json)
    except httpx2.TransportError:
        typer.echo(f"Nothing answers at {url}. Start it with `make run` or `frontdoor serve`.", err=True)
        raise typer.Exit(1) from None
    except Refused as refused:
        typer.echo(str(refused), err=True)
        raise typer.Exit(1) from None


def _hold(caller: Caller, turn: dict[str, Any], as_json: bool) -> None:
    """Until the input ends. A refused message is said, and the conversation goes on."""
    refused = False
    _print(turn, as_json)
    while (line := _read()) is not None:
        if not line:
            continue
        try:
            turn = caller.send(body_of(line, turn))
            _print(turn, as_json)
        except Refused as problem:
            refused = True
            typer.echo(str(problem), err=True)
    if refused and not sys.stdin.isatty():
        raise typer.Exit(1)


def _read() -> str | None:
    if sys.stdin.isatty():
        typer.echo("\n> ", nl=False)
    line = sys.stdin.readline()
    return line.strip() if line else None


def _print(turn: dict[str, Any], as_json: bool) -> None:
    if as_json:
        # the token stays here: whoever reads the output must not be able to speak as the person
        typer.echo(json.dumps({k: v for k, v in turn.items() if k != "token"}, ensure_ascii=False))
    else:
        typer.echo("\n".join(shown(turn)))
        if known := standing(turn):
            typer.echo(f"[{known}]")
    sys.stdout.flush()
