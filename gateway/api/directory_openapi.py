"""What OpenAPI says of the directory of services."""

from __future__ import annotations

from typing import Any

from gateway.api.directory import BASE, UNBORN, USUAL_ON_A_PAGE
from gateway.exports.open_referral import MOST_ON_A_PAGE, paged

_TEXT, _NUMBER = {"type": "string"}, {"type": "integer"}
_FILTERS = {
    "place": (_TEXT, "a place, postcode or authority; services for all of England are always there too"),
    "need": (_TEXT, "a term of /taxonomy_terms, such as bullying (or its id, as taxonomy_term_id)"),
    "minimum_age": (_NUMBER, f"the service reaches this age or above; {UNBORN} is before birth"),
    "maximum_age": (_NUMBER, "the service begins at this age or below"),
    "search": (_TEXT, "words in the name or description"),
}
_PAGING = {"page": (_NUMBER, "from 1"), "per_page": (_NUMBER, f"1 to {MOST_ON_A_PAGE}; {USUAL_ON_A_PAGE} unless said")}


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
    items = {"$ref": f"#/components/schemas/{schema}"} if schema else {"type": "object"}
    return {
        "type": "object",
        "required": list(paged((), 1, 1)),
        "properties": {"contents": {"type": "array", "items": items}},
    }


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
