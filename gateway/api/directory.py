"""The directory of services over HTTP, as Open Referral UK v3 names it. Open to everybody: it holds nobody's data."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from aiohttp import web

from gateway.api.problems import Problem
from gateway.calendar import local_day
from gateway.exports.open_referral import MOST_ON_A_PAGE, PROFILE, VERSION, OpenReferral, Wanted, paged
from gateway.keys import SERVICES
from gateway.settings import ROOT
from policies.engine import Locality, PolicySet

BASE = "/api/v1/open-referral-uk"
OLDEST = 25
routes = web.RouteTableDef()


@cache
def _directory(root: Path) -> OpenReferral:
    return OpenReferral.load(root)


@cache
def _packs(folder: Path) -> PolicySet:
    return PolicySet.load(folder)


@routes.get(BASE)
async def about(request: web.Request) -> web.Response:
    council = request.app[SERVICES].settings.council_name
    return web.json_response(
        {"version": VERSION, "profile": PROFILE, "openapi_url": "/api/openapi.json", "publisher": council}
    )


@routes.get(BASE + "/services")
async def services(request: web.Request) -> web.Response:
    page, size = _page(request)
    found = _directory(ROOT).services(_wanted(request), on=_today(request), page=page, size=size)
    return web.json_response(found)


@routes.get(BASE + "/services/{id}")
async def service(request: web.Request) -> web.Response:
    found = _directory(ROOT).service(request.match_info["id"])
    if found is None:
        raise Problem(404, "Not found", "There is no service of this id in the directory.")
    return web.json_response(found)


@routes.get(BASE + "/taxonomies")
async def taxonomies(request: web.Request) -> web.Response:
    return web.json_response(paged([_directory(ROOT).taxonomy], *_page(request)))


@routes.get(BASE + "/taxonomy_terms")
async def taxonomy_terms(request: web.Request) -> web.Response:
    return web.json_response(paged(_directory(ROOT).terms, *_page(request)))


def _today(request: web.Request) -> date:
    return local_day(request.app[SERVICES].clock.now())


def _wanted(request: web.Request) -> Wanted:
    query = request.query
    return Wanted(
        area=_area(request, query.get("place", "").strip()[:100]),
        need=(query.get("need") or query.get("taxonomy_term_id") or "")[:80],
        least_age=_whole(request, "minimum_age", -1, OLDEST),
        most_age=_whole(request, "maximum_age", -1, OLDEST),
        text=query.get("search", "").strip()[:100],
    )


def _area(request: web.Request, place: str) -> str:
    """The authority of a place, a postcode or an authority's own name. An unknown place is said, not guessed."""
    known = request.app[SERVICES].authorities
    if not place or place.casefold() in known:
        return place.casefold()
    found = _packs(request.app[SERVICES].settings.policies_dir).locate(place)
    if not isinstance(found, Locality):
        raise Problem(422, "No such place", f"{place!r} is no place, postcode or authority that is known here.")
    return found.authority


def _page(request: web.Request) -> tuple[int, int]:
    page, size = _whole(request, "page", 1, 100_000), _whole(request, "per_page", 1, MOST_ON_A_PAGE)
    return page or 1, size or 50


def _whole(request: web.Request, name: str, least: int, most: int) -> int | None:
    text = request.query.get(name, "")
    if not text:
        return None
    if not text.removeprefix("-").isdecimal() or len(text) > 6 or not least <= int(text) <= most:
        raise Problem(422, "Not understood", f"{name} is a whole number from {least} to {most}.")
    return int(text)


# ---- OpenAPI ----------------------------------------------------------------------------------------

_TEXT, _NUMBER = {"type": "string"}, {"type": "integer"}
_FILTERS = {
    "place": (_TEXT, "a place, postcode or authority; services for all of England are always there too"),
    "need": (_TEXT, "a term of /taxonomy_terms, such as bullying (or its id, as taxonomy_term_id)"),
    "minimum_age": (_NUMBER, "the service reaches this age or above; -1 is before birth"),
    "maximum_age": (_NUMBER, "the service begins at this age or below"),
    "search": (_TEXT, "words in the name or description"),
}
_PAGING = {"page": (_NUMBER, "from 1"), "per_page": (_NUMBER, f"1 to {MOST_ON_A_PAGE}; 50 unless said")}


def paths() -> dict[str, Any]:
    return {
        BASE: {"get": _get("Which version and profile this directory follows", {"type": "object"})},
        f"{BASE}/services": {"get": _get("Services that are active and were checked within a year", _page_of("Service"), _FILTERS | _PAGING)},
        f"{BASE}/services/{{id}}": {
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": _TEXT}],
            "get": _get("One service, whatever its status", {"$ref": "#/components/schemas/Service"}),
        },
        f"{BASE}/taxonomies": {"get": _get("The one list of needs", _page_of(None), _PAGING)},
        f"{BASE}/taxonomy_terms": {"get": _get("The needs", _page_of(None), _PAGING)},
    }  # fmt: skip


def schemas() -> dict[str, Any]:
    """The required fields of HSDS 3.0, and those that we always give."""
    always = ("id", "name", "status", "description", "organization", "contacts", "service_areas", "attributes")
    organization = {"type": "object", "required": ["id", "name", "description"]}
    entity = {"type": "array", "items": {"type": "object", "required": ["id"]}}
    return {
        "Service": {
            "type": "object",
            "required": list(always),
            "properties": {
                "id": {"type": "string", "format": "uuid"}, "name": _TEXT, "description": _TEXT,
                "status": {"enum": ["active", "inactive", "defunct", "temporarily closed"]},
                "minimum_age": _NUMBER, "maximum_age": _NUMBER, "fees_description": _TEXT, "alert": _TEXT,
                "application_process": _TEXT, "assured_date": {"type": "string", "format": "date"},
                "organization": organization, "contacts": entity, "service_areas": entity,
                "attributes": {"type": "array", "items": {"type": "object", "required": [
                    "id", "link_id", "link_entity", "taxonomy_term_id", "taxonomy_term"]}},
            },
        }
    }  # fmt: skip


def _page_of(schema: str | None) -> dict[str, Any]:
    parts = ("total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents")
    items = {"$ref": f"#/components/schemas/{schema}"} if schema else {"type": "object"}
    return {"type": "object", "required": list(parts), "properties": {"contents": {"type": "array", "items": items}}}


def _get(summary: str, answer: dict[str, Any], query: dict[str, Any] | None = None) -> dict[str, Any]:
    parameters = [
        {"name": name, "in": "query", "schema": schema, "description": words}
        for name, (schema, words) in (query or {}).items()
    ]
    good = {"description": summary, "content": {"application/json": {"schema": answer}}}
    fault = {
        "description": "A problem, in plain words",
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    return {"summary": summary, "parameters": parameters, "responses": {"200": good, "default": fault}}
