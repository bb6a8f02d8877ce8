"""`frontdoor export REQUEST --format json/pdf/cin-csv`: one request, as it leaves the house."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from gateway.exports import FORMATS
from gateway.settings import Settings
from gateway.wiring import SystemClock
from records.bootstrap import unit_of_work_factory
from triage.ports import AuditEvent


def register(root: typer.Typer) -> None:
    root.command()(export)


def export(
    request: Annotated[str, typer.Argument(help="The reference or the id of a request.")],
    format: Annotated[str, typer.Option("--format", help="json, pdf or cin-csv.")] = "json",
    out: Annotated[Path | None, typer.Option("--out", help="A file; without it, to standard output.")] = None,
) -> None:
    """Write one request in a form that a case-management system can take in. It is an audit event."""
    fmt = FORMATS.get(format)
    if fmt is None:
        typer.echo(f"There is no format {format!r}. Choose one of: {', '.join(FORMATS)}.", err=True)
        raise typer.Exit(2)
    with unit_of_work_factory(Settings().database)() as unit:
        found = unit.requests.by_reference(request) or unit.requests.get(request)
        if found is None:
            typer.echo(f"There is no request {request!r}.", err=True)
            raise typer.Exit(1)
        messages = list(unit.conversations.messages(found.conversation_id))
        subject = f"request:{found.id}"
        unit.audit(AuditEvent(SystemClock().now(), "command", "request.exported", subject, fmt.name))
        unit.commit()
    content = fmt.make(found, messages)
    if out is None:
        sys.stdout.buffer.write(content)
    else:
        out.write_bytes(content)
