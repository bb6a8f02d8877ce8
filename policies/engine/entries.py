"""What a pack is made of: rules of six kinds, offers, clocks and figures, each with the clause that it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from policies.engine.conditions import Condition


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a rule comes from, and what it says in our own words."""

    source: str
    clause: str
    rests_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What all dated, cited, conditional things share. `since` is the first day, `until` the first day no longer."""

    name: str
    when: Condition
    citation: Citation
    file: Path
    line: int
    staff: str = ""
    family: str = ""
    exception_to: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag(Entry):
    """Something to be careful of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold(Entry):
    """A reason for a level of need. The highest level that has a reason stands."""

    level: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty(Entry):
    """Something that must be done beside the route."""

    clocks: tuple[str, ...] = ()
    contact: str = ""
    worth_asking: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRule(Entry):
    """A row of the consent table. `proceeds`: yes, no, or without_agreement."""

    outcome: str
    proceeds: str
    share_with: str
    tell_family: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion(Entry):
    """Who an offer is not for."""

    excludes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Routing(Entry):
    """Where a request goes."""

    route: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer(Entry):
    """The concrete service of an authority on a route. `staff` and `family` word the next step."""

    route: str
    title: str
    needs_agreement: bool
    contact: str
    duration: str = ""
    clocks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Also(Entry):
    """A service worth naming beside the offer."""

    title: str
    contact: str
    duration: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A dated number: exactly `limit`, a range, or one `each` time. Any may be None or empty."""

    since: date
    limit: int | Decimal | None = None
    at_least: int | Decimal | None = None
    at_most: int | Decimal | None = None
    each: tuple[int, ...] = ()

    def shown(self) -> str:
        if self.each:
            return ", ".join(map(str, self.each))
        if self.limit is not None:
            return str(self.limit)
        if self.at_least is None:
            return f"up to {self.at_most}"
        return f"{self.at_least} or more" if self.at_most is None else f"{self.at_least} to {self.at_most}"


@dataclass(frozen=True, slots=True)
class Measure:
    """A time limit (`starts` says from when) or a capacity figure (`starts` empty), with its dated values, oldest first."""

    name: str
    what: str
    unit: str
    values: tuple[Figure, ...]
    citation: Citation
    starts: str = ""
    note: str = ""

    def on(self, day: date) -> Figure | None:
        return next((figure for figure in reversed(self.values) if figure.since <= day), None)


@dataclass(frozen=True, slots=True)
class Note:
    """A contradiction or gap of the sources, how it was settled, and what a reviewer is asked."""

    about: str
    settled: str
    question: str
    source: str
    clause: str


@dataclass(frozen=True, slots=True)
class Area:
    """Places and postcode districts: of one of our localities, or (`ours` False) of a neighbouring authority."""

    name: str
    title: str
    ours: bool
    team: str
    number: str
    places: tuple[str, ...]
    postcodes: tuple[str, ...]
