"""Stored requests in bulk: what they would come to under a version, and from what to what they would move."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer

from gateway.commands.policy.shared import (
    DEFAULT_FOLDER,
    FOUND_PROBLEMS,
    AsJson,
    Folder,
    OnePack,
    app,
    bad_usage,
    chosen,
    load,
    print_json,
    reading,
    screen,
    table,
)
from policies.engine.replay import Moved, Movements, Refused, Replay, Stored

EXPECTED = '{"id": "1", "facts": {…}, "on": "2026-11-22", "level": "…", "route": "…"}'


@app.command()
def replay(
    requests: Annotated[Path, typer.Argument(help="JSON lines: id, facts, on, and the level and route recorded then.")],
    pack: OnePack,
    out: Annotated[Path | None, typer.Option(help="Also write one decision a line to this file.")] = None,
    folder: Folder = DEFAULT_FOLDER,
    as_json: AsJson = False,
) -> None:
    """What stored requests would come to under another version: a from/to table."""
    packs = load(folder)
    one = chosen(packs, pack)[-1]
    movements, bad = Movements(), _Bad(requests)
    with ExitStack() as files:
        files.enter_context(_uncollected())
        lines = files.enter_context(_opened(requests, "r"))
        writer = files.enter_context(_opened(out, "w")) if out else None
        moved = Replay(one, packs.vocabulary).over(_stored(lines, bad))
        reading(lambda: _sorted_out(moved, movements, bad, writer))
    _print_movements(one.full_name, movements, as_json)
    raise typer.Exit(FOUND_PROBLEMS if bad.count else 0)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Nothing here makes circles of objects, and the collector would walk through every request again and again."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _sorted_out(moved: Iterable[Moved | Refused], movements: Movements, bad: _Bad, writer: TextIO | None) -> None:
    for one in moved:
        if isinstance(one, Refused):
            bad.add(one.stored.id, one.why)
            continue
        movements.add(one)
        if writer:
            writer.write(_line(one))


class _Bad:
    """What is wrong with a request is said at once; the rest goes on."""

    def __init__(self, file: Path) -> None:
        self.file, self.count = file, 0

    def add(self, where: str, what: object) -> None:
        self.count += 1
        typer.echo(f"{self.file}:{where}: {what}", err=True)


def _opened(file: Path, mode: str) -> TextIO:
    try:
        return file.open(mode, encoding="utf-8")  # type: ignore[return-value]  # both modes are text
    except OSError as error:
        bad_usage(f"{file}: {error.strerror}")


def _stored(lines: TextIO, bad: _Bad) -> Iterator[Stored]:
    """Every line that is a request. The first line of a file is 1."""
    number = 0
    try:
        for number, line in enumerate(lines, 1):
            stored = _request(line)
            if stored is None:
                bad.add(str(number), f"not a stored request; expected {EXPECTED}")
            else:
                yield stored
    except UnicodeDecodeError as error:
        bad.add(str(number + 1), f"not UTF-8 ({error.reason}); nothing after it was read")


def _request(line: str) -> Stored | None:
    try:
        row = json.loads(line)
        facts = row["facts"] if isinstance(row["facts"], dict) else None
        on = date.fromisoformat(row["on"])
        level, route = row.get("level") or "", row.get("route") or ""
        return None if facts is None else Stored(str(row["id"]), facts, on, str(level), str(route))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _line(moved: Moved) -> str:
    said = {"id": moved.stored.id, "level": moved.level, "route": moved.route, "differs": moved.differs}
    return json.dumps(said) + "\n"


def _print_movements(name: str, movements: Movements, as_json: bool) -> None:
    sections = {"level": movements.levels, "route": movements.routes}
    if as_json:
        print_json({of: _rows(counts) for of, counts in sections.items()})
        return
    for of, counts in sections.items():
        shown = table(f"{of}: recorded → {name}", "from", "to", "requests")
        for (before, after), count in sorted(counts.items()):
            shown.add_row(before or "(not recorded)", after, f"{count:,}")
        screen().print(shown)


def _rows(counts: Any) -> list[dict[str, Any]]:
    return [{"from": before, "to": after, "requests": count} for (before, after), count in sorted(counts.items())]
