"""A page of somebody else must not act for the person: the browser says where a post comes from."""

from __future__ import annotations

from urllib.parse import urlsplit

from aiohttp import web

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
OWN_SITES = frozenset({"same-origin", "none"})


def comes_from_elsewhere(request: web.Request, public_url: str) -> bool:
    """True where the browser names another site. Both headers may be absent (old browsers, programs):
    then the form's own token decides."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site not in OWN_SITES:
        return True
    origin = request.headers.get("Origin")
    return origin is not None and origin != own_origin(request, public_url)


def own_origin(request: web.Request, public_url: str) -> str:
    if public_url:
        parts = urlsplit(public_url)
        return f"{parts.scheme}://{parts.netloc}"
    return f"{request.scheme}://{request.host}"
