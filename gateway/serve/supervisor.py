"""Keep the parts running: wait until each is ready, start again what crashes, stop all at the end."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from gateway.serve import process
from gateway.serve.parts import Part
from gateway.serve.progress import Progress

KEY_HEADER = "X-Frontdoor-Key"
READY_WITHIN_S = 300.0
"""Seconds. An idle machine needs ten; one that is busy with other things may need minutes."""
STEADY_AFTER_S = 60.0
"""A part that ran this long is not in a crash loop: the next wait is short again."""
LONGEST_WAIT_S = 30.0


class PartFailed(Exception):
    """A part ended, or never became ready, while the service was starting."""


def waits(first: float = 1.0, longest: float = LONGEST_WAIT_S) -> Iterator[float]:
    """Seconds to wait before each new start: doubling, up to a limit."""
    wait = first
    while True:
        yield min(wait, longest)
        wait = min(wait * 2, longest)


@dataclass
class Supervisor:
    """Runs parts. `begin` returns when all are ready; `watch` then lasts until it is cancelled."""

    root: Path
    progress: Progress
    ready_within_s: float = READY_WITHIN_S
    running: dict[str, asyncio.subprocess.Process] = field(default_factory=dict)

    async def begin(self, parts: Iterable[Part]) -> None:
        """Start all parts at once and wait for each."""
        await asyncio.gather(*(self._begin_one(part) for part in parts))

    async def _begin_one(self, part: Part) -> None:
        with self.progress.step(f"Starting the {part.name}"):
            self.running[part.name] = await process.start(part, self.root)
            await self._until_ready(part)

    async def _until_ready(self, part: Part) -> None:
        ready = asyncio.create_task(answers(part))
        ended = asyncio.create_task(self.running[part.name].wait())
        done, waiting = await asyncio.wait(
            {ready, ended}, timeout=self.ready_within_s, return_when=asyncio.FIRST_COMPLETED
        )
        for task in waiting:
            task.cancel()
        if ready not in done:
            how = (
                f"ended with code {ended.result()}"
                if ended in done
                else f"was not ready after {self.ready_within_s:.0f} s"
            )
            raise PartFailed(f"The {part.name} {how}. The end of {part.log}:\n{process.last_lines(part.log)}")

    async def watch(self, parts: Iterable[Part]) -> None:
        """Start again whatever ends. Never returns by itself."""
        await asyncio.gather(*(self._watch_one(part) for part in parts))

    async def _watch_one(self, part: Part) -> None:
        pauses = waits()
        while True:
            began = self.progress.seconds()
            code = await self.running[part.name].wait()
            if self.progress.seconds() - began > STEADY_AFTER_S:
                pauses = waits()
            pause = next(pauses)
            self.progress.say(
                f"  The {part.name} ended with code {code}; starting it again in {pause:.0f} s ({part.log})"
            )
            await asyncio.sleep(pause)
            self.running[part.name] = await process.start(part, self.root)

    async def end(self) -> None:
        """Stop everything that was started."""
        await asyncio.gather(*(process.stop(child) for child in self.running.values()))


async def answers(part: Part, every_s: float = 0.1) -> None:
    """Return as soon as the part says that it is ready."""
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=2)) as http:
        while not await answers_once(http, part):
            await asyncio.sleep(every_s)


async def answers_once(http: aiohttp.ClientSession, part: Part) -> bool:
    """Asked with our key: whoever else listens there (another front door on this machine) refuses it."""
    try:
        async with http.get(part.health, headers={KEY_HEADER: part.env.get("FRONTDOOR_BOT_KEY", "")}) as response:
            return response.status == 200
    except (aiohttp.ClientError, TimeoutError):
        return False
