"""Switched off, every public page is one static page with the numbers. Health and the console stay."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

from aiohttp import web
from aiohttp.typedefs import Middleware

from gateway.console.pages.admin import BOT, OFF
from gateway.console.services import Console
from gateway.console.templating import render

STAYS = ("/console", "/health", "/static", "/assets")
REMEMBER_S = 2.0
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def kill_switch(console: Console) -> Middleware:
    """Middleware. The switch is read at most every two seconds, and at once after a start."""
    known: list[tuple[float, bool]] = []

    async def is_off() -> bool:
        if not known or time.monotonic() - known[0][0] > REMEMBER_S:
            known[:] = [(time.monotonic(), await asyncio.to_thread(_read, console))]
        return known[0][1]

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path.startswith(STAYS) or not await is_off():
            return await handler(request)
        return _numbers(console, request)

    return middleware


def _read(console: Console) -> bool:
    with console.units.reading() as unit:
        switch = unit.desk.switches.get(BOT)
    return switch is not None and switch.value == OFF


def _numbers(console: Console, request: web.Request) -> web.Response:
    numbers = console.numbers.for_authority(None)
    if request.path.startswith("/api/"):
        detail = f"The chat is switched off. In danger call {numbers.emergency.number}; else {numbers.day.number}."
        problem = {"type": "about:blank", "title": "Switched off", "status": 503, "detail": detail}
        return web.json_response(problem, status=503, content_type="application/problem+json")
    text = render("switched_off.html", numbers=numbers)
    return web.Response(text=text, content_type="text/html", charset="utf-8", status=503)
