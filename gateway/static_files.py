"""Built styles and scripts under an address that changes with their content, so a browser may keep them."""

from __future__ import annotations

import logging
from pathlib import Path

from aiohttp import web

from gateway.theme import stylesheet

log = logging.getLogger(__name__)

FOR_A_YEAR = "public, max-age=31536000, immutable"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


def prefix(static_dir: Path) -> str:
    """Where the built files are served. Without a build the pages still work, undecorated."""
    fingerprint = static_dir / "fingerprint"
    if not fingerprint.is_file():
        log.warning("no built styles in %s: pages are plain until `npm run build`", static_dir)
        return "/static/unbuilt"
    return f"/static/{fingerprint.read_text('utf-8').strip()}"


def install(app: web.Application, static_dir: Path, brand_colour: str) -> str:
    where, theme = prefix(static_dir), stylesheet(brand_colour)

    async def built(request: web.Request) -> web.StreamResponse:
        path = static_dir / request.match_info["name"]
        if path.suffix not in TYPES or not path.is_file():
            raise web.HTTPNotFound
        response = web.FileResponse(path)  # sends the .gz beside it to those who take it
        response.content_type = TYPES[path.suffix]
        response.headers["Cache-Control"] = FOR_A_YEAR
        return response

    async def colours(_request: web.Request) -> web.Response:
        return web.Response(text=theme, content_type="text/css", headers={"Cache-Control": "no-cache"})

    app.router.add_get(where + "/{name:[a-z0-9.-]+}", built)
    app.router.add_get("/static/theme.css", colours)
    return where
