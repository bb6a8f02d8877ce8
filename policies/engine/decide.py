"""Decide: what is known becomes an indication.

A fact that nobody is asked counts as presumed throughout. How bad a named worry is stays open until somebody says, and counts
as presumed for the level that stands meanwhile. What is possible is exact: an outcome is possible when some completion has it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from policies.engine.ask import matters
from policies.engine.coding import Coded, Coder, Facts
from policies.engine.compiled import Compiled
from policies.engine.entries import ConsentRule, Duty, Offer
from policies.engine.indication import Clock, Indication
from policies.engine.reasons import Reasons, Rule, reason
from policies.engine.table import Table
from policies.engine.vocabulary import LEVELS, ROUTES


@dataclass(frozen=True, slots=True)
class Possible:
    """Which results are still possible, as masks over levels, consent outcomes, routes and offers."""

    level: int
    consent: int
    route: int
    offer: int


EVERYTHING = Possible(-1, -1, -1, -1)


def _narrowed(table: Table, known: Coded, among: int) -> int:
    return table.possible(known.codes, known.mask) if among & (among - 1) else among


class Decider:
    """The decide reading of one compiled edition."""

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        self.coder = Coder(compiled)
        self._reasons = Reasons(compiled)
        self._edition = compiled.edition
        self._proceeds = {rule.outcome: rule.proceeds for rule in self._edition.of(ConsentRule)}

    # ---- what is possible -------------------------------------------------------------------------

    def open(self, facts: Facts) -> Coded:
        """What counts as known: what was said, and what nobody is asked."""
        return self.coder.settled.under(self.coder.code(facts))

    def possible(self, known: Coded, among: Possible = EVERYTHING) -> Possible:
        """Exactly the outcomes that some completion of what is known has.

        `among`: what was possible when less was known. Where that was one outcome, it still is.
        """
        compiled = self.compiled
        return Possible(
            _narrowed(compiled.level_table, known, among.level),
            _narrowed(compiled.consent_table, known, among.consent),
            _narrowed(compiled.route_table, known, among.route),
            _narrowed(compiled.offer_table, known, among.offer),
        )

    def level_and_route(self, facts: Facts) -> tuple[str, str]:
        """The level that stands, and the route: as decided, or as it stands if nobody can answer more. For bulk."""
        said = self.coder.code(facts)
        cautious, whole = self.coder.cautious.under(said), self.coder.standing.under(said)
        level = self.compiled.level_table.possible(cautious.codes, cautious.mask)
        route = self.compiled.route_table.possible(whole.codes, whole.mask)
        return LEVELS[_lowest(level)], _only(ROUTES, route) or "none"

    # ---- the indication ---------------------------------------------------------------------------

    def decide(self, facts: Facts, on: date) -> Indication:
        said = self.coder.code(facts)
        known, cautious = self.coder.settled.under(said), self.coder.cautious.under(said)
        now = self.possible(known)
        feared = self.possible(cautious, among=now)
        standing = self.possible(self.coder.standing.under(said), among=now)
        presumed = {**self.coder.cautious_facts, **facts}
        rules = self._reasons.holding(presumed, cautious.codes, self._outcomes(feared))
        level = LEVELS[_lowest(feared.level)]
        outcomes, offers = self._edition.consent_outcomes, self._edition.offers
        consent, standing_consent = _only(outcomes, now.consent), _only(outcomes, standing.consent)
        offer, standing_offer = _only(offers, now.offer), _only(offers, standing.offer)
        chosen = self._edition.entries.get(offer or standing_offer or "")
        chosen = chosen if isinstance(chosen, Offer) else None
        duties = _names(rules, "duty")
        return Indication(
            pack=self._edition.pack,
            on=on,
            level=level,
            label=self._edition.labels.get(level, level),
            could_be=_all(LEVELS, now.level),
            route=_only(ROUTES, now.route),
            offer=offer,
            consent=consent,
            standing_route=_only(ROUTES, standing.route),
            standing_offer=standing_offer,
            standing_consent=standing_consent,
            proceeds=self._proceeds.get(consent or standing_consent or ""),
            flags=_names(rules, "flag"),
            duties=duties,
            also=_names(rules, "also"),
            reasons=tuple(reason(rule, facts, presumed) for rule in rules),
            clocks=self._clocks(chosen, duties, on),
            contact=chosen.contact if chosen else None,
            offer_title=chosen.title if chosen else None,
            duration=chosen.duration if chosen else None,
            next_step={"staff": chosen.staff, "family": chosen.family} if chosen else None,
            _matters=lambda: matters(self.compiled, known),
        )

    def _outcomes(self, possible: Possible) -> dict[str, frozenset[str]]:
        return {
            "level": frozenset(_all(LEVELS, possible.level)),
            "consent": frozenset(_all(self._edition.consent_outcomes, possible.consent)),
            "route": frozenset(_all(ROUTES, possible.route)),
        }

    def _clocks(self, offer: Offer | None, duties: tuple[str, ...], on: date) -> tuple[Clock, ...]:
        """The time limits of the offer and the duties, each once, with their figures on the day."""
        named = list(offer.clocks) if offer else []
        for name in duties:
            duty = self._edition.entries[name]
            named += duty.clocks if isinstance(duty, Duty) else ()
        measures = (self._edition.clocks[name] for name in dict.fromkeys(named))
        return tuple(Clock(measure, figure) for measure in measures if (figure := measure.on(on)))


def _names(rules: list[Rule], kind: str) -> tuple[str, ...]:
    return tuple(rule.entry.name for rule in rules if rule.kind == kind)


def _lowest(mask: int) -> int:
    return (mask & -mask).bit_length() - 1


def _only(names: tuple[str, ...], mask: int) -> str | None:
    """The one result that is possible, if it is one (and a result at all)."""
    if mask & (mask - 1) or mask.bit_length() > len(names):
        return None
    return names[mask.bit_length() - 1]


def _all(names: tuple[str, ...], mask: int) -> tuple[str, ...]:
    return tuple([name for i, name in enumerate(names) if mask >> i & 1])
