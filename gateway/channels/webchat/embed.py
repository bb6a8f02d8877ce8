"""The launcher that a council's own site includes with one script tag (docs/how-to/embed.md)."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web

LAUNCHER = Path(__file__).resolve().parents[2] / "frontend" / "embed" / "launcher.js"

routes = web.RouteTableDef()


@routes.get("/embed/launcher.js")
async def launcher(_request: web.Request) -> web.Response:
    headers = {
        "Cache-Control": "public, max-age=3600",
        "Cross-Origin-Resource-Policy": "cross-origin",  # the one thing of ours that other sites may load
    }
    return web.Response(text=LAUNCHER.read_text("utf-8"), content_type="text/javascript", headers=headers)
