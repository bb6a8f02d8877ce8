"""One situation: what comes of it, in plain English, and why a fact is worth asking."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import typer

from gateway.commands.policy.shared import (
    DEFAULT_FOLDER,
    FactsFile,
    Folder,
    OnDay,
    OnePack,
    app,
    bad_usage,
    day,
    deciding,
    facts_of,
    load,
    pack_on,
    print_json,
)
from gateway.words import filled, numbers_of
from policies.engine import Pack
from policies.engine.vocabulary import AUDIENCES, Known

READERS = ("family", "staff")


def with_numbers(data: Any, authority: str) -> Any:
    """The same data with `{number_…}` replaced by the numbers of the signed list, wherever words hold one."""
    numbers = numbers_of(authority)

    def fill(part: Any) -> Any:
        if isinstance(part, str):
            return filled(part, numbers)
        if isinstance(part, dict):
            return {name: fill(value) for name, value in part.items()}
        return [fill(value) for value in part] if isinstance(part, list) else part

    return fill(data)


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
    witness: Annotated[
        bool, typer.Option("--witness", help="With each next question, two situations that show what it can change.")
    ] = False,
    folder: Folder = DEFAULT_FOLDER,
) -> None:
    """The indication as JSON: level, could_be, route, offer, consent outcome, reasons, next questions, clocks."""
    from policies.engine.cases import as_case as case_text

    if audience not in AUDIENCES:
        bad_usage(f'--audience is {", ".join(AUDIENCES)}, not "{audience}"')
    known, on_day = facts_of(facts), day(on)
    one = pack_on(load(folder), pack, on_day)
    if as_case:
        typer.echo(deciding(lambda: case_text(one, as_case, known, on_day, audience)), nl=False)
        return
    said = deciding(lambda: one.decide(known, on=on_day)).as_data()
    questions = one.ask(known, on=on_day, audience=audience)
    shown = {**with_numbers(said, one.name), "next_questions": questions}
    print_json(shown | ({"witnesses": _witnesses(one, known, questions, on_day)} if witness else {}))


def _witnesses(pack: Pack, known: Known, questions: list[str], on: date) -> list[dict[str, Any]]:
    from policies.engine.witness import witnesses

    return [{"question": question, **found.as_data()} for question, found in witnesses(pack, known, questions, on=on)]


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

    if reader not in READERS:
        bad_usage(f'--for is family or staff, not "{reader}"')
    known, on_day = facts_of(facts), day(on)
    packs = load(folder)
    one = pack_on(packs, pack, on_day)
    indication = deciding(lambda: one.decide(known, on=on_day))
    titles = {key: source["title"] for key, source in packs.sources.items()}
    for line in with_numbers(explained(indication, reader, titles), one.name):
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

    known, on_day = facts_of(facts), day(on)
    one = pack_on(load(folder), pack, on_day)
    found = deciding(lambda: witness(one, known, fact, on=on_day))
    if found is None:
        typer.echo(f"{fact} cannot change the result any more.")
        return
    print_json(found.as_data())
