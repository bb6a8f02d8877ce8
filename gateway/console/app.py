"""The console as one application: every page from the table of routes, plus sign-in and live updates."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web

from gateway.console import live, oidc, receipts, signin
from gateway.console.guard import CONSOLE, guarded, plain_errors
from gateway.console.pages import ROUTES
from gateway.console.services import Console

STATIC = Path(__file__).resolve().parent / "static"
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # with "no-referrer" browsers send `Origin: null` with every form
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def console_app(console: Console) -> web.Application:
    """Mounted at /console. Addresses in the table are relative to it."""
    app = web.Application(middlewares=[plain_errors], client_max_size=256 * 1024)
    app[CONSOLE] = console
    for route in ROUTES:
        app.router.add_route(route.method, route.path, guarded(route))
    signin.add_routes(app)
    oidc.add_routes(app)
    receipts.add_routes(app)
    live.install(app)
    app.router.add_static("/static", STATIC)
    app.on_response_prepare.append(_headers)
    return app


async def _headers(request: web.Request, response: web.StreamResponse) -> None:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    # nothing of a request may stay in a browser's cache; the console's own style and script may
    kept = "/console/static/" in request.path
    response.headers.setdefault("Cache-Control", "public, max-age=300" if kept else "no-store")
