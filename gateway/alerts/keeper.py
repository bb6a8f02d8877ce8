"""The watch as a background task of the gateway, and a dead-man's handle: when it last looked."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime
from functools import partial

import aiohttp
from aiohttp import web

from gateway.alerts import handover
from gateway.alerts.outbox import deliver_due
from gateway.alerts.senders import senders
from gateway.alerts.watch import look
from gateway.console.services import Console

LOOK_EVERY_S = 5.0
LAST_LOOK: web.AppKey[list[datetime]] = web.AppKey("last_look", list)
log = logging.getLogger("frontdoor.alerts")


async def keep_watch(console: Console, last_look: list[datetime]) -> None:
    """Looks, and delivers what is due. Each way out by itself: a case system that hangs must not hold up an alarm."""

    async def watch() -> None:
        await asyncio.to_thread(look, console)
        last_look[:] = [console.now()]

    async with aiohttp.ClientSession() as http, asyncio.TaskGroup() as group:
        group.create_task(_for_ever(watch))
        ways = {**senders(console.settings, http), handover.KIND: handover.sender(console, http)}
        for kind, way in ways.items():
            group.create_task(_for_ever(partial(deliver_due, console, {kind: way})))


async def _for_ever(work: Callable[[], Awaitable[object]]) -> None:
    while True:
        try:
            await work()
        except Exception as error:  # a watch that stops is worse than any error: say it and look again
            log.error("the watch failed and goes on: %s", type(error).__name__, exc_info=error)
        await asyncio.sleep(LOOK_EVERY_S)


def watched(console: Console) -> Callable[[web.Application], AsyncIterator[None]]:
    """A cleanup context for the application: the watch lives as long as it does."""

    async def context(app: web.Application) -> AsyncIterator[None]:
        task = asyncio.create_task(keep_watch(console, app[LAST_LOOK]))
        yield
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task

    return context


SILENT_AFTER_S = 60.0


def heartbeat(console: Console, last_look: list[datetime]) -> Callable[[web.Request], Awaitable[web.Response]]:
    """For the council's own monitoring: 200 while somebody is on watch, 503 once the watch has fallen silent."""

    async def beat(_request: web.Request) -> web.Response:
        alive = bool(last_look) and (console.now() - last_look[0]).total_seconds() < SILENT_AFTER_S
        return web.json_response({"watch": "alive" if alive else "silent"}, status=200 if alive else 503)

    return beat
