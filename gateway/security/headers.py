"""Response headers. Nothing inline, nothing from elsewhere, nothing framed, nothing kept by a browser."""

from __future__ import annotations

from aiohttp import web

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # not "no-referrer": browsers then send `Origin: null` with forms and nobody could post
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
}
STRICT_TRANSPORT = "max-age=31536000; includeSubDomains"
NEVER_KEEP = "no-store"


def install(app: web.Application, *, https: bool) -> None:
    async def add(_request: web.BaseRequest, response: web.StreamResponse) -> None:
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", NEVER_KEEP)
        if https:
            response.headers.setdefault("Strict-Transport-Security", STRICT_TRANSPORT)

    app.on_response_prepare.append(add)
