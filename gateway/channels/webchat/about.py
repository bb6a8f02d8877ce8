"""Pages that only inform: safety, privacy, accessibility, and problems in words."""

from __future__ import annotations

from aiohttp import web

from gateway.api.problems import Problem
from gateway.pages import PAGES

PAGES_OF_WORDS = ("safety", "privacy", "accessibility")

routes = web.RouteTableDef()


@routes.get("/{name:(?:" + "|".join(PAGES_OF_WORDS) + ")}")
async def about(request: web.Request) -> web.Response:
    return request.app[PAGES].response(f"webchat/{request.match_info['name']}.html")


def problem_page(request: web.Request, problem: Problem) -> web.Response:
    """The same words that the API would say, on a page with the numbers and a way on."""
    to, label = ("/chat", "Go back to your questions") if request.path in ("/chat", "/form") else ("/", None)
    response = request.app[PAGES].response(
        "webchat/words.html", problem.status, heading=problem.title, text=problem.detail, to=to, to_label=label
    )
    response.headers.update(problem.headers)
    return response
