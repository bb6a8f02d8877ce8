"""From a request to the conversation that its browser holds, and the checks that every form passes."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from aiohttp import web

from gateway.api.problems import Problem
from gateway.channels.store import Held, NoSuchConversation
from gateway.channels.webchat.answers import Posted
from gateway.keys import SERVICES
from gateway.security import visit as visits
from gateway.security.visit import Visit


class NoVisit(Exception):
    """This browser holds no conversation, or one that has ended."""


async def held_by(request: web.Request) -> tuple[Visit, Held]:
    """Raises NoVisit; a page left open for too long is ended for good."""
    services, visit = request.app[SERVICES], of(request)
    try:
        held = await services.conversing.read(visit.conversation_id, visit.token)
    except NoSuchConversation:
        raise NoVisit from None
    last = held.messages[-1].at if held.messages else held.conversation.started_at
    if services.clock.now() - last > timedelta(hours=services.settings.visit_hours):
        await services.conversing.leave(visit.conversation_id, visit.token)
        raise NoVisit
    return visit, held


def how_long(hours: float) -> str:
    """How long an answer can wait, in words; never longer than it truly can."""
    count, unit = (int(hours), "hour") if hours >= 1 else (int(hours * 60), "minute")
    return f"{count} {unit}{'' if count == 1 else 's'}" if count else "less than a minute"


async def posted(request: web.Request) -> Posted:
    """The fields of a form, all of them words. Files are taken on no channel (hazard H27)."""
    if request.content_type != "application/x-www-form-urlencoded":
        raise Problem(415, "No files", "This page takes words only. Files and pictures are not taken.")
    return cast(Posted, await request.post())


def of(request: web.Request) -> Visit:
    visit = visits.read(request, https=request.app[SERVICES].settings.is_https)
    if visit is None:
        raise NoVisit
    return visit


def check_form(visit: Visit, form_token: str) -> None:
    """Raises a problem unless the form was made for this visit."""
    if not visit.allows(form_token):
        raise Problem(403, "This page is out of date", "Go back to your questions and send it again from there.")


def forget_here(request: web.Request, response: web.StreamResponse) -> None:
    """Nothing stays in this browser: not the cookie, not a cached page, not a stored word.

    Cookies are not named in Clear-Site-Data: that would sign people out of all of the council's sites.
    """
    visits.erase(response, https=request.app[SERVICES].settings.is_https)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
