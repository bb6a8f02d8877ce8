"""Signing in and out. Demo accounts work only where the browser is on this very machine."""

from __future__ import annotations

import asyncio
import ipaddress

from aiohttp import web

from gateway.console import demo, sessions
from gateway.console.guard import CONSOLE, check_same_origin
from gateway.console.services import Console
from gateway.console.templating import render
from triage.permissions import NotAllowed, Officer, Permission, may_role


def add_routes(app: web.Application) -> None:
    app.router.add_get("/sign-in", show)
    app.router.add_post("/sign-in", sign_in_demo)
    app.router.add_post("/sign-out", sign_out)


async def show(request: web.Request) -> web.Response:
    return _form(request)


def _form(request: web.Request, problem: str = "", status: int = 200) -> web.Response:
    console = request.app[CONSOLE]
    accounts = demo.OFFICERS if demo_allowed(console, request) else ()
    text = render("sign_in.html", accounts=accounts, oidc=bool(console.settings.issuer), problem=problem)
    return web.Response(text=text, content_type="text/html", charset="utf-8", status=status)


def demo_allowed(console: Console, request: web.Request) -> bool:
    """Demo accounts have no password: only loopback may use them, and only where they were switched on."""
    forwarded = any(name in request.headers for name in ("X-Forwarded-For", "Forwarded", "X-Real-IP"))
    return console.settings.demo and not forwarded and _loopback(request.remote) and _local_host(request.host)


def _loopback(address: str | None) -> bool:
    try:
        return ipaddress.ip_address(address or "").is_loopback
    except ValueError:
        return False


def _local_host(host: str) -> bool:
    """The name in the address bar as well: a page on another name that resolves here must not get in."""
    name = host.rsplit(":", 1)[0] if host.count(":") == 1 else host
    return name.strip("[]") == "localhost" or _loopback(name.strip("[]"))


async def sign_in_demo(request: web.Request) -> web.Response:
    console = request.app[CONSOLE]
    form = await request.post()
    try:
        check_same_origin(console, request)
    except NotAllowed as refusal:
        return _form(request, str(refusal), 403)
    if not demo_allowed(console, request):
        return _form(request, "Demo accounts work only on this machine, when they are switched on.", 403)
    officer = demo.named(str(form.get("officer", "")))
    if officer is None:
        return _form(request, "Choose an account.", 422)
    token = await asyncio.to_thread(_begin_demo, console, officer.id)
    return enter(console, token, officer)


def _begin_demo(console: Console, officer_id: str) -> str:
    officer = demo.named(officer_id)
    assert officer is not None, "checked by the caller"
    with console.units() as unit:
        stored = unit.desk.officers.get(officer.id)
        if stored is None:
            unit.desk.officers.save(officer, console.event("system", "officer.saved", f"officer:{officer.id}", "demo"))
            unit.commit()
    return sessions.begin(console, stored or officer, "demo account")


_FIRST_PAGES = (
    (Permission.READ_QUEUE, "/console"),
    (Permission.ENTER_BY_PHONE, "/console/phone"),
    (Permission.MANAGE_OFFICERS, "/console/officers"),
)


def first_page(officer: Officer) -> str:
    """Where somebody begins: not everybody has a queue."""
    return next((page for permission, page in _FIRST_PAGES if may_role(officer, permission)), "/console")


def enter(console: Console, token: str, officer: Officer) -> web.Response:
    response = web.Response(status=303, headers={"Location": first_page(officer)})
    response.set_cookie(
        sessions.cookie_name(console), token, path="/", httponly=True, samesite="Lax",
        secure=console.settings.secure_cookies,
    )  # fmt: skip
    return response


async def sign_out(request: web.Request) -> web.Response:
    """Ends the session on the server: the old cookie opens nothing any more."""
    console = request.app[CONSOLE]
    form = await request.post()
    await asyncio.to_thread(_end, console, request, str(form.get("csrf", "")))
    response = web.Response(
        status=303, headers={"Location": "/console/sign-in", "Clear-Site-Data": '"cache", "storage"'}
    )
    response.del_cookie(sessions.cookie_name(console), path="/")
    return response


def _end(console: Console, request: web.Request, csrf: str) -> None:
    found = sessions.find(console, request.cookies.get(sessions.cookie_name(console), ""))
    if found is not None and found[0].csrf == csrf:
        sessions.end(console, found[0])
