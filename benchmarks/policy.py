"""The policy engine measured: one decision, a million replayed, the gates, and asking; against zen-engine and a plain chain of ifs.

All three read the same thresholds of one real pack: zen-engine (compiled Rust) as a decision table whose first matching row
wins, the chain of ifs as generated Python. Both give only a level, for facts that are all known. The engine also gives route,
offer, consent, reasons with clauses, what else is possible, and exact handling of the unknown. Answers are compared first.
Times are processor time of one core, so that a busy machine blurs them less.
"""

from __future__ import annotations

import gc
import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import Any

import zen
from rich.console import Console
from rich.table import Table

from policies.engine import Pack, PolicySet
from policies.engine.cases import read_cases, run_cases
from policies.engine.conditions import All, AtLeast, Between, Condition, Is, Not
from policies.engine.conditions import Any as AnyOf
from policies.engine.editions import Edition
from policies.engine.entries import Threshold
from policies.engine.explain import explain
from policies.engine.prove import prove_pack
from policies.engine.replay import AT_ONCE, Moved, Movements, Replay, Stored
from policies.engine.vocabulary import LEVELS, Value

ROOT = Path(__file__).resolve().parents[1]
DAY = date(2026, 11, 22)
AUTHORITY = "warwickshire"
SITUATIONS = 1_000
WIDE = 150  # columns, where there is no terminal
ASKED = 300  # example cases that are answered question by question
REPLAYED, A_FILE = 1_000_000, 50_000
# Counted by us in a council's published early help and safeguarding referral form (docsbay.net/email-the-completed-form-to, read
# in November 2026): agreement 4, the child 16, one sibling 9, one parent 7. Leicestershire's online form gives a session of 90
# minutes (resources.leicestershire.gov.uk, multi-agency referral form). Forms vary, and nobody measured how long they take.
PAPER_FORM = "36 boxes before the first word about the worry (our count of one published form)"

Facts = dict[str, str | int]
Row = dict[str, frozenset[str] | tuple[int, int]]


# ---- situations -----------------------------------------------------------------------------------------


def cases_of(packs: PolicySet) -> list[dict[str, Value]]:
    return [dict(c.facts) for pack in packs.packs.values() for c in read_cases(pack.text.cases, packs.vocabulary)]


def varied(packs: PolicySet, population: Sequence[dict[str, Value]], chance: random.Random) -> dict[str, Value]:
    """A case of the packs with up to three answers changed."""
    known = dict(chance.choice(population))
    for fact in chance.sample(list(packs.vocabulary.facts.values()), chance.randint(0, 3)):
        known[fact.name] = (
            chance.randint(fact.least, fact.most) if fact.is_number else fact.plain(chance.choice(fact.values))
        )
    return known


def completed(packs: PolicySet, known: dict[str, Value]) -> Facts:
    """Every fact known: what is not said counts as presumed or mildest. The peers cannot do with less."""
    said = packs.vocabulary.checked(known)
    rest = {f.name: f.presumed or f.otherwise or f.mildest for f in packs.vocabulary.facts.values()}
    return {
        name: int(said.get(name, value)) if packs.vocabulary.facts[name].is_number else said.get(name, value)
        for name, value in rest.items()
    }


# ---- the same thresholds for the peers --------------------------------------------------------------------


def rows(condition: Condition, positive: bool, edition: Edition) -> list[Row]:
    """The condition as alternatives, each a row of a decision table."""
    match condition:
        case Not(part):
            return rows(part, not positive, edition)
        case Is(fact, values):
            chosen = values if positive else frozenset(edition.vocabulary.facts[fact].values) - values
            return [{fact: chosen}]
        case Between(fact, least, most):
            assert positive, "no threshold of the pack denies a range"
            return [{fact: (least, most)}]
        case AtLeast(count, parts):
            alternatives = AnyOf(tuple(All(some) for some in combinations(parts, count)))
            return rows(alternatives, positive, edition)
        case All(parts) | AnyOf(parts):
            found = [rows(part, positive, edition) for part in parts]
            return crossed(found) if isinstance(condition, All) is positive else [row for part in found for row in part]
    raise ValueError(f"{condition} is not about facts alone")


def crossed(parts: list[list[Row]]) -> list[Row]:
    """Every way to take one alternative of each part; what contradicts itself falls away."""
    found: list[Row] = [{}]
    for alternatives in parts:
        found = [joined for row in found for other in alternatives if (joined := met(row, other)) is not None]
    return found


def met(one: Row, two: Row) -> Row | None:
    joined = dict(one)
    for fact, wanted in two.items():
        mine = joined.get(fact)
        if isinstance(mine, frozenset) and isinstance(wanted, frozenset):
            joined[fact] = mine & wanted
            if not joined[fact]:
                return None
        elif mine is None:
            joined[fact] = wanted
        else:
            raise ValueError("two ranges of one number in one row")
    return joined


def table_rows(edition: Edition) -> list[tuple[Row, str]]:
    """Highest level first, so that the first matching row is the highest."""
    thresholds = sorted(edition.of(Threshold), key=lambda rule: -LEVELS.index(rule.level))
    return [(row, rule.level) for rule in thresholds for row in rows(edition.holds[rule.name], True, edition)]


def zen_decision(table: list[tuple[Row, str]]) -> Any:
    facts = sorted({fact for row, _ in table for fact in row})
    place = {"x": 0, "y": 0}
    lines = [
        {"_id": str(i), **{fact: zen_cell(row.get(fact)) for fact in facts}, "level": json.dumps(level)}
        for i, (row, level) in enumerate([*table, ({}, LEVELS[0])])
    ]
    content = {
        "hitPolicy": "first",
        "inputs": [{"id": fact, "name": fact, "field": fact} for fact in facts],
        "outputs": [{"id": "level", "name": "level", "field": "level"}],
        "rules": lines,
    }
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in", "position": place},
        {"id": "table", "type": "decisionTableNode", "name": "table", "position": place, "content": content},
        {"id": "out", "type": "outputNode", "name": "out", "position": place},
    ]
    edges = [
        {"id": "1", "sourceId": "in", "targetId": "table", "type": "edge"},
        {"id": "2", "sourceId": "table", "targetId": "out", "type": "edge"},
    ]
    return zen.ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))


def zen_cell(wanted: frozenset[str] | tuple[int, int] | None) -> str:
    if wanted is None:
        return ""
    return (
        f"[{wanted[0]}..{wanted[1]}]" if isinstance(wanted, tuple) else ", ".join(json.dumps(v) for v in sorted(wanted))
    )


def chain_of_ifs(table: list[tuple[Row, str]]) -> Callable[[Facts], str]:
    """A Python function with one `if` a row."""
    lines = ["def level(f):"]
    for row, level in table:
        tests = [
            f"{wanted[0]} <= f[{fact!r}] <= {wanted[1]}"
            if isinstance(wanted, tuple)
            else f"f[{fact!r}] in {set(wanted)!r}"
            for fact, wanted in row.items()
        ]
        lines.append(f"    if {' and '.join(tests) or 'True'}:\n        return {level!r}")
    lines.append(f"    return {LEVELS[0]!r}")
    space: dict[str, Any] = {}
    exec("\n".join(lines), space)
    return space["level"]  # type: ignore[no-any-return]


# ---- measuring --------------------------------------------------------------------------------------------


def each_us(action: Callable[[Any], Any], inputs: Sequence[Any]) -> list[float]:
    found = []
    for one in inputs:
        began = time.process_time()
        action(one)
        found.append((time.process_time() - began) * 1e6)
    return found


def microseconds(name: str, what: str, times: list[float]) -> tuple[str, str, str, str]:
    ordered = sorted(times)
    return name, what, f"{statistics.median(ordered):,.1f}", f"{ordered[int(len(ordered) * 0.95)]:,.1f}"


def one_decision(packs: PolicySet, pack: Pack, situations: list[dict[str, Value]]) -> Table:
    edition = pack.edition(DAY)
    rules = table_rows(edition)
    decision, ifs = zen_decision(rules), chain_of_ifs(rules)
    whole = [completed(packs, known) for known in situations]
    for facts in whole:
        ours = pack.decide(facts, on=DAY).level
        theirs = decision.evaluate(facts)["result"]["level"]
        assert ours == theirs == ifs(facts), (ours, theirs, ifs(facts), facts)
    decider = pack.decider(DAY)
    pack.ask({}, on=DAY, audience="family")  # the tables are built when first read
    table = Table(
        title=f"One decision, {len(situations):,} situations, {len(rules)} rows, microseconds", title_justify="left"
    )
    for column in ("engine", "gives", "median", "95 %"):
        table.add_column(column, justify="left" if column in ("engine", "gives") else "right")
    table.add_row(*microseconds("chain of ifs", "level", each_us(ifs, whole)))
    table.add_row(*microseconds("zen-engine", "level", each_us(decision.evaluate, whole)))
    table.add_row(
        *microseconds(
            "ours, bulk",
            "level and route, unknown allowed",
            each_us(decider.level_and_route, [packs.vocabulary.checked(s) for s in situations]),
        )
    )
    table.add_row(
        *microseconds(
            "ours", "whole indication with reasons", each_us(lambda known: pack.decide(known, on=DAY), situations)
        )
    )
    titles = {key: source["title"] for key, source in packs.sources.items()}
    table.add_row(
        *microseconds(
            "ours",
            "the same, explained in words for staff",
            each_us(lambda known: explain(pack.decide(known, on=DAY), "staff", titles), situations),
        )
    )
    table.add_row(
        *microseconds(
            "ours",
            "the same, and what still matters",
            each_us(lambda known: pack.decide(known, on=DAY).matters, situations),
        )
    )
    table.add_row(
        *microseconds(
            "ours", "the next questions", each_us(lambda known: pack.ask(known, on=DAY, audience="family"), situations)
        )
    )
    return table


def replayed(packs: PolicySet, pack: Pack, population: list[dict[str, Value]]) -> list[tuple[str, str]]:
    """A million requests, made a batch at a time so that they need not all be held; only the deciding is timed."""
    chance, replay, met = random.Random(3), Replay(pack, packs.vocabulary), set[int]()
    seconds, moved = 0.0, Movements()
    for start in range(0, REPLAYED, AT_ONCE):
        batch = [Stored(str(start + i), varied(packs, population, chance), DAY) for i in range(AT_ONCE)]
        met.update(hash(frozenset(one.facts.items())) for one in batch)
        seconds += timed(partial(counted, replay, batch, moved))
    assert sum(moved.levels.values()) == REPLAYED
    facts = statistics.mean(len(one.facts) for one in batch)
    each = seconds / REPLAYED * 1e6
    return [
        (
            f"replay of {REPLAYED:,} stored requests, {len(met):,} of them different, {facts:.0f} facts each; none remembered",
            f"{seconds:.1f} s ({each:.0f} µs each)",
        ),
        *from_a_file(packs, replay, batch),
    ]


def counted(replay: Replay, batch: Sequence[Stored], moved: Movements) -> None:
    for one in replay.over(batch):
        assert isinstance(one, Moved)
        moved.add(one)


def from_a_file(packs: PolicySet, replay: Replay, batch: Sequence[Stored]) -> list[tuple[str, str]]:
    """The same with JSON lines to read, as `frontdoor policy replay` does."""
    lines = [json.dumps({"id": one.id, "facts": dict(one.facts), "on": one.on.isoformat()}) for one in batch]
    lines = (lines * (A_FILE // len(lines) + 1))[:A_FILE]

    def read() -> Iterator[Stored]:
        for line in lines:
            row = json.loads(line)
            yield Stored(str(row["id"]), row["facts"], date.fromisoformat(row["on"]))

    gc.disable()  # as the command does
    seconds = timed(lambda: sum(1 for _ in replay.over(read())))
    gc.enable()
    return [("the same, each read from a line of JSON first", f"{seconds / A_FILE * 1e6:.0f} µs each")]


def timed(action: Callable[[], Any]) -> float:
    began = time.process_time()
    action()
    return time.process_time() - began


def gates() -> list[tuple[str, str]]:
    """What each gate adds when the packs are read once: nothing is kept from before, on disk or in memory."""
    packs: list[Pack] = []
    steps: dict[str, Callable[[], object]] = {
        "reading the files of all packs": lambda: packs.extend(PolicySet.load(ROOT / "policies").packs.values()),
        "compiling every edition": lambda: [pack.decider(day) for pack in packs for day, _ in pack.editions()],
        "proving every promise of every edition": lambda: [prove_pack(pack) for pack in packs],
        "every example case, its tables included": lambda: [run_cases(pack) for pack in packs],
    }
    seconds = {name: timed(step) for name, step in steps.items()}
    *proving, _ = seconds.values()
    return [
        *((name, f"{taken:.2f} s") for name, taken in seconds.items()),
        ("all proofs from cold: reading, compiling, proving", f"{sum(proving):.2f} s"),
        ("all three gates together", f"{sum(seconds.values()):.2f} s"),
    ]


def questions_asked(packs: PolicySet) -> list[tuple[str, str]]:
    """How many policy questions a case needs when it is answered question by question, by audience."""
    counts: dict[str, list[int]] = {}
    cases = [(pack, case) for pack in packs.packs.values() for case in read_cases(pack.text.cases, packs.vocabulary)]
    for pack, case in random.Random(5).sample(cases, min(ASKED, len(cases))):
        if case.expected is not None:
            counts.setdefault(case.audience, []).append(asked(pack, dict(case.facts), case.on, case.audience))
    return [
        (
            f"policy questions for an example case ({audience})",
            f"median {statistics.median(found):.0f}, most {max(found)}, of {len(found):,} cases",
        )
        for audience, found in sorted(counts.items())
    ] + [("a paper referral form", PAPER_FORM)]


def asked(pack: Pack, answers: dict[str, Value], on: date, audience: str) -> int:
    known: dict[str, Value] = {}
    never: set[str] = set()
    count = 0
    while questions := pack.ask(known, on=on, audience=audience, never=never):
        count += 1
        for fact in pack.vocabulary.questions[questions[0]].settles:
            if fact in answers:
                known[fact] = answers[fact]
            else:
                never.add(fact)
    return count


def main() -> int:
    packs = PolicySet.load(ROOT / "policies")
    pack = packs.for_authority(AUTHORITY, on=DAY)
    population = cases_of(packs)
    chance = random.Random(1)
    situations = [varied(packs, population, chance) for _ in range(SITUATIONS)]
    console = Console(width=None if sys.stdout.isatty() else WIDE)
    console.print(one_decision(packs, pack, situations))
    table = Table(title=f"In bulk, one core ({pack.full_name})", title_justify="left", show_header=False)
    for row in (*replayed(packs, pack, population), *gates(), *questions_asked(packs)):
        table.add_row(*row)
    console.print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
