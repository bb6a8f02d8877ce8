"""Where the case-management system says, later, that it has a request. It signs; it has no session and sees nothing."""

from __future__ import annotations

import asyncio
import json

from aiohttp import web

from gateway.alerts.handover import note_answer
from gateway.alerts.senders import SIGNATURE, signature
from gateway.console.guard import CONSOLE
from gateway.security.compare import same_secret

PATH = "/handovers/{handover_id}/receipt"


async def receive(request: web.Request) -> web.Response:
    """Body: {"handover": id, "receipt": "its own number"} or {"handover": id, "refused": "why"}, signed as ours are."""
    console = request.app[CONSOLE]
    body = await request.read()
    key = console.settings.case_system_key
    if not key or not same_secret(request.headers.get(SIGNATURE, ""), signature(key, body)):
        return web.json_response({"detail": "The signature does not fit the body."}, status=403)
    said = _read(body)
    if said is None or said.get("handover") != request.match_info["handover_id"]:
        return web.json_response({"detail": "Send the handover's id with a receipt or a reason."}, status=422)
    if not await asyncio.to_thread(note_answer, console, request.match_info["handover_id"], said):
        return web.json_response({"detail": "There is no such handover."}, status=404)
    return web.json_response({"noted": True})


def _read(body: bytes) -> dict[str, object] | None:
    try:
        said = json.loads(body)
    except ValueError:
        return None
    return said if isinstance(said, dict) and (said.get("receipt") or said.get("refused")) else None


def add_routes(app: web.Application) -> None:
    app.router.add_post(PATH, receive)
