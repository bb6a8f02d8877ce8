"""The pages of the conversation. `/chat` shows all that was said, `/form` one question on a page: same words, same use case."""

from __future__ import annotations

import secrets
from typing import Any

from aiohttp import web
from aiohttp_sse import sse_response

from gateway.channels.said import Said
from gateway.channels.store import Exchange, Held, NotOffered
from gateway.channels.transcript import asked
from gateway.channels.webchat import reading, visits
from gateway.channels.webchat.answers import Posted, typed
from gateway.channels.webchat.reading import Reading
from gateway.channels.webchat.view import screen
from gateway.keys import SERVICES
from gateway.pages import PAGES
from gateway.security.visit import Visit

VIEWS = {"/chat": "webchat/chat.html", "/form": "webchat/form.html"}
FRAGMENT = "X-Fragment"

routes = web.RouteTableDef()


@routes.get("/chat")
@routes.get("/form")
async def show(request: web.Request) -> web.Response:
    visit, held = await visits.held_by(request)
    return _page(request, visit, held)


@routes.post("/chat")
@routes.post("/form")
async def say(request: web.Request) -> web.Response:
    """A form sent twice (its key is known already) gets the same answer again and counts once."""
    services, posted = request.app[SERVICES], await visits.posted(request)
    visit, held = await visits.held_by(request)
    visits.check_form(visit, str(posted.get("form_token", "")))
    await services.rates.one_message(visit.conversation_id)
    read = _repeated(held, posted) or reading.read(posted, asked(held.messages), services.settings.text_limit)
    if read.said is None:
        again = {"typed": typed(posted), "errors": read.errors, "notice": read.notice}
        return _page(request, visit, held, status=422 if read.errors else 409, **again)
    try:
        exchange = await services.conversing.say(visit.conversation_id, visit.token, read.said)
    except NotOffered:  # no page of ours: a tick that is on no list
        return _page(request, visit, held, status=409, notice=reading.OUT_OF_DATE)
    if FRAGMENT in request.headers:
        return _page(request, *await visits.held_by(request))
    return _see(request.path, exchange)


def _repeated(held: Held, posted: Posted) -> Reading | None:
    key = posted.get("key")
    known = bool(key) and any(m.client_key == key for m in held.messages)
    return Reading(Said(key=str(key))) if known else None


def _see(path: str, exchange: Exchange) -> web.Response:
    """Back to the page, at the first of the new messages: in view without scrolling."""
    first = f"#m{exchange.replies[0].number}" if exchange.replies else ""
    return web.Response(status=303, headers={"Location": path + first})


def _page(request: web.Request, visit: Visit, held: Held, status: int = 200, **more: Any) -> web.Response:
    """The whole page, or for our own script only what is new since the message that it names."""
    s = screen(held, key=secrets.token_urlsafe(16), form_token=visit.form_token, **more)
    context = {"s": s, "here": request.path, "authority": held.conversation.authority}
    after = request.headers.get(FRAGMENT)
    if after is None:
        return request.app[PAGES].response(VIEWS[request.path], status, **context)
    number = int(after) if after.isdecimal() else 0
    response = request.app[PAGES].response("webchat/turn.html", status, after=number, **context)
    response.headers[FRAGMENT] = "yes"
    return response


@routes.get("/chat/updates")
async def updates(request: web.Request) -> web.StreamResponse:
    """Rings when something was said without being asked for: a late answer, or a member of staff."""
    bell = request.app[SERVICES].bell
    visit, _ = await visits.held_by(request)
    with bell.listen(visit.conversation_id) as news:
        async with sse_response(request) as stream:
            while not bell.closing:
                await news.wait()
                news.clear()
                if not bell.closing:
                    await stream.send("", event="news")
    return stream


@routes.get("/copy")
async def copy(request: web.Request) -> web.Response:
    visit, held = await visits.held_by(request)
    s = screen(held, key="", form_token=visit.form_token)
    return request.app[PAGES].response("webchat/copy.html", s=s, authority=held.conversation.authority)
