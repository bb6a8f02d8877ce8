"""Ways out: at once (exit), for good (leave), and what somebody sees who comes back."""

from __future__ import annotations

import logging

from aiohttp import web

from gateway.channels.store import AlreadySent, NoSuchConversation
from gateway.channels.webchat import visits
from gateway.channels.webchat.visits import NoVisit
from gateway.keys import SERVICES
from gateway.pages import PAGES

ERASED = "What you wrote is erased.\n\nYou can close this page now."
READ_BY_STAFF = (
    "You wrote that somebody may not be safe, so staff will still read it.\n\nIf somebody is in danger now, call 999."
)
STAYS = "What you sent to the council stays with it.\n\nTo change or withdraw it, call the number above."
CLOSED = "There is nothing open here. You can start again whenever you want."

log = logging.getLogger(__name__)
routes = web.RouteTableDef()


@routes.get("/exit")
@routes.post("/exit")
async def exit_at_once(request: web.Request) -> web.Response:
    """End the visit and go somewhere neutral. The script posts here on the side; without it this is the link."""
    try:
        visit = visits.of(request)
        await request.app[SERVICES].conversing.leave(visit.conversation_id, visit.token)
    except (NoVisit, NoSuchConversation):
        log.info("exit: no open visit to end")
    except Exception:
        log.exception("exit: the visit could not be ended; the person still gets away")
    response = web.Response(status=303, headers={"Location": request.app[SERVICES].settings.exit_url})
    if request.method == "POST":
        response = web.Response(status=204)
    visits.forget_here(request, response)
    return response


@routes.get("/leave")
async def ask_to_leave(request: web.Request) -> web.Response:
    visit, held = await visits.held_by(request)
    pages, authority = request.app[PAGES], held.conversation.authority
    return pages.response("webchat/leave.html", form_token=visit.form_token, authority=authority)


@routes.post("/leave")
async def leave(request: web.Request) -> web.Response:
    posted, (visit, held) = await visits.posted(request), await visits.held_by(request)
    visits.check_form(visit, str(posted.get("form_token", "")))
    response = request.app[PAGES].response(
        "webchat/words.html", heading="You have left", text=await _left(request), authority=held.conversation.authority
    )
    visits.forget_here(request, response)
    return response


async def _left(request: web.Request) -> str:
    visit, conversing = visits.of(request), request.app[SERVICES].conversing
    try:
        return ERASED if await conversing.forget(visit.conversation_id, visit.token) else READ_BY_STAFF
    except AlreadySent:
        await conversing.leave(visit.conversation_id, visit.token)
        return STAYS
    except NoSuchConversation:
        raise NoVisit from None


@routes.get("/closed")
async def closed(request: web.Request) -> web.Response:
    return request.app[PAGES].response("webchat/words.html", heading="Nothing open", text=CLOSED)
