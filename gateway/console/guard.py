"""The door of the console: session, role, CSRF, and a plain answer to every refusal. Deny by default."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import cast
from urllib.parse import urlsplit

from aiohttp import web
from multidict import MultiDict, MultiMapping

from gateway.console import sessions
from gateway.console.services import Console
from gateway.console.templating import render
from gateway.console.visit import NotFound, Route, Visit
from gateway.security.compare import same_secret
from triage.deciding import ChoiceIncomplete
from triage.desk_ports import StaleRecord
from triage.lifecycle import StepNotPossible
from triage.permissions import NotAllowed, check_role

CONSOLE: web.AppKey[Console] = web.AppKey("console", Console)
SIGN_IN = "/console/sign-in"
TYPED = ("reason", "question", "words", "outcome", "note", "plan", "statement", "text")
"""Fields in which somebody writes sentences."""
log = logging.getLogger("frontdoor.console")


def guarded(route: Route) -> Callable[[web.Request], Awaitable[web.Response]]:
    """The aiohttp handler of one route: nothing of ours runs before session, role and CSRF were checked."""

    async def handle(request: web.Request) -> web.Response:
        console = request.app[CONSOLE]
        posted = await request.post() if request.method == "POST" else MultiDict()
        if any(not isinstance(value, str) for value in posted.values()):
            return _refusal(415, "Files are not accepted", "No part of this service takes files.")
        form = cast(MultiMapping[str], posted)
        return await asyncio.to_thread(_visit, console, route, request, form, asyncio.get_running_loop())

    return handle


def _visit(
    console: Console, route: Route, request: web.Request, form: MultiMapping[str], loop: asyncio.AbstractEventLoop
) -> web.Response:
    found = sessions.find(console, request.cookies.get(sessions.cookie_name(console), ""))
    if found is None:
        return _signed_out(console, request, _fields(form)[0])
    session, officer = found
    visit = Visit(console, officer, session, dict(request.match_info), dict(request.query), *_fields(form), loop)
    try:
        if request.method == "POST":
            check_same_origin(console, request)
            _check_token(visit)
        check_role(officer, route.permission)
        return route.handler(visit)
    except (NotAllowed, NotFound, StaleRecord, StepNotPossible, ChoiceIncomplete) as refusal:
        return _explain(visit, request.method, request.path, refusal)


def _signed_out(console: Console, request: web.Request, form: dict[str, str]) -> web.Response:
    """To the sign-in; but who typed for longer than a session lasts gets their words back first, to copy them."""
    if request.method == "POST" and any(form.get(name, "").strip() for name in TYPED):
        try:
            check_same_origin(console, request)
        except NotAllowed:
            form = {}
        text = render("signed_out.html", form=form, sign_in=SIGN_IN)
        return web.Response(text=text, content_type="text/html", charset="utf-8", status=401)
    return web.Response(status=303, headers={"Location": SIGN_IN})


def _fields(form: MultiMapping[str]) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """Each field by its first value, and by all of its values."""
    many = {name: tuple(clean(value) for value in form.getall(name)) for name in set(form)}
    return {name: values[0] for name, values in many.items()}, many


def clean(text: str) -> str:
    """Typed text without the control characters that no keyboard makes (line breaks and tabs stay)."""
    return "".join(c for c in text.replace("\r\n", "\n") if c >= " " or c in "\n\t")


def check_same_origin(console: Console, request: web.Request) -> None:
    """A form from another site is refused: by Sec-Fetch-Site where the browser sends it, and by Origin."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site not in (None, "same-origin", "none"):
        raise NotAllowed("This form came from another site.")
    own = urlsplit(console.settings.origin).netloc or request.host
    if origin and urlsplit(origin).netloc != own:
        raise NotAllowed("This form came from another site.")


def _check_token(visit: Visit) -> None:
    if not same_secret(visit.form.get("csrf", ""), visit.session.csrf):
        raise NotAllowed("This form is no longer valid. Go back, load the page again and send it again.")


def _explain(visit: Visit, method: str, path: str, refusal: Exception) -> web.Response:
    if isinstance(refusal, StaleRecord):
        why = {} if "request_id" in visit.path else {"why": str(refusal)}
        return visit.page("stale.html", status=409, **why)
    if isinstance(refusal, StepNotPossible):
        return visit.page("stale.html", status=409, why=str(refusal))
    if isinstance(refusal, ChoiceIncomplete):
        return visit.page("refused.html", status=422, title="Something is missing", why=str(refusal))
    _record_denial(visit, method, path, refusal)
    if isinstance(refusal, NotFound):
        return visit.page("refused.html", status=404, title="Not found", why="There is nothing here for you.")
    return visit.page("refused.html", status=403, title="You may not do this", why=str(refusal))


def _record_denial(visit: Visit, method: str, path: str, refusal: Exception) -> None:
    with visit.console.units() as unit:
        why = str(refusal) or "not found"
        unit.audit(visit.console.event(visit.actor, "access.denied", f"page:{path}"[:100], why, method=method))
        unit.commit()


def _refusal(status: int, title: str, why: str) -> web.Response:
    text = render("plain.html", title=title, why=why)
    return web.Response(text=text, content_type="text/html", charset="utf-8", status=status)


@web.middleware
async def plain_errors(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """An error that nobody foresaw is logged without anybody's words, and answered in plain ones."""
    try:
        return await handler(request)
    except web.HTTPNotFound:
        return _refusal(404, "Not found", "There is no such page.")
    except web.HTTPMethodNotAllowed:
        return _refusal(405, "Not possible", "This page cannot be used in that way.")
    except web.HTTPException:
        raise
    except ConnectionResetError:
        raise  # whoever asked has gone: there is nobody to answer
    except Exception as error:
        log.error("console failed at %s: %s", request.path, type(error).__name__, exc_info=error)
        return _refusal(500, "Something went wrong", "Nothing was lost. Try again; if it stays, tell the help desk.")
