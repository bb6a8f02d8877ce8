"""The watch as a background task of the gateway, and a dead-man's handle: when it last looked."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from datetime import datetime

import aiohttp
from aiohttp import web

from gateway.alerts.outbox import deliver_due
from gateway.alerts.senders import senders
from gateway.alerts.watch import look
from gateway.console.services import Console

LOOK_EVERY_S = 5.0
LAST_LOOK: web.AppKey[list[datetime]] = web.AppKey("last_look", list)
log = logging.getLogger("frontdoor.alerts")


async def keep_watch(console: Console, last_look: list[datetime]) -> None:
    async with aiohttp.ClientSession() as http:
        ways = senders(console.settings, http)
        while True:
            try:
                await asyncio.to_thread(look, console)
                await deliver_due(console, ways)
                last_look[:] = [console.now()]
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
