"""Many at once: a million stored requests replayed, and what each gate of the packs takes from cold."""

from __future__ import annotations

import gc
import json
import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any

from benchmarks.policy.situations import DAY, POLICIES, varied
from policies.engine import Pack, PolicySet
from policies.engine.cases import run_cases
from policies.engine.prove import prove_pack
from policies.engine.replay import AT_ONCE, Moved, Movements, Replay, Stored
from policies.engine.vocabulary import Value

REPLAYED, A_FILE = 1_000_000, 50_000


def replayed(packs: PolicySet, pack: Pack, population: list[dict[str, Value]]) -> list[tuple[str, str]]:
    """A million requests, made a batch at a time so that they need not all be held; only the deciding is timed."""
    chance, replay, different = random.Random(3), Replay(pack, packs.vocabulary), set[int]()
    seconds, moved = 0.0, Movements()
    for start in range(0, REPLAYED, AT_ONCE):
        batch = [Stored(str(start + i), varied(packs, population, chance), DAY) for i in range(AT_ONCE)]
        different.update(hash(frozenset(one.facts.items())) for one in batch)
        seconds += _timed(partial(_counted, replay, batch, moved))
    assert sum(moved.levels.values()) == REPLAYED
    facts = statistics.mean(len(one.facts) for one in batch)
    return [
        (
            f"replay of {REPLAYED:,} stored requests, {len(different):,} of them different, {facts:.0f} facts each; none remembered",
            f"{seconds:.1f} s ({seconds / REPLAYED * 1e6:.0f} µs each)",
        ),
        ("the same, each read from a line of JSON first", f"{_from_a_file_us(replay, batch):.0f} µs each"),
    ]


def _counted(replay: Replay, batch: Sequence[Stored], moved: Movements) -> None:
    for one in replay.over(batch):
        assert isinstance(one, Moved)
        moved.add(one)


def _from_a_file_us(replay: Replay, batch: Sequence[Stored]) -> float:
    """Microseconds a request with JSON lines to read, as `frontdoor policy replay` does."""
    lines = [json.dumps({"id": one.id, "facts": dict(one.facts), "on": one.on.isoformat()}) for one in batch]
    lines = (lines * (A_FILE // len(lines) + 1))[:A_FILE]

    def read() -> Iterator[Stored]:
        for line in lines:
            row = json.loads(line)
            yield Stored(str(row["id"]), row["facts"], date.fromisoformat(row["on"]))

    gc.disable()  # as the command does
    seconds = _timed(lambda: sum(1 for _ in replay.over(read())))
    gc.enable()
    return seconds / A_FILE * 1e6


def gates() -> list[tuple[str, str]]:
    """What each gate adds when the packs are read once: nothing is kept from before, on disk or in memory."""
    packs: list[Pack] = []
    steps: dict[str, Callable[[], object]] = {
        "reading the files of all packs": lambda: packs.extend(PolicySet.load(POLICIES).packs.values()),
        "compiling every edition": lambda: [pack.decider(day) for pack in packs for day, _ in pack.editions()],
        "proving every promise of every edition": lambda: [prove_pack(pack) for pack in packs],
        "every example case, its tables included": lambda: [run_cases(pack) for pack in packs],
    }
    seconds = {name: _timed(step) for name, step in steps.items()}
    *proving, _ = seconds.values()
    return [
        *((name, f"{taken:.2f} s") for name, taken in seconds.items()),
        ("all proofs from cold: reading, compiling, proving", f"{sum(proving):.2f} s"),
        ("all three gates together", f"{sum(seconds.values()):.2f} s"),
    ]


def _timed(action: Callable[[], Any]) -> float:
    began = time.process_time()
    action()
    return time.process_time() - began
