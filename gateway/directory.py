"""Reads the directory of services (data/services) for `triage.services` to choose from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from gateway.words import filled
from triage.ports import Service
from triage.services import Listing, choose

SERVICES = Path("data/services")
NOT_SERVICES = frozenset({"numbers", "taxonomies"})


class ServiceDirectory:
    """All services of all areas, read once."""

    def __init__(self, listings: Iterable[Listing]) -> None:
        self.listings = tuple(listings)

    @classmethod
    def load(cls, root: Path) -> ServiceDirectory:
        """Read the files under the repository's root. A broken file raises, at start and not at a family's question."""
        numbers = numbers_by_slot(root)
        return cls(listing(one, area, numbers) for area, data in by_area(root) for one in data.get("services") or ())

    def find(
        self,
        *,
        concerns: Iterable[str],
        ages: Iterable[int],
        authority: str | None,
        place: str | None,
        on: date,
        limit: int,
        wish: str = "",
    ) -> Sequence[Service]:
        return choose(self.listings, concerns=concerns, ages=ages, authority=authority, wish=wish, on=on, limit=limit)


def by_area(root: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """What each file of the directory holds (organization, services), with the area that it is named after."""
    for file in sorted((root / SERVICES).glob("*.yml")):
        if file.stem not in NOT_SERVICES:
            yield file.stem, read_yaml(file)


def numbers_by_slot(root: Path) -> Mapping[str, str]:
    """The telephone numbers of the one list, by the `{number_…}` that stands for them in a service."""
    lines = read_yaml(root / SERVICES / "numbers.yml")["numbers"]
    return {f"number_{name}": str(line["number"]) for name, line in lines.items()}


def read_yaml(file: Path) -> Any:
    return yaml.safe_load(file.read_text("utf-8"))


def listing(service: Mapping[str, Any], authority: str, numbers: Mapping[str, str]) -> Listing:
    return Listing(
        id=service["id"],
        name=service["name"],
        description=service["description"],
        contact=_contact(service, numbers),
        access=service["access"],
        concerns=frozenset(service["attributes"]),
        least_age=int(service["minimum_age"]),
        most_age=int(service["maximum_age"]),
        authority=authority,
        always_for=frozenset(service.get("always_for", ())),
        active=service["status"] == "active",
        assured=service["assured_date"],
    )


def _contact(service: Mapping[str, Any], numbers: Mapping[str, str]) -> str:
    """How to get there, with the number from the one list."""
    ways = []
    for contact in service.get("contacts", ()):
        phones = [filled(phone["number"], numbers) for phone in contact.get("phones", ())]
        ways.append(" ".join(filter(None, (contact.get("title"), ", ".join(phones)))))
    return "; ".join(ways)
