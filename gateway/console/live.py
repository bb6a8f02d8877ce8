"""Live news for the queue: a stream that says when something new waits. Closed when the service stops."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

from aiohttp import web
from aiohttp_sse import EventSourceResponse, sse_response

from gateway.console import sessions
from gateway.console.guard import CONSOLE
from gateway.console.reach import reach_of
from gateway.console.services import Console
from triage.lifecycle import open_states
from triage.permissions import Officer, Permission, may_role

LOOK_EVERY_S = 5.0
STREAMS: web.AppKey[list[Any]] = web.AppKey("streams", list)


def install(app: web.Application) -> None:
    app[STREAMS] = []
    app.router.add_get("/live", stream)
    app.on_shutdown.append(_close)


async def stream(request: web.Request) -> web.StreamResponse:
    console = request.app[CONSOLE]
    token = request.cookies.get(sessions.cookie_name(console), "")
    found = await asyncio.to_thread(sessions.find, console, token)
    if found is None or not may_role(found[1], Permission.READ_QUEUE):
        return web.Response(status=403, text="Sign in first.")
    seen = await asyncio.to_thread(_waiting, console, found[1])  # before the stream opens: what comes after it is news
    async with sse_response(request) as response:
        request.app[STREAMS].append(response)
        try:
            with contextlib.suppress(ConnectionResetError):
                await _tell(console, token, found[1], seen, response)
        finally:
            request.app[STREAMS].remove(response)
    return response


async def _tell(
    console: Console, token: str, officer: Officer, seen: tuple[int, int], response: EventSourceResponse
) -> None:
    while response.is_connected():
        await asyncio.sleep(LOOK_EVERY_S)
        if await asyncio.to_thread(_ended, console, token):
            return
        now = await asyncio.to_thread(_waiting, console, officer)
        if now != seen:
            await response.send(f"{now[0]} waiting, {now[1]} alarms.", event="news")
            seen = now


def _waiting(console: Console, officer: Officer) -> tuple[int, int]:
    wanted = reach_of(officer, states=open_states())
    with console.units.reading() as unit:
        return unit.desk.queue.count(wanted), sum(unit.desk.queue.ringing_counts(wanted).values())


def _ended(console: Console, token: str) -> bool:
    """Looked up without touching it: an open page alone does not keep a session alive."""
    with console.units.reading() as unit:
        session = unit.desk.sessions.get(sessions.key_of(token))
    return session is None or session.ended_at is not None or console.now() - session.last_at > console.settings.idle


async def _close(app: web.Application) -> None:
    open_streams = app[STREAMS]
    for response in tuple(open_streams):
        response.stop_streaming()
