"""An officer joins the chat: writes a line in it, or takes it over from the computer."""

from __future__ import annotations

from aiohttp import web

from gateway.console.asking import say_in_the_chat, take_over
from gateway.console.pages.steps import back, needed
from gateway.console.visit import Route, Visit
from triage.permissions import Permission


def take_the_chat(visit: Visit) -> web.Response:
    """Take the chat over from the computer, or hand it back."""
    with visit.on_request(Permission.DECIDE, why="to take over the chat or hand it back") as (unit, request):
        take_over(visit, unit, request, taken=visit.form.get("taken") == "yes")
    return back(visit, "noted")


def say(visit: Visit) -> web.Response:
    """An officer joins the chat: the person's open page shows the words at once."""
    words = needed(visit, "words", "Write what you want to say.")
    with visit.on_request(Permission.DECIDE, why="to write in the chat") as (unit, request):
        say_in_the_chat(visit, unit, request, words)
    visit.ring(request.conversation_id)
    return back(visit, "noted")


_AT = "/requests/{request_id}"
ROUTES = (
    Route("POST", f"{_AT}/say", Permission.DECIDE, say),
    Route("POST", f"{_AT}/take-over", Permission.DECIDE, take_the_chat),
)
