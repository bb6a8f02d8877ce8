"""Stop now and go on later: a code for one's own conversation, and the page where it opens it again, once."""

from __future__ import annotations

import asyncio

from aiohttp import web

from gateway.channels.returning import NoSuchCode, Returning
from gateway.channels.store import NoSuchConversation
from gateway.channels.webchat import visits
from gateway.channels.webchat.visits import NoVisit
from gateway.keys import SERVICES
from gateway.pages import PAGES
from gateway.security import visit as cookies
from gateway.security.visit import Visit
from gateway.services import Services

LONGEST_CODE = 40
UNKNOWN = "This code does not open anything. Look at it again, letter by letter. A code works once, for 7 days."

routes = web.RouteTableDef()


def _returning(services: Services) -> Returning:
    return Returning(services.units, services.clock)


@routes.get("/come-back-later")
async def ask_for_code(request: web.Request) -> web.Response:
    visit, held = await visits.held_by(request)
    pages, authority = request.app[PAGES], held.conversation.authority
    return pages.response("webchat/come_back_later.html", form_token=visit.form_token, authority=authority)


@routes.post("/come-back-later")
async def give_code(request: web.Request) -> web.Response:
    """The code is shown once. The page shuts: whoever sits down here next finds nothing."""
    posted, visit = await request.post(), visits.of(request)
    visits.check_form(visit, str(posted.get("form_token", "")))
    give = _returning(request.app[SERVICES]).give
    try:
        code = await asyncio.to_thread(give, visit.conversation_id, visit.token)
    except NoSuchConversation:
        raise NoVisit from None
    response = request.app[PAGES].response("webchat/come_back_later.html", code=code)
    visits.forget_here(request, response)
    return response


@routes.get("/come-back")
async def ask_which(request: web.Request) -> web.Response:
    """A link may bring the code along. Opening the link uses nothing up: programs open links too."""
    code = request.query.get("code", "")[:LONGEST_CODE]
    return request.app[PAGES].response("webchat/come_back.html", code=code)


@routes.post("/come-back")
async def come_back(request: web.Request) -> web.Response:
    services, posted = request.app[SERVICES], await request.post()
    await services.rates.one_start(request.remote or "")
    code = str(posted.get("code", ""))[:LONGEST_CODE]
    try:
        visit = Visit(*await asyncio.to_thread(_returning(services).come_back, code))
    except NoSuchCode:
        return request.app[PAGES].response("webchat/come_back.html", 422, code=code, error=UNKNOWN)
    response = web.Response(status=303, headers={"Location": "/chat"})
    cookies.write(response, visit, https=services.settings.is_https)
    return response
