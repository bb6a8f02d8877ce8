"""The way in: once the page about leaving fast, then the first page. People who are here for their job go straight in."""

from __future__ import annotations

from aiohttp import web

from gateway.channels.webchat import visits
from gateway.keys import SERVICES
from gateway.pages import PAGES
from gateway.security import visit as cookies
from gateway.security.visit import Visit

AUDIENCES = ("family", "young_person", "professional")

routes = web.RouteTableDef()


@routes.get("/")
async def front(request: web.Request) -> web.Response:
    """The page about leaving fast comes once, before anything that tells what this is (docs/decisions/0008).

    Its button leads to the same address again, which is no new entry in the browser's history.
    """
    pages, https = request.app[PAGES], request.app[SERVICES].settings.is_https
    if cookies.has_read(request, https=https) or cookies.read(request, https=https) is not None:
        return pages.response("webchat/start.html")
    response = pages.response("webchat/before.html")
    cookies.write_read(response, https=https)
    return response


@routes.get("/professionals")
async def professionals(request: web.Request) -> web.Response:
    """A link for schools and other services: no page before it, and the answer to the first question is ticked."""
    return request.app[PAGES].response("webchat/start.html", chosen="professional")


@routes.post("/start")
async def start(request: web.Request) -> web.Response:
    services, posted = request.app[SERVICES], await visits.posted(request)
    audience = posted.get("audience")
    if audience not in AUDIENCES:
        error = "Choose who this is for"
        return request.app[PAGES].response("webchat/start.html", 422, error=error)
    await services.rates.one_start(request.remote or "")
    begun = await services.conversing.begin("web", str(audience), services.settings.authority)
    visit = Visit(begun.exchange.held.conversation.id, begun.token)
    where = "/form" if posted.get("view") == "form" else "/chat"
    response = web.Response(status=303, headers={"Location": where})
    cookies.write(response, visit, https=services.settings.is_https)
    return response
