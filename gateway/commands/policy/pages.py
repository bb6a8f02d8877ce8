"""Pages that are written from the packs."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from gateway.commands.policy.shared import DEFAULT_FOLDER, FOUND_PROBLEMS, ROOT, Folder, app, load, reading

OnlyCheck = Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 when a page is stale.")]
Docs = Annotated[Path, typer.Option(help="The documentation folder.")]
REFERENCE = ROOT / "docs" / "reference"


@app.command()
def reference(only_check: OnlyCheck = False, docs: Docs = REFERENCE, folder: Folder = DEFAULT_FOLDER) -> None:
    """Write the reference page of every pack, with its picture."""
    from policies.engine.reference import pages

    packs = load(folder)
    _write(reading(lambda: pages(packs)), docs, only_check)


@app.command()
def coverage(only_check: OnlyCheck = False, docs: Docs = REFERENCE, folder: Folder = DEFAULT_FOLDER) -> None:
    """Write the page that accounts for every rule of the source documents."""
    from policies.engine.coverage import page

    packs = load(folder)
    text = reading(lambda: page(folder / "coverage.yml", packs))
    _write({Path("coverage.md"): text}, docs, only_check)


def _write(texts: dict[Path, str], docs: Path, only_check: bool) -> None:
    stale = [
        name
        for name, text in texts.items()
        if not (docs / name).exists() or (docs / name).read_text(encoding="utf-8") != text
    ]
    for name in stale:
        if only_check:
            typer.echo(f"stale: {os.path.relpath(docs / name)}", err=True)
        else:
            (docs / name).parent.mkdir(parents=True, exist_ok=True)
            (docs / name).write_text(texts[name], encoding="utf-8")
    typer.echo(f"{len(texts)} pages, {len(stale)} {'stale' if only_check else 'written'}")
    raise typer.Exit(FOUND_PROBLEMS if stale and only_check else 0)
