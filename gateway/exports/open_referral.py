"""The directory of services in the shape of Open Referral UK v3 (HSDS 3.0), for other finders to read."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from gateway.directory import SERVICES, by_area, numbers_by_slot, read_yaml
from gateway.words import filled
from triage.services import STALE_AFTER

VERSION = "HSDS-UK-3.0"
PROFILE = "https://docs.openreferraluk.org/en/3.0-uk/"
MOST_ON_A_PAGE = 100
EVERYWHERE = "england"
ACCESS = {
    "open": "Anybody may go or ring.",
    "agreement": "Starts with the family's agreement.",
    "front_door": "Through the council's front door for children and families.",
    "professionals": "A professional asks for it.",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader asks for. Empty means everything that may be shown."""

    area: str = ""  # an authority by its key; what is for all of England is always there too
    need: str = ""  # a term, or its id
    least_age: int | None = None
    most_age: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """One service as it is served, and what choosing needs."""

    area: str
    needs: frozenset[str]  # terms and their ids
    shown_until: date
    data: Mapping[str, Any]

    def fits(self, wanted: Wanted, on: date) -> bool:
        ages = range(self.data["minimum_age"], self.data["maximum_age"] + 1)
        least, most = wanted.least_age, wanted.most_age
        words = f"{self.data['name']} {self.data['description']}".casefold()
        return (
            self.data["status"] == "active"
            and on <= self.shown_until
            and (not wanted.area or self.area in (wanted.area, EVERYWHERE))
            and (not wanted.need or wanted.need in self.needs)
            and (least is None or ages.stop > least)
            and (most is None or ages.start <= most)
            and wanted.text.casefold() in words
        )


class OpenReferral:
    """All services and the taxonomy, read once."""

    def __init__(
        self, services: Iterable[Kept], taxonomy: Mapping[str, Any], terms: Sequence[Mapping[str, Any]]
    ) -> None:
        self._services = {one.data["id"]: one for one in services}
        self.taxonomy, self.terms = taxonomy, terms

    @classmethod
    def load(cls, root: Path) -> OpenReferral:
        listed = read_yaml(root / SERVICES / "taxonomies.yml")
        terms = {term["term"]: term for term in listed["taxonomy_terms"]}
        shaped = _Shape(numbers_by_slot(root), terms, listed["taxonomy"])
        kept = [one for area, data in by_area(root) for one in shaped.all_of(area, data)]
        return cls(kept, listed["taxonomy"], [shaped.term(name) for name in terms])

    def service(self, id_: str) -> Mapping[str, Any] | None:
        """One service, whatever its status: a finder that knows it must see that it has closed."""
        found = self._services.get(id_)
        return found.data if found else None

    def services(self, wanted: Wanted, *, on: date, page: int, size: int) -> dict[str, Any]:
        """Those that may be shown: active, and checked within a year (hazard H23)."""
        return paged([one.data for one in self._services.values() if one.fits(wanted, on)], page, size)


def paged(found: Sequence[Mapping[str, Any]], page: int, size: int) -> dict[str, Any]:
    """One page as Open Referral UK names its parts."""
    pages = -(-len(found) // size) or 1
    contents = found[(page - 1) * size : page * size]
    return {
        "total_items": len(found),
        "total_pages": pages,
        "page_number": page,
        "size": len(contents),
        "first_page": page == 1,
        "last_page": page >= pages,
        "empty": not contents,
        "contents": list(contents),
    }


class _Shape:
    def __init__(self, numbers: Mapping[str, str], terms: Mapping[str, Any], taxonomy: Mapping[str, Any]) -> None:
        self._numbers, self._terms, self._taxonomy = numbers, terms, taxonomy

    def all_of(self, area: str, data: Mapping[str, Any]) -> list[Kept]:
        organization = {key: data["organization"][key] for key in ("id", "name", "description")}
        return [self._kept(service, organization, area) for service in data.get("services") or ()]

    def _kept(self, service: Mapping[str, Any], organization: Mapping[str, Any], area: str) -> Kept:
        names = service["attributes"]
        needs = frozenset([*names, *(self._terms[name]["id"] for name in names)])
        return Kept(area, needs, service["assured_date"] + STALE_AFTER, self._service(service, organization))

    def _service(self, service: Mapping[str, Any], organization: Mapping[str, Any]) -> dict[str, Any]:
        same = ("id", "name", "description", "status", "minimum_age", "maximum_age")
        more = {"alert": service["alert"]} if "alert" in service else {}
        return {
            **{key: service[key] for key in same},
            **more,
            "fees_description": service.get("fees", ""),
            "application_process": ACCESS[service["access"]],
            "assured_date": service["assured_date"].isoformat(),
            "organization": dict(organization),
            "contacts": [self._contact(contact) for contact in service["contacts"]],
            "service_areas": [dict(area) for area in service["service_areas"]],
            "attributes": [self._attribute(service["id"], name) for name in service["attributes"]],
        }

    def _contact(self, contact: Mapping[str, Any]) -> dict[str, Any]:
        phones = [{**phone, "number": filled(phone["number"], self._numbers)} for phone in contact.get("phones", ())]
        return {**contact, "phones": phones}

    def _attribute(self, service_id: str, name: str) -> dict[str, Any]:
        term = self.term(name)
        return {
            "id": str(uuid.uuid5(uuid.UUID(service_id), term["id"])),
            "link_id": service_id,
            "link_entity": "service",
            "taxonomy_term_id": term["id"],
            "taxonomy_term": term,
        }

    def term(self, name: str) -> dict[str, Any]:
        term = self._terms[name]
        shown = {"id": term["id"], "code": name, "name": term["name"], "description": term["description"]}
        return {**shown, "taxonomy": self._taxonomy["name"], "taxonomy_detail": dict(self._taxonomy)}
