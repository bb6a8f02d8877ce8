"""Queue and request page at 5,000 open requests: `python -m benchmarks.console [DATABASE_URL]`.

Over HTTP, one client, server and client in one process (so the real server alone is a little faster).
"""

from __future__ import annotations

import asyncio
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import Any

from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import insert, select

from benchmarks.desk_kit import NOW, Browser, a_request, gateway_with, keep, make_console
from gateway.console.services import Console
from records.bootstrap import unit_of_work_factory
from records.desk_tables import alarms
from records.tables import consents, conversations, facts, messages, proposals, requests
from triage.desk import urgency
from triage.request import Level

REQUESTS = 5_000
ROUNDS = 5
PAGES = 40
LIMIT_MS = 150.0
"""At the 95th percentile: what an officer still feels as at once."""
BUSY = 1.2
"""Processes that want each processor, from which the clock measures the machine and not the page."""
OWN_IDS = ("id", "conversation_id", "request_id", "message_id")
"""Columns by which the rows of one request hang together."""


def fill(console: Console, database_url: str, count: int = REQUESTS) -> None:
    """One request is stored in the ordinary way; its rows are then multiplied, each with its own urgency, age and place."""
    keep(console, a_request(0))
    draw = random.Random(5000)
    with unit_of_work_factory(database_url)() as unit:
        for table in (conversations, messages, requests, facts, consents, proposals):
            rows = [dict(row) for row in unit.connection.execute(select(table)).mappings()]
            copies = [_copy(row, number, draw) for number in range(1, count + 1) for row in rows]
            unit.connection.execute(insert(table), copies)
        unit.connection.execute(insert(alarms), [_alarm(number) for number in range(1, count + 1, 2)])
        unit.commit()


def _alarm(number: int) -> dict[str, Any]:
    """Half of all requests ring, as after a weekend."""
    kind = "emergency" if number % 100 == 1 else "unopened"
    return {"id": f"a{number}", "request_id": f"r{number}", "kind": kind, "raised_at": NOW, "next_at": NOW, "rung": 1}


def _copy(row: dict[str, Any], number: int, draw: random.Random) -> dict[str, Any]:
    copied = {name: value for name, value in row.items() if name != "seq"}
    for name in OWN_IDS:
        if copied.get(name):
            copied[name] = copied[name].replace("0", str(number), 1)
    if "urgency" in copied:
        level = draw.choice(list(Level)[:5])
        copied |= {
            "reference": f"FD-{number:04d}", "requester_name": f"Person {number}", "level": level,
            "locality": draw.choice(["nuneaton", "rugby", "stratford"]), "urgency": urgency("none", level),
            "sent_at": NOW - timedelta(minutes=draw.randint(1, 9000)),
        }  # fmt: skip
    return copied


@dataclass(frozen=True, slots=True)
class Speed:
    """95th percentiles in milliseconds: by the clock in each round, and of the processor's time over all.

    The processor's time is what the page costs (client and server in one process, without the database's own);
    the clock also counts what else the machine does.
    """

    rounds: tuple[float, ...]
    processor: float
    crowd: float = 1.0  # how many wanted each processor meanwhile: by the clock everything takes so many times longer

    @property
    def usual(self) -> float:
        return median(self.rounds)

    @property
    def quietest(self) -> float:
        return min(self.rounds)


async def measure(database_url: str) -> dict[str, Speed]:
    """The speed of each page."""
    console = make_console(database_url)
    fill(console, database_url)
    async with TestClient(TestServer(gateway_with(console))) as client:
        browser = await Browser(client).sign_in("ada")
        pages = {
            "queue": lambda n: f"/console?page={1 + n % 20}",
            "queue, filtered": lambda n: "/console?locality=rugby&late=1&sort=due",
            "queue, searched": lambda n: f"/console?q=FD-{n:04d}",
            "request": lambda n: f"/console/requests/r{1 + n * 37 % REQUESTS}",
        }
        return {name: await _speed(browser, address) for name, address in pages.items()}


async def _speed(browser: Browser, address: Callable[[int], str]) -> Speed:
    rounds, processor = [], []
    for first in range(0, ROUNDS * PAGES, PAGES):
        walls = []
        for number in range(first, first + PAGES):
            wall, cpu = await _once(browser, address(number))
            walls.append(wall)
            processor.append(cpu)
        rounds.append(_p95(walls))
    return Speed(tuple(rounds), _p95(processor), crowd())


def crowd() -> float:
    """Processes that wanted each processor during the last minute; 1 where nobody waited."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


async def _once(browser: Browser, address: str) -> tuple[float, float]:
    clock, processor = time.perf_counter(), time.process_time()
    answer = await browser.get(address)
    await answer.read()
    assert answer.status == 200
    return (time.perf_counter() - clock) * 1000, (time.process_time() - processor) * 1000


def _p95(taken: Sequence[float]) -> float:
    return sorted(taken)[int(len(taken) * 0.95)]


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        url = sys.argv[1] if len(sys.argv) > 1 else f"sqlite:///{folder}/bench.db"
        found = asyncio.run(measure(url))
    print(f"{url.split(':', 1)[0]}, {REQUESTS} open requests, 95th percentiles of {PAGES} pages, {ROUNDS} rounds")
    print("                      usual round   quietest   processor")
    for name, speed in found.items():
        verdict = "ok" if speed.usual <= LIMIT_MS else "TOO SLOW"
        if speed.crowd > BUSY:
            verdict += f", but {speed.crowd:.1f} wanted each processor: measure again on a quiet machine"
        print(f"  {name:<18} {speed.usual:8.1f} ms {speed.quietest:7.1f} ms {speed.processor:8.1f} ms  {verdict}")
    return int(any(speed.usual > LIMIT_MS for speed in found.values()))


if __name__ == "__main__":
    sys.exit(main())
