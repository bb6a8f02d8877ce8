"""One middleware in front of everything: origin, address limits, and errors in words a person can use."""

from __future__ import annotations

import logging
from collections.abc import Callable

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from gateway.api import problems
from gateway.channels.fallback import urgent
from gateway.keys import SERVICES
from gateway.security.origin import SAFE_METHODS, comes_from_elsewhere
from gateway.security.rates import TooMany

log = logging.getLogger(__name__)
Page = Callable[[web.Request, problems.Problem], web.Response]

API = "/api/"
OWN_CHECKS = ("/api/", "/teams/")  # callers there carry a token, not a cookie


def guard(problem_page: Page) -> Middleware:
    """Problems become problem documents under /api/, and `problem_page` elsewhere."""

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            await _admit(request)
            return await handler(request)
        except problems.Problem as problem:
            return _answer(request, problem, problem_page)
        except TooMany as many:
            return _answer(request, problems.too_many(many.wait_s, _urgent(request)), problem_page)
        except web.HTTPException as error:
            return _http_error(request, error, problem_page)
        except Exception:
            # the path only: what was sent may hold what a person said
            log.exception("%s %s failed", request.method, request.path)
            return _answer(request, problems.out_of_order(_urgent(request)), problem_page)

    return middleware


async def _admit(request: web.Request) -> None:
    if request.method in SAFE_METHODS:
        return
    services = request.app[SERVICES]
    await services.rates.one_request(request.remote or "")
    if request.path.startswith(OWN_CHECKS):
        return
    if comes_from_elsewhere(request, services.settings.public_url):
        raise problems.Problem(403, "Not from this site", "This was sent from another site, so it was not taken.")


def _http_error(request: web.Request, error: web.HTTPException, page: Page) -> web.StreamResponse:
    if error.status < 400:
        raise error
    if isinstance(error, web.HTTPRequestEntityTooLarge):
        return _answer(request, problems.too_large(request.app[SERVICES].settings.body_limit), page)
    problem = problems.of_http(error.status, error.reason)
    if "Allow" in error.headers:
        problem.headers["Allow"] = error.headers["Allow"]
    return _answer(request, problem, page)


def _answer(request: web.Request, problem: problems.Problem, page: Page) -> web.Response:
    return problem.as_response() if request.path.startswith(API) else page(request, problem)


def _urgent(request: web.Request) -> str:
    services = request.app[SERVICES]
    return urgent(services.numbers.for_authority(services.settings.authority)).replace("\n\n", " ")
