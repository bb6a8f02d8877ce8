"""The visit of a browser: one cookie, worthless once the server has forgotten its token."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

from aiohttp import web

from gateway.security.compare import same_secret


@dataclass(frozen=True, slots=True)
class Visit:
    """Which conversation a browser holds, and the secret that proves it."""

    conversation_id: str
    token: str

    @property
    def form_token(self) -> str:
        """What each form must bring along: made from the secret, which no other site can read."""
        return hmac.new(self.token.encode(), b"form", hashlib.sha256).hexdigest()

    def allows(self, form_token: str) -> bool:
        return same_secret(form_token, self.form_token)


def cookie_name(https: bool, name: str = "visit") -> str:
    return f"__Host-{name}" if https else name


def read(request: web.Request, *, https: bool) -> Visit | None:
    conversation_id, _, token = request.cookies.get(cookie_name(https), "").partition(".")
    return Visit(conversation_id, token) if conversation_id and token else None


def write(response: web.StreamResponse, visit: Visit, *, https: bool) -> None:
    """Gone when the browser closes; never sent along from another site."""
    response.set_cookie(
        cookie_name(https), f"{visit.conversation_id}.{visit.token}",
        httponly=True, secure=https, samesite="Strict", path="/",
    )  # fmt: skip


READ = "read"
"""Says only that the page about leaving fast was read; gone with the window, and with every way out."""


def has_read(request: web.Request, *, https: bool) -> bool:
    return cookie_name(https, READ) in request.cookies


def write_read(response: web.StreamResponse, *, https: bool) -> None:
    # Lax: it holds no secret, and who comes from the council's own site again need not read the page again
    response.set_cookie(cookie_name(https, READ), "1", httponly=True, secure=https, samesite="Lax", path="/")


def erase(response: web.StreamResponse, *, https: bool) -> None:
    for name in (cookie_name(https), cookie_name(https, READ)):
        response.del_cookie(name, path="/", httponly=True, secure=https, samesite="Strict")
