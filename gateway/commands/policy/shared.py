"""What the commands have in common: their options, what they load, and how they end when something is wrong."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, NoReturn, TypeVar

import typer
from rich.console import Console
from rich.table import Table

from policies.engine import NoPackInForce, NotAFact, Pack, PackError, PolicySet

T = TypeVar("T")
ROOT = Path(__file__).resolve().parents[3]
DEFAULT_FOLDER = ROOT / "policies"
FOUND_PROBLEMS, BAD_USAGE = 1, 2
WIDE = 160  # columns

app = typer.Typer(
    no_args_is_help=True, help="Thresholds, consent and routing: check, prove, decide, explain, compare, replay, sign."
)

Folder = Annotated[
    Path,
    typer.Option("--folder", help="The folder with facts.yml, sources/ and packs/.", envvar="FRONTDOOR_POLICIES_DIR"),
]
OnlyPack = Annotated[
    str | None, typer.Option("--pack", help="One pack (warwickshire) or one version (warwickshire@2018.1).")
]
OnePack = Annotated[str, typer.Option("--pack", help="A pack (warwickshire) or a version (warwickshire@2018.1).")]
OnDay = Annotated[str, typer.Option("--on", help="The day, such as 2026-11-22. Never defaulted.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
FactsFile = Annotated[
    Path, typer.Argument(help='JSON of known facts, {"physical_harm": true}; - reads standard input.')
]

# ---- ends -------------------------------------------------------------------------------------------


def fail(text: str, code: int) -> NoReturn:
    typer.echo(f"frontdoor policy: {text}", err=True)
    raise typer.Exit(code)


def bad_usage(text: str) -> NoReturn:
    fail(text, BAD_USAGE)


def reading(action: Callable[[], T]) -> T:
    """Read or join packs; one that is malformed is a problem found, not a traceback."""
    try:
        return action()
    except PackError as error:
        fail(f"malformed: {error}", FOUND_PROBLEMS)


def deciding(action: Callable[[], T]) -> T:
    """Run a decision; what the caller got wrong is bad usage, not a traceback."""
    try:
        return reading(action)
    except NotAFact as error:
        bad_usage(f"{error}. The facts and their values stand in policies/facts.yml")
    except NoPackInForce as error:
        bad_usage(str(error))


# ---- what is named on the command line --------------------------------------------------------------


def load(folder: Path) -> PolicySet:
    if not (folder / "facts.yml").is_file():
        bad_usage(f"{folder} has no facts.yml: --folder takes the folder that holds facts.yml, sources/ and packs/")
    return reading(lambda: PolicySet.load(folder))


def chosen(packs: PolicySet, name: str | None) -> list[Pack]:
    """All versions, those of one pack, or one version."""
    found = [pack for pack in packs.packs.values() if name is None or name in (pack.name, pack.full_name)]
    return found or bad_usage(f'no pack "{name}"; there are {", ".join(sorted(packs.packs))}')


def version(packs: PolicySet, name: str) -> Pack:
    """One version by its full name; a pack's name alone will not do where what is meant has to be certain."""
    if "@" not in name and any(pack.name == name for pack in packs.packs.values()):
        versions = ", ".join(pack.full_name for pack in chosen(packs, name))
        bad_usage(f'"{name}" is a pack; name the version as well: {versions}')
    return chosen(packs, name)[0]


def pack_on(packs: PolicySet, name: str, on: date) -> Pack:
    """The version that is named, or the one of the pack that is in force on the day."""
    chosen(packs, name)
    return deciding(lambda: packs.named(name) if "@" in name else packs.for_authority(name, on=on))


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        bad_usage(f'"{text}" is not a day; write it as 2026-11-22')


def facts_of(file: Path) -> Mapping[str, Any]:
    facts = _json(file)
    if not isinstance(facts, dict):
        bad_usage(f'{file}: found {type(facts).__name__}; expected facts, such as {{"physical_harm": true}}')
    return facts


def _json(file: Path) -> Any:
    try:
        return json.loads(sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8"))
    except OSError as error:
        bad_usage(f"{file}: {error.strerror}; give a file of facts as JSON, or - to read standard input")
    except (ValueError, RecursionError) as error:
        bad_usage(f'{file}: not JSON ({error}); expected facts, such as {{"physical_harm": true}}')


# ---- printing ---------------------------------------------------------------------------------------


def print_json(data: Any) -> None:
    typer.echo(json.dumps(data, indent=2, ensure_ascii=False))


def table(title: str, *columns: str) -> Table:
    found = Table(title=title, title_justify="left")
    for column in columns:
        found.add_column(column, overflow="fold")
    return found


def screen() -> Console:
    """A file or a pipe has no width of its own: a table in it is not squeezed into that of a small terminal."""
    return Console(width=None if sys.stdout.isatty() else WIDE)
