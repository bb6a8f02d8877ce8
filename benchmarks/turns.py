"""What a turn costs: the whole front door (client, gateway, bot, actions, SQLite) against a stock Rasa bot, in one run.

    python -m benchmarks.turns

Stock is the bot of `rasa init` over REST: no actions, no gateway, nothing stored. Ours does all of that and must still be
faster. Ends with 1 where a target is missed.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import aiohttp

from benchmarks.holding import Stopwatch, hold_journey, hold_long, hold_stock
from benchmarks.stock_bot import stock_bot
from gateway.serve import model
from gateway.serve.parts import Part
from gateway.serve.plan import ServeSettings, make_plan
from gateway.serve.ports import any_free_port
from gateway.serve.progress import Progress
from gateway.serve.supervisor import Supervisor
from gateway.settings import ROOT, Settings
from records.bootstrap import migrate

CLIENTS = 16
JOURNEYS_ALONE = 12
JOURNEYS_EACH = 3
EARLY, LONG, LONG_ONES, AROUND = 10, 200, 3, 6
"""Of LONG_ONES conversations, the turns AROUND turn EARLY and turn LONG are compared."""
P50_AT_MOST, THROUGHPUT_AT_LEAST, MEMORY_AT_MOST, LONG_AT_MOST, P95_MS = 0.75, 2.0, 0.65, 1.3, 60.0
"""The targets that the project set itself for a turn."""
UNLIMITED = {f"FRONTDOOR_{name}_RATE": "1000000/minute" for name in ("MESSAGE", "START", "ADDRESS")}

Hold = Callable[[aiohttp.ClientSession, str, Stopwatch], Awaitable[None]]


@dataclass(frozen=True)
class Measured:
    """Milliseconds of a turn with one client, and of the processors' work for it (all parts; the same on a busy machine);
    turns a second with many; resident megabytes of the bot; seconds to start; milliseconds by kind of turn."""

    name: str
    p50: float
    p95: float
    work: float
    throughput: float
    memory: float
    start: float
    kinds: dict[str, float]

    def row(self) -> str:
        return f"{self.name:<14}{self.start:>9.1f}{self.p50:>9.1f}{self.p95:>9.1f}{self.work:>9.1f}{self.throughput:>12.0f}{self.memory:>12.0f}"


async def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        stock_part = stock_bot(ServeSettings().bot_python, ROOT / ".build" / "bench" / "stock")
        async with running("stock", [stock_part], ROOT / ".build/bench/stock") as (supervisor, start):
            stock = await measured("stock", hold_stock, stock_part.health, supervisor, start)
        parts = front_door(Path(folder))
        url = parts[-1].health.removesuffix("/health")
        async with running("front door", parts, ROOT) as (supervisor, start):
            ours = await measured("front door", hold_journey, url, supervisor, start)
            early, late = await growth(url)
    return report(stock, ours, early, late)


def front_door(folder: Path) -> tuple[Part, ...]:
    """The three parts on free ports with an empty database and without limits on how often one may write."""
    settings = Settings(data_dir=folder, port=any_free_port(), host="127.0.0.1")
    plan = make_plan(settings, ServeSettings(bot_port=any_free_port(), actions_port=any_free_port()))
    plan = replace(plan, model=model.model_path(ROOT, ROOT / ".build" / "stack"))
    if not plan.model.exists():
        model.train(plan.bot_python, ROOT, plan.model)
    migrate(plan.database_url)
    return tuple(replace(part, env={**part.env, **UNLIMITED}) for part in plan.parts())


@asynccontextmanager
async def running(
    name: str, parts: list[Part] | tuple[Part, ...], root: Path
) -> AsyncIterator[tuple[Supervisor, float]]:
    """The parts, up; and the seconds that it took."""
    progress = Progress(say=lambda text: None)
    supervisor = Supervisor(root, progress, ready_within_s=300)
    began = progress.seconds()
    try:
        await supervisor.begin(parts)
        yield supervisor, progress.seconds() - began
    finally:
        await supervisor.end()


async def measured(name: str, hold: Hold, url: str, supervisor: Supervisor, start: float) -> Measured:
    async with aiohttp.ClientSession() as http:
        await hold(http, url, Stopwatch())
        alone, before = Stopwatch(), worked(supervisor)
        for _ in range(JOURNEYS_ALONE):
            await hold(http, url, alone)
        work = (worked(supervisor) - before) / len(alone.turns)
        throughput = await many(http, hold, url)
    ms = sorted(1000 * seconds for seconds in alone.turns)
    bot = supervisor.running.get("bot") or supervisor.running["stock"]
    kinds = {kind: 1000 * statistics.median(alone.of_kind(kind)) for kind in dict.fromkeys(alone.kinds)}
    return Measured(
        name, statistics.median(ms), ms[int(0.95 * len(ms))], work, throughput, resident(bot.pid), start, kinds
    )


def worked(supervisor: Supervisor) -> float:
    """Milliseconds that processors have worked for the parts so far, over all their threads."""
    threads = (task for part in supervisor.running.values() for task in Path(f"/proc/{part.pid}/task").iterdir())
    return sum(int((task / "schedstat").read_text().split()[0]) for task in threads) / 1e6


async def many(http: aiohttp.ClientSession, hold: Hold, url: str) -> float:
    """Turns a second with CLIENTS people at once."""
    watch, loop = Stopwatch(), asyncio.get_running_loop()

    async def client() -> None:
        for _ in range(JOURNEYS_EACH):
            await hold(http, url, watch)

    began = loop.time()
    await asyncio.gather(*(client() for _ in range(CLIENTS)))
    return len(watch.turns) / (loop.time() - began)


async def growth(url: str) -> tuple[float, float]:
    """Milliseconds of an early and of a late turn of the same kinds: of several conversations, all turns around it, the median."""
    early: list[float] = []
    late: list[float] = []
    async with aiohttp.ClientSession() as http:
        for _ in range(LONG_ONES):
            watch = Stopwatch()
            await hold_long(http, url, watch, LONG + AROUND)
            early += watch.turns[EARLY - AROUND : EARLY + AROUND]
            late += watch.turns[LONG - AROUND : LONG + AROUND]
    return 1000 * statistics.median(early), 1000 * statistics.median(late)


def resident(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError(f"No resident size of process {pid}.")


def report(stock: Measured, ours: Measured, early: float, late: float) -> int:
    many = f"turns/s ({CLIENTS})"
    print(f"{'':<14}{'start s':>9}{'p50 ms':>9}{'p95 ms':>9}{'work ms':>9}{many:>12}{'memory MB':>12}")
    print(stock.row())
    print(ours.row())
    print("  by kind of turn, ms: " + ", ".join(f"{kind} {ms:.0f}" for kind, ms in ours.kinds.items()))
    found = list(targets(stock, ours, late / early))
    for what, value, kept in found:
        print(f"  {'kept  ' if kept else 'MISSED'} {what}: {value:.2f}")
    return 0 if all(kept for _, _, kept in found) else 1


def targets(stock: Measured, ours: Measured, grown: float) -> Iterator[tuple[str, float, bool]]:
    """What is asked for, what was reached, and whether that is enough."""
    p50, throughput, memory = ours.p50 / stock.p50, ours.throughput / stock.throughput, ours.memory / stock.memory
    yield f"p50 at most {P50_AT_MOST} of stock", p50, p50 <= P50_AT_MOST
    yield f"throughput at least {THROUGHPUT_AT_LEAST} of stock", throughput, throughput >= THROUGHPUT_AT_LEAST
    yield f"memory of the bot at most {MEMORY_AT_MOST} of stock", memory, memory <= MEMORY_AT_MOST
    yield f"p95 at most {P95_MS:.0f} ms", ours.p95, ours.p95 <= P95_MS
    yield f"turn {LONG} at most {LONG_AT_MOST} of turn {EARLY}", grown, grown <= LONG_AT_MOST


if __name__ == "__main__":
    raise SystemExit(asyncio.run(main()))
