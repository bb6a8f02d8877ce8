"""Reads the directory of services (data/services) for `triage.services` to choose from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
        folder = root / SERVICES
        numbers = yaml.safe_load((folder / "numbers.yml").read_text("utf-8"))["numbers"]
        values = {f"number_{name}": str(line["number"]) for name, line in numbers.items()}
        files = [file for file in sorted(folder.glob("*.yml")) if file.stem not in NOT_SERVICES]
        return cls(listing(service, file.stem, values) for file in files for service in _services(file))

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


def _services(file: Path) -> list[Mapping[str, Any]]:
    return yaml.safe_load(file.read_text("utf-8")).get("services") or []


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
