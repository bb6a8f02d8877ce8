"""Adds the web chat to the application."""

from __future__ import annotations

from aiohttp import web
from aiohttp.typedefs import Handler

from gateway.channels.webchat import about, coming_back, embed, front, languages, leaving, routes, visits, widgets
from gateway.channels.webchat.visits import NoVisit
from gateway.pages import PAGES, Pages, environment
from gateway.services import Services
from gateway.static_files import install as install_static


def setup(app: web.Application, services: Services) -> None:
    settings = services.settings
    env = environment()
    widgets.install(env.globals)
    env.globals["languages"] = languages.languages
    env.globals["answer_can_wait"] = visits.how_long(settings.visit_hours)
    static = install_static(app, settings.static_dir, settings.brand_colour)
    app[PAGES] = Pages(env, settings, services.numbers, static)
    app.middlewares.append(nothing_open)
    rooms = (embed, front, languages, routes, coming_back, leaving, about)
    for table in (room.routes for room in rooms):
        app.add_routes(table)


@web.middleware
async def nothing_open(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Who holds no conversation is told so kindly, wherever they ask for one."""
    try:
        return await handler(request)
    except NoVisit:
        return web.Response(status=303, headers={"Location": "/closed"})
