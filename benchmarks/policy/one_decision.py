"""What one decision costs, ours and the peers', on the same situations; first, that all say the same."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from rich.table import Table

from benchmarks.policy.peers import chain_of_ifs, table_rows, zen_decision
from benchmarks.policy.situations import DAY, completed
from policies.engine import Pack, PolicySet
from policies.engine.explain import explain
from policies.engine.vocabulary import Value

Measured = tuple[str, str, list[float]]
"""Who, what they give, and the microseconds of each time they gave it."""


def one_decision(packs: PolicySet, pack: Pack, situations: list[dict[str, Value]]) -> Table:
    """Medians and 95th percentiles, in microseconds."""
    pack.ask({}, on=DAY, audience="family")  # the tables are built when first read
    count = len(table_rows(pack.edition(DAY)))
    title = f"One decision, {len(situations):,} situations, {count} rows, microseconds"
    table = Table(title=title, title_justify="left")
    for column in ("engine", "gives"):
        table.add_column(column)
    for column in ("median", "95 %"):
        table.add_column(column, justify="right")
    for who, what, times in (*_peers(packs, pack, situations), *_ours(packs, pack, situations)):
        ordered = sorted(times)
        table.add_row(who, what, f"{statistics.median(ordered):,.1f}", f"{ordered[int(len(ordered) * 0.95)]:,.1f}")
    return table


def _peers(packs: PolicySet, pack: Pack, situations: list[dict[str, Value]]) -> Iterator[Measured]:
    rules = table_rows(pack.edition(DAY))
    decision, ifs = zen_decision(rules), chain_of_ifs(rules)
    whole = [completed(packs, known) for known in situations]
    for facts in whole:
        said = (pack.decide(facts, on=DAY).level, decision.evaluate(facts)["result"]["level"], ifs(facts))
        assert len(set(said)) == 1, (said, facts)
    yield "chain of ifs", "level", _each_us(ifs, whole)
    yield "zen-engine", "level", _each_us(decision.evaluate, whole)


def _ours(packs: PolicySet, pack: Pack, situations: list[dict[str, Value]]) -> Iterator[Measured]:
    decider, checked = pack.decider(DAY), [packs.vocabulary.checked(known) for known in situations]
    titles = {key: source["title"] for key, source in packs.sources.items()}
    yield "ours, bulk", "level and route, unknown allowed", _each_us(decider.level_and_route, checked)
    gives: dict[str, Callable[[dict[str, Value]], Any]] = {
        "whole indication with reasons": lambda known: pack.decide(known, on=DAY),
        "the same indication, explained in words for staff": lambda known: explain(
            pack.decide(known, on=DAY), "staff", titles
        ),
        "the same indication, and what still matters": lambda known: pack.decide(known, on=DAY).matters,
        "the next questions": lambda known: pack.ask(known, on=DAY, audience="family"),
    }
    for what, give in gives.items():
        yield "ours", what, _each_us(give, situations)


def _each_us(action: Callable[[Any], Any], inputs: Sequence[Any]) -> list[float]:
    found = []
    for one in inputs:
        began = time.process_time()
        action(one)
        found.append((time.process_time() - began) * 1e6)
    return found
