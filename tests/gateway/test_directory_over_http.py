"""Any finder of services can read the directory: Open Referral UK v3, in pages, by place, age and need."""

from __future__ import annotations

from datetime import date, timedelta

import jsonschema
import pytest

from gateway.api import directory
from gateway.api.directory import BASE
from gateway.api.directory_openapi import schemas
from gateway.exports.open_referral import OpenReferral, Wanted
from gateway.settings import ROOT

SERVICES = f"{BASE}/services"
DIRECTORY = OpenReferral.load(ROOT)
CHECKED = date(2026, 11, 22)

# what HSDS 3.0 requires of each object, where it stands by itself or within another one
REQUIRED = {
    "service": {"id", "name", "status"},
    "organization": {"id", "name", "description"},
    "contact": {"id"},
    "phone": {"id", "number"},
    "service_area": {"id"},
    "attribute": {"id", "link_id", "link_entity", "taxonomy_term_id"},
    "taxonomy_term": {"id", "name", "description"},
}


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """A year later nothing would be shown, and that is right."""
    monkeypatch.setattr(directory, "_today", lambda _request: CHECKED)


def everything(**wanted) -> list[dict]:
    return DIRECTORY.services(Wanted(**wanted), on=CHECKED, page=1, size=10_000)["contents"]


async def read(client, address: str = SERVICES, **query) -> dict:
    answer = await client.get(address, params={name: str(value) for name, value in query.items()})
    assert answer.status == 200, await answer.text()
    return await answer.json()


def test_every_service_has_the_required_fields_of_the_standard() -> None:
    shape = schemas()["Service"]
    for service in everything():
        jsonschema.validate(service, shape)
        assert set(service) >= REQUIRED["service"]
        assert set(service["organization"]) >= REQUIRED["organization"]
        for contact in service["contacts"]:
            assert set(contact) >= REQUIRED["contact"]
            assert all(set(phone) >= REQUIRED["phone"] for phone in contact["phones"])
        assert all(set(area) >= REQUIRED["service_area"] for area in service["service_areas"])
        for attribute in service["attributes"]:
            assert set(attribute) >= REQUIRED["attribute"]
            assert set(attribute["taxonomy_term"]) >= REQUIRED["taxonomy_term"]


def test_every_number_is_a_number_and_every_id_is_one_of_a_kind() -> None:
    found = everything()
    numbers = [phone["number"] for service in found for contact in service["contacts"] for phone in contact["phones"]]
    assert numbers
    assert not any("{" in number for number in numbers)
    ids = [attribute["id"] for service in found for attribute in service["attributes"]]
    assert len(ids) == len(set(ids))


async def test_the_directory_is_served_in_pages_as_open_referral_uk_names_them(client) -> None:
    first = await read(client, per_page=2)
    assert set(first) == {
        "total_items",
        "total_pages",
        "page_number",
        "size",
        "first_page",
        "last_page",
        "empty",
        "contents",
    }
    assert (first["page_number"], first["size"], first["first_page"], first["last_page"]) == (1, 2, True, False)
    seen = [
        s["id"]
        for n in range(1, first["total_pages"] + 1)
        for s in (await read(client, per_page=2, page=n))["contents"]
    ]
    assert len(seen) == len(set(seen)) == first["total_items"]
    beyond = await read(client, per_page=2, page=first["total_pages"] + 1)
    assert (beyond["empty"], beyond["last_page"]) == (True, True)


async def test_one_service_is_the_same_as_in_the_list(client) -> None:
    (one,) = (await read(client, per_page=1))["contents"]
    assert await read(client, f"{SERVICES}/{one['id']}") == one
    assert (await client.get(f"{SERVICES}/nothing")).status == 404


async def test_a_place_or_a_postcode_gives_the_services_of_its_authority_and_of_all_england(client) -> None:
    by_name = await read(client, place="Nuneaton")
    assert by_name["contents"] == (await read(client, place="warwickshire"))["contents"]
    areas = {area["name"] for service in by_name["contents"] for area in service["service_areas"]}
    assert areas == {"Warwickshire", "England"}
    assert (await client.get(SERVICES, params={"place": "Atlantis"})).status == 422


async def test_an_age_and_a_need_narrow(client) -> None:
    found = (await read(client, place="warwickshire", minimum_age=8, maximum_age=8, need="bullying"))["contents"]
    assert found
    for service in found:
        assert service["minimum_age"] <= 8 <= service["maximum_age"]
        assert "bullying" in {attribute["taxonomy_term"]["code"] for attribute in service["attributes"]}
    term = next(a["taxonomy_term_id"] for a in found[0]["attributes"] if a["taxonomy_term"]["code"] == "bullying")
    assert (await read(client, place="warwickshire", minimum_age=8, maximum_age=8, taxonomy_term_id=term))[
        "contents"
    ] == found


@pytest.mark.parametrize(
    "query", [{"page": "0"}, {"per_page": "101"}, {"minimum_age": "old"}, {"page": "9" * 30}], ids=str
)
async def test_what_cannot_be_asked_is_said(client, query) -> None:
    answer = await client.get(SERVICES, params=query)
    assert answer.status == 422
    assert next(iter(query)) in (await answer.json())["detail"]


def test_what_nobody_checked_for_a_year_is_left_out() -> None:
    late = CHECKED + timedelta(days=400)
    assert DIRECTORY.services(Wanted(), on=late, page=1, size=10)["total_items"] == 0


async def test_it_is_documented(client) -> None:
    document = await read(client, "/api/openapi.json")
    assert {SERVICES, f"{SERVICES}/{{id}}", f"{BASE}/taxonomy_terms"} <= set(document["paths"])
    named = {parameter["name"] for parameter in document["paths"][SERVICES]["get"]["parameters"]}
    assert {"place", "need", "minimum_age", "maximum_age", "page", "per_page"} <= named
    about = await read(client, BASE)
    assert about["version"] == "HSDS-UK-3.0"


async def test_the_terms_are_those_that_services_carry(client) -> None:
    terms = {term["id"] for term in (await read(client, f"{BASE}/taxonomy_terms", per_page=100))["contents"]}
    assert {a["taxonomy_term_id"] for service in everything() for a in service["attributes"]} <= terms
    assert (await read(client, f"{BASE}/taxonomies"))["total_items"] == 1
