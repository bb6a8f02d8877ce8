"""`frontdoor policy`: the gates of the packs, and the engine at a terminal."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.table import Table

from gateway.words import filled, numbers_of
from policies.engine import NoPackInForce, NotAFact, Pack, PackError, PolicySet

ROOT = Path(__file__).resolve().parents[2]
FOUND_PROBLEMS, BAD_USAGE = 1, 2
WIDE = 160  # columns

app = typer.Typer(
    no_args_is_help=True, help="Thresholds, consent and routing: check, prove, decide, explain, compare, replay."
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
DEFAULT_FOLDER = ROOT / "policies"


# ---- helpers ----------------------------------------------------------------------------------------


def _fail(text: str, code: int) -> NoReturn:
    typer.echo(f"frontdoor policy: {text}", err=True)
    raise typer.Exit(code)


def _load(folder: Path) -> PolicySet:
    try:
        return PolicySet.load(folder)
    except PackError as error:
        _fail(f"malformed: {error}", FOUND_PROBLEMS)


def _chosen(packs: PolicySet, name: str | None) -> list[Pack]:
    found = [pack for pack in packs.packs.values() if name is None or name in (pack.name, pack.full_name)]
    if not found:
        _fail(f'no pack "{name}"; there are {", ".join(sorted(packs.packs))}', BAD_USAGE)
    return found


def _pack(packs: PolicySet, name: str, on: date) -> Pack:
    try:
        return packs.named(name) if "@" in name else packs.for_authority(name, on=on)
    except NoPackInForce as error:
        _fail(str(error), BAD_USAGE)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        _fail(f'"{text}" is not a day such as 2026-11-22', BAD_USAGE)


def _facts(file: Path) -> dict[str, Any]:
    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
        facts = json.loads(text)
    except (OSError, ValueError) as error:
        _fail(f"{file}: {error}", BAD_USAGE)
    if not isinstance(facts, dict):
        _fail(f'{file}: expected facts, such as {{"physical_harm": true}}', BAD_USAGE)
    return {str(name): value for name, value in facts.items()}


def _deciding(action: Callable[[], Any]) -> Any:
    """Run a decision; what the caller got wrong is bad usage, not a traceback."""
    try:
        return action()
    except (NotAFact, NoPackInForce) as error:
        _fail(str(error), BAD_USAGE)


def _print_json(data: Any) -> None:
    typer.echo(json.dumps(data, indent=2, ensure_ascii=False))


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left")
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _screen() -> Console:
    """A file or a pipe has no width of its own: a table in it is not squeezed into that of a small terminal."""
    return Console(width=None if sys.stdout.isatty() else WIDE)


def _with_numbers(data: Any, authority: str) -> Any:
    """The same data with `{number_…}` replaced by the numbers of the signed list, wherever words hold one."""
    numbers = numbers_of(authority)

    def fill(part: Any) -> Any:
        if isinstance(part, str):
            return filled(part, numbers)
        if isinstance(part, dict):
            return {name: fill(value) for name, value in part.items()}
        return [fill(value) for value in part] if isinstance(part, list) else part

    return fill(data)


# ---- the three gates --------------------------------------------------------------------------------


@app.command()
def check(pack: OnlyPack = None, folder: Folder = DEFAULT_FOLDER, as_json: AsJson = False) -> None:
    """Are the packs well formed? Every file, name, date, citation and value."""
    packs = _load(folder)
    try:
        rows = [_check_row(one) for one in _chosen(packs, pack)]
    except PackError as error:
        _fail(f"malformed: {error}", FOUND_PROBLEMS)
    if as_json:
        _print_json(rows)
        return
    table = _table("Packs", *rows[0])
    for row in rows:
        table.add_row(*(str(value) for value in row.values()))
    _screen().print(table)


def _check_row(pack: Pack) -> dict[str, Any]:
    from policies.engine.cases import read_cases

    text = pack.text
    return {
        "pack": pack.full_name,
        "in force from": text.in_force_from.isoformat(),
        "review by": text.review_by.isoformat(),
        "extends": text.extends[0] if text.extends else "",
        "own rules": len(text.entries),
        "editions": len(pack.editions()),
        "clocks": len(text.clocks),
        "capacity figures": len(text.capacity),
        "notes": len(text.notes),
        "cases": len(read_cases(text.cases, pack.vocabulary)),
    }


@app.command()
def cases(pack: OnlyPack = None, folder: Folder = DEFAULT_FOLDER, as_json: AsJson = False) -> None:
    """Do the example cases come out as they were signed?"""
    from policies.engine.cases import run_cases

    packs = _load(folder)
    try:
        results = {one.full_name: run_cases(one) for one in _chosen(packs, pack)}
    except PackError as error:
        _fail(f"malformed: {error}", FOUND_PROBLEMS)
    failed = [str(failure) for _, failures in results.values() for failure in failures]
    if as_json:
        _print_json({"cases": {name: count for name, (count, _) in results.items()}, "failed": failed})
    else:
        table = _table("Example cases", "pack", "cases", "failed")
        for name, (count, failures) in results.items():
            table.add_row(name, str(count), str(len(failures)))
        _screen().print(table)
        for line in failed:
            typer.echo(line)
    raise typer.Exit(FOUND_PROBLEMS if failed else 0)


@app.command()
def prove(pack: OnlyPack = None, folder: Folder = DEFAULT_FOLDER, as_json: AsJson = False) -> None:
    """Does every promise hold in every situation?"""
    from policies.engine.prove import PROMISES, prove_pack

    packs = _load(folder)
    try:
        broken = {one.full_name: prove_pack(one) for one in _chosen(packs, pack)}
    except PackError as error:
        _fail(f"malformed: {error}", FOUND_PROBLEMS)
    failures = [failure for found in broken.values() for failure in found]
    if as_json:
        _print_json(
            [{"pack": f.pack, "promise": f.promise, "what": f.what, "situation": f.situation} for f in failures]
        )
    else:
        table = _table(f"Proofs: {len(PROMISES)} promises of each edition", "pack", "editions", "broken")
        for name, found in broken.items():
            table.add_row(name, str(len(packs.named(name).editions())), str(len(found)))
        _screen().print(table)
        for failure in failures:
            typer.echo(f"{failure}\n{failure.as_case()}")
    raise typer.Exit(FOUND_PROBLEMS if failures else 0)


# ---- decide and explain -----------------------------------------------------------------------------


@app.command()
def decide(
    facts: FactsFile,
    pack: OnePack,
    on: OnDay,
    audience: Annotated[
        str, typer.Option(help="Who answers: family, young_person, public or professional.")
    ] = "family",
    as_case: Annotated[
        str | None, typer.Option("--as-case", help="Print an example case of this name instead, ready to paste.")
    ] = None,
    folder: Folder = DEFAULT_FOLDER,
) -> None:
    """The indication as JSON: level, could_be, route, offer, consent outcome, reasons, next questions, clocks."""
    from policies.engine.cases import as_case as case_text

    day, known = _day(on), _facts(facts)
    one = _pack(_load(folder), pack, day)
    if as_case:
        typer.echo(_deciding(lambda: case_text(one, as_case, known, day, audience)), nl=False)
        return
    indication = _deciding(lambda: one.decide(known, on=day))
    said = _with_numbers(indication.as_data(), one.name)
    _print_json({**said, "next_questions": one.ask(known, on=day, audience=audience)})


@app.command()
def explain(
    facts: FactsFile,
    pack: OnePack,
    on: OnDay,
    reader: Annotated[str, typer.Option("--for", help="family or staff.")] = "staff",
    folder: Folder = DEFAULT_FOLDER,
) -> None:
    """The same in plain English."""
    from policies.engine.explain import explain as explained

    if reader not in ("family", "staff"):
        _fail(f'--for is family or staff, not "{reader}"', BAD_USAGE)
    day, known = _day(on), _facts(facts)
    packs = _load(folder)
    one = _pack(packs, pack, day)
    indication = _deciding(lambda: one.decide(known, on=day))
    titles = {key: source["title"] for key, source in packs.sources.items()}
    for line in _with_numbers(explained(indication, reader, titles), one.name):
        typer.echo(line)


@app.command()
def why(
    fact: Annotated[str, typer.Argument(help="The fact that is asked for.")],
    facts: FactsFile,
    pack: OnePack,
    on: OnDay,
    folder: Folder = DEFAULT_FOLDER,
) -> None:
    """Why a fact matters: two situations that differ only in it, with different results."""
    from policies.engine.witness import witness

    day, known = _day(on), _facts(facts)
    one = _pack(_load(folder), pack, day)
    found = _deciding(lambda: witness(one, known, fact, on=day))
    if found is None:
        typer.echo(f"{fact} cannot change the result any more.")
        return
    _print_json(found.as_data())


# ---- compare and replay -----------------------------------------------------------------------------


@app.command()
def compare(
    one: Annotated[str, typer.Argument(help="PACK@VERSION")],
    two: Annotated[str, typer.Argument(help="PACK@VERSION")],
    on: Annotated[
        str | None, typer.Option("--on", help="The day on which both are read; without it, each on its first day.")
    ] = None,
    as_table: Annotated[bool, typer.Option("--table", help="Print a table instead of example cases.")] = False,
    folder: Folder = DEFAULT_FOLDER,
    as_json: AsJson = False,
) -> None:
    """The situations in which two versions differ: one example case, as the second decides it, of every kind of change."""
    from policies.engine.cases import as_case
    from policies.engine.compare import compare as compared

    packs = _load(folder)
    try:
        a, b = packs.named(one), packs.named(two)
        day = _day(on) if on else b.text.in_force_from
        changes = compared(a.decider(_day(on) if on else a.text.in_force_from), b.decider(day))
    except NoPackInForce as error:
        _fail(str(error), BAD_USAGE)
    if as_json:
        _print_json([{"of": c.of, "before": c.before, "after": c.after, "facts": c.situation} for c in changes])
    elif as_table:
        _print_changes(f"{one} → {two}", changes)
    else:
        typer.echo(f"# {one} → {two}: {len(changes)} kinds of change\ncases:")
        for change in changes:
            name = f"The {change.of} {change.before} becomes {change.after}"
            typer.echo(as_case(b, name, change.situation, day, "professional"), nl=False)


def _print_changes(title: str, changes: list[Any]) -> None:
    table = _table(title, "of", "before", "after", "for example")
    for change in changes:
        example = ", ".join(f"{name}: {_shown(value)}" for name, value in change.situation.items())
        table.add_row(change.of, change.before, change.after, example)
    _screen().print(table)


def _shown(value: Any) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


@app.command()
def replay(
    requests: Annotated[Path, typer.Argument(help="JSON lines: id, facts, on, and the level and route recorded then.")],
    pack: OnePack,
    out: Annotated[Path | None, typer.Option(help="Also write one decision a line to this file.")] = None,
    folder: Folder = DEFAULT_FOLDER,
    as_json: AsJson = False,
) -> None:
    """What stored requests would come to under another version: a from/to table."""
    from policies.engine.replay import Movements, Replay

    packs = _load(folder)
    one = packs.named(pack) if pack in packs.packs else _chosen(packs, pack)[-1]
    movements, bad = Movements(), 0
    replaying = Replay(one, packs.vocabulary)
    writer = out.open("w", encoding="utf-8") if out else None
    for number, stored in _stored(requests):
        try:
            moved = next(replaying.over([stored])) if stored else None
        except (NotAFact, NoPackInForce) as error:
            typer.echo(f"{requests}:{number}: {error}", err=True)
            moved = None
        if moved is None:
            bad += 1
            continue
        movements.add(moved)
        if writer:
            writer.write(
                json.dumps(
                    {"id": moved.stored.id, "level": moved.level, "route": moved.route, "differs": moved.differs}
                )
                + "\n"
            )
    if writer:
        writer.close()
    _print_movements(one.full_name, movements, as_json)
    raise typer.Exit(FOUND_PROBLEMS if bad else 0)


def _stored(file: Path) -> Iterator[tuple[int, Any]]:
    from policies.engine.replay import Stored

    try:
        stream = file.open(encoding="utf-8")
    except OSError as error:
        _fail(f"{file}: {error.strerror}", BAD_USAGE)
    with stream:
        for number, line in enumerate(stream, 1):
            try:
                row = json.loads(line)
                yield (
                    number,
                    Stored(
                        str(row["id"]),
                        row["facts"],
                        date.fromisoformat(row["on"]),
                        row.get("level", ""),
                        row.get("route", ""),
                    ),
                )
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                typer.echo(f"{file}:{number}: not a stored request ({error!r})", err=True)
                yield number, None


def _print_movements(name: str, movements: Any, as_json: bool) -> None:
    sections = {"level": movements.levels, "route": movements.routes}
    if as_json:
        _print_json(
            {
                of: [{"from": a, "to": b, "requests": n} for (a, b), n in sorted(counts.items())]
                for of, counts in sections.items()
            }
        )
        return
    for of, counts in sections.items():
        table = _table(f"{of}: recorded → {name}", "from", "to", "requests")
        for (before, after), count in sorted(counts.items()):
            table.add_row(before or "(not recorded)", after, f"{count:,}")
        _screen().print(table)


# ---- generated pages --------------------------------------------------------------------------------


@app.command()
def reference(
    fresh: Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 when a page is stale.")] = False,
    docs: Annotated[Path, typer.Option(help="The documentation folder.")] = ROOT / "docs" / "reference",
    folder: Folder = DEFAULT_FOLDER,
) -> None:
    """Write the reference page of every pack, with its picture."""
    from policies.engine.reference import pages

    _write(pages(_load(folder)), docs, fresh)


@app.command()
def coverage(
    fresh: Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 when the page is stale.")] = False,
    docs: Annotated[Path, typer.Option(help="The documentation folder.")] = ROOT / "docs" / "reference",
    folder: Folder = DEFAULT_FOLDER,
) -> None:
    """Write the page that accounts for every rule of the source documents."""
    from policies.engine.coverage import page

    packs = _load(folder)
    try:
        _write({Path("coverage.md"): page(folder / "coverage.yml", packs)}, docs, fresh)
    except PackError as error:
        _fail(f"malformed: {error}", FOUND_PROBLEMS)


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
