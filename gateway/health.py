"""Whether the gateway runs (/health) and whether its parts answer (/ready). Tells nothing about anybody."""

from __future__ import annotations

import asyncio

from aiohttp import web

from gateway.keys import SERVICES

routes = web.RouteTableDef()


@routes.get("/health")
async def health(_request: web.Request) -> web.Response:
    return web.json_response({"status": "ok"})


@routes.get("/ready")
async def ready(request: web.Request) -> web.Response:
    """503 where the database does not answer; a stopped bot does not stop the gateway (messages are kept)."""
    services = request.app[SERVICES]
    try:
        behind = await asyncio.to_thread(services.left_behind)
    except Exception as error:
        return web.json_response({"status": "no database", "error": type(error).__name__}, status=503)
    return web.json_response({"status": "ok", "waiting": len(behind)})
