"""The directory of services over HTTP, as Open Referral UK v3 names it. Open to everybody: it holds nobody's data."""

from __future__ import annotations

import asyncio
from datetime import date
from functools import cache
from pathlib import Path

from aiohttp import web

from gateway.api.problems import Problem
from gateway.calendar import local_day
from gateway.exports.open_referral import MOST_ON_A_PAGE, PROFILE, VERSION, OpenReferral, Wanted, paged
from gateway.keys import SERVICES
from gateway.packs import deployed
from gateway.settings import ROOT
from policies.engine import Locality

BASE = "/api/v1/open-referral-uk"
UNBORN, OLDEST = -1, 25  # years: support with special needs ends at 25
USUAL_ON_A_PAGE, LAST_PAGE = 50, 100_000
LONGEST = 100  # characters of a search
routes = web.RouteTableDef()


@routes.get(BASE)
async def about(request: web.Request) -> web.Response:
    council = request.app[SERVICES].settings.council_name
    return web.json_response(
        {"version": VERSION, "profile": PROFILE, "openapi_url": "/api/openapi.json", "publisher": council}
    )


@routes.get(BASE + "/services")
async def services(request: web.Request) -> web.Response:
    directory, (page, size) = await _directory(), _page(request)
    wanted = await asyncio.to_thread(_wanted, request)
    return web.json_response(directory.services(wanted, on=_today(request), page=page, size=size))


@routes.get(BASE + "/services/{id}")
async def service(request: web.Request) -> web.Response:
    found = (await _directory()).service(request.match_info["id"])
    if found is None:
        raise Problem(404, "Not found", "There is no service of this id in the directory.")
    return web.json_response(found)


@routes.get(BASE + "/taxonomies")
async def taxonomies(request: web.Request) -> web.Response:
    return web.json_response(paged([(await _directory()).taxonomy], *_page(request)))


@routes.get(BASE + "/taxonomy_terms")
async def taxonomy_terms(request: web.Request) -> web.Response:
    return web.json_response(paged((await _directory()).terms, *_page(request)))


async def _directory() -> OpenReferral:
    """Read once, in a thread: no chat waits for the files."""
    return await asyncio.to_thread(_read, ROOT)


@cache
def _read(root: Path) -> OpenReferral:
    return OpenReferral.load(root)


def _today(request: web.Request) -> date:
    return local_day(request.app[SERVICES].clock.now())


def _wanted(request: web.Request) -> Wanted:
    query = request.query
    return Wanted(
        area=_area(request, query.get("place", "").strip()[:LONGEST]),
        need=(query.get("need") or query.get("taxonomy_term_id") or "")[:LONGEST],
        least_age=_whole(request, "minimum_age", UNBORN, OLDEST),
        most_age=_whole(request, "maximum_age", UNBORN, OLDEST),
        text=query.get("search", "").strip()[:LONGEST],
    )


def _area(request: web.Request, place: str) -> str:
    """The authority of a place, a postcode or an authority's own name. An unknown place is said, not guessed."""
    known = request.app[SERVICES].authorities
    if not place or place.casefold() in known:
        return place.casefold()
    found = deployed(request.app[SERVICES].settings.policies_dir).locate(place)
    if not isinstance(found, Locality):
        raise Problem(422, "No such place", f"{place!r} is no place, postcode or authority that is known here.")
    return found.authority


def _page(request: web.Request) -> tuple[int, int]:
    page, size = _whole(request, "page", 1, LAST_PAGE), _whole(request, "per_page", 1, MOST_ON_A_PAGE)
    return page or 1, size or USUAL_ON_A_PAGE


def _whole(request: web.Request, name: str, least: int, most: int) -> int | None:
    text = request.query.get(name, "")
    if not text:
        return None
    if not text.removeprefix("-").isdecimal() or len(text) > 6 or not least <= int(text) <= most:
        raise Problem(422, "Not understood", f"{name} is a whole number from {least} to {most}.")
    return int(text)
