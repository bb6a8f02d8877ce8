"""Where blocking database calls run, so that the event loop goes on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

SERVER_WORKERS = 8


class Threads:
    """SQLite has one writer at a time: two threads would only sleep in turns, so it gets one thread."""

    def __init__(self, workers: int = 1) -> None:
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="records")

    @classmethod
    def for_database(cls, url: str) -> Threads:
        return cls(1 if url.startswith("sqlite") else SERVER_WORKERS)

    async def run(self, call: Callable[P, T], *args: P.args, **more: P.kwargs) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._pool, partial(call, *args, **more))
