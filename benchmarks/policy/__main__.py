"""Prints both tables: one decision, and in bulk."""

from __future__ import annotations

import random
import sys

from rich.console import Console
from rich.table import Table

from benchmarks.policy.asking import questions_asked
from benchmarks.policy.bulk import gates, replayed
from benchmarks.policy.one_decision import one_decision
from benchmarks.policy.situations import DAY, POLICIES, cases_of, varied
from policies.engine import PolicySet

AUTHORITY = "warwickshire"
SITUATIONS = 1_000
WIDE = 150
"""Columns, where there is no terminal."""


def main() -> int:
    packs = PolicySet.load(POLICIES)
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
