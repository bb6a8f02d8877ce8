"""What the engine answers: an indication with its reasons. Never a decision: a person decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from policies.engine.entries import Figure, Measure


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that holds, the clause that it rests on, and the known facts that make it hold.

    `presumed`: unknown facts that count as their worst likely value until somebody says. `certain` is False where the answers
    still open lead to the same outcome through different rules, of which this is one.
    """

    rule: str
    kind: str
    source: str
    clause: str
    rests_on: str
    staff: str
    family: str
    facts: tuple[str, ...]
    presumed: tuple[str, ...] = ()
    certain: bool = True

    def as_data(self) -> dict[str, Any]:
        return {
            "rule": self.rule,
            "kind": self.kind,
            "source": self.source,
            "clause": self.clause,
            "rests_on": self.rests_on,
            "staff": self.staff,
            "family": self.family,
            "facts": list(self.facts),
            "presumed": list(self.presumed),
            "certain": self.certain,
        }


@dataclass(frozen=True, slots=True)
class Clock:
    """A time limit that starts to run, with its figure as it stands on the day."""

    measure: Measure
    figure: Figure

    def as_data(self) -> dict[str, Any]:
        figure, measure = self.figure, self.measure
        return {
            "name": measure.name,
            "what": measure.what,
            "starts": measure.starts,
            "unit": measure.unit,
            "limit": figure.limit,
            "at_least": figure.at_least,
            "at_most": figure.at_most,
            "each": list(figure.each),
            "source": measure.citation.source,
            "clause": measure.citation.clause,
        }


@dataclass(frozen=True)
class Indication:
    """The reading of what is known, under one pack on one day.

    `level` stands now: the lowest that every answer still open would leave. `could_be`: every level still possible, in order.
    `route`, `offer` and `consent` are None while undecided; `standing_…` say what stands if nobody can answer more.
    """

    pack: str
    on: date
    level: str
    label: str
    could_be: tuple[str, ...]
    route: str | None
    offer: str | None
    consent: str | None
    standing_route: str | None
    standing_offer: str | None
    standing_consent: str | None
    proceeds: str | None
    flags: tuple[str, ...]
    duties: tuple[str, ...]
    also: tuple[str, ...]
    reasons: tuple[Reason, ...]
    clocks: tuple[Clock, ...]
    contact: str | None
    offer_title: str | None
    duration: str | None
    next_step: dict[str, str] | None
    _matters: Callable[[], tuple[str, ...]] = field(repr=False, compare=False)

    @cached_property
    def matters(self) -> tuple[str, ...]:
        """The facts whose value can still change level, route, offer or consent outcome."""
        return self._matters()

    @property
    def rules(self) -> tuple[str, ...]:
        """The names of all rules that hold for certain, in order of reading."""
        return tuple(reason.rule for reason in self.reasons if reason.certain and reason.kind not in ("offer", "also"))

    def as_data(self) -> dict[str, Any]:
        """Plain JSON data, whole enough to be kept with the request and replayed."""
        return {
            "pack": self.pack,
            "on": self.on.isoformat(),
            "level": self.level,
            "label": self.label,
            "could_be": list(self.could_be),
            "route": self.route,
            "offer": self.offer,
            "offer_title": self.offer_title,
            "duration": self.duration,
            "consent": self.consent,
            "proceeds": self.proceeds,
            "standing_route": self.standing_route,
            "standing_offer": self.standing_offer,
            "standing_consent": self.standing_consent,
            "flags": list(self.flags),
            "duties": list(self.duties),
            "also": list(self.also),
            "reasons": [reason.as_data() for reason in self.reasons],
            "matters": list(self.matters),
            "clocks": [clock.as_data() for clock in self.clocks],
            "contact": self.contact,
            "next_step": self.next_step,
        }
