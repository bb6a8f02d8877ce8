"""From a place or postcode to the authority and locality team that serve it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from policies.engine.entries import Area

POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?)\s*(?:([0-9])([A-Z]{2})?)?\Z")


@dataclass(frozen=True, slots=True)
class Locality:
    """A place that one of our authorities serves. `place` is the canonical name, or the postcode district."""

    authority: str
    locality: str
    place: str
    team: str = ""


@dataclass(frozen=True, slots=True)
class OtherAuthority:
    """A place that somebody else serves. Without a number, a person helps."""

    name: str
    number: str


class Places:
    """All places of all packs, by folded name. Our own places win over a neighbour's entry for the same place."""

    def __init__(self, areas: Mapping[str, Collection[Area]]) -> None:
        self._names: dict[str, Locality | OtherAuthority] = {}
        for ours in (False, True):
            for authority, its in areas.items():
                for area in its:
                    if area.ours == ours:
                        self._add(authority, area)

    def _add(self, authority: str, area: Area) -> None:
        for place in (*area.places, *area.postcodes):
            found = (
                Locality(authority, area.name, place, area.team)
                if area.ours
                else OtherAuthority(area.title, area.number)
            )
            self._names[_folded(place)] = found

    def locate(self, words: str) -> Locality | OtherAuthority | None:
        """The most exact entry for a place name or a postcode: sector before district."""
        return next((self._names[key] for key in _keys(words) if key in self._names), None)


def _folded(words: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9 ]", " ", words.casefold()).split())


def _keys(words: str) -> list[str]:
    postcode = POSTCODE.match(" ".join(words.upper().split()))
    if postcode is None:
        return [_folded(words)]
    district, sector, _ = postcode.groups()
    return [_folded(f"{district} {sector}"), _folded(district)] if sector else [_folded(district)]
