"""Decide and explain: what is known becomes an indication with its reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from policies.engine.ask import matters
from policies.engine.compiled import Compiled
from policies.engine.conditions import Outcome, leaves
from policies.engine.entries import Also, ConsentRule, Duty, Entry, Exclusion, Flag, Offer, Routing, Threshold
from policies.engine.indication import Clock, Indication, Reason
from policies.engine.table import Codes
from policies.engine.truth import Truth, View, truth
from policies.engine.vocabulary import LEVELS, ROUTES

KIND_NAMES = {Flag: "flag", Threshold: "threshold", Duty: "duty", ConsentRule: "consent", Exclusion: "exclusion", Routing: "routing", Offer: "offer", Also: "also"}
Facts = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Which results are still possible, as masks over levels, consent outcomes, routes and offers."""

    level: int
    consent: int
    route: int
    offer: int


class Decider:
    """The decide reading of one compiled edition.

    A fact that nobody is asked counts as presumed throughout. How bad a named worry is stays open until somebody says, and
    counts as presumed for the level that stands meanwhile.
    """

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        self._edition = compiled.edition
        presumed = compiled.edition.vocabulary.presumed
        facts = compiled.edition.vocabulary.facts
        self._settled = {name: value for name, value in presumed.items() if name in compiled.numbers and facts[name].about is None}
        self._feared = {name: value for name, value in presumed.items() if name in compiled.numbers and facts[name].about is not None}
        self._names = {
            "level": LEVELS,
            "consent": compiled.edition.consent_outcomes,
            "route": ROUTES,
            "offer": compiled.edition.offers,
        }

    # ---- what is possible -------------------------------------------------------------------------

    def codes(self, facts: Facts) -> tuple[dict[int, int], int]:
        """The facts that this edition rests on, as numbers; and their mask."""
        numbers, variables = self.compiled.numbers, self.compiled.variables
        codes = {number: variables[number].case_of(value) for name, value in facts.items() if (number := numbers.get(name)) is not None}
        mask = 0
        for number in codes:
            mask |= 1 << number
        return codes, mask

    def possible(self, codes: Codes, mask: int) -> Outcomes:
        """Exactly the outcomes that some completion of what is known has."""
        compiled = self.compiled
        return Outcomes(
            compiled.level_table.possible(codes, mask),
            compiled.consent_table.possible(codes, mask),
            compiled.route_table.possible(codes, mask),
            compiled.offer_table.possible(codes, mask),
        )

    @cached_property
    def _as_things_stand(self) -> dict[int, int]:
        """The case that each fact counts as where nobody can say: presumed, otherwise, or the mildest."""
        return {
            number: variable.case_of(variable.fact.presumed or variable.fact.otherwise or variable.fact.mildest)
            for number, variable in enumerate(self.compiled.variables)
        }

    def standing(self, codes: Codes) -> Outcomes:
        """The outcomes once every open fact counts as it stands."""
        whole = {**self._as_things_stand, **codes}
        return self.possible(whole, (1 << len(self.compiled.variables)) - 1)

    # ---- the indication ---------------------------------------------------------------------------

    def open(self, facts: Facts) -> tuple[dict[int, int], int]:
        """What counts as known, as numbers and mask: the facts, and what nobody is asked."""
        return self.codes({**self._settled, **facts})

    def decide(self, facts: Facts, on: date) -> Indication:
        codes, mask = self.open(facts)
        now = self.possible(codes, mask)
        cautious = {**self._settled, **self._feared, **facts}
        presumed = self.possible(*self.codes(cautious))
        standing = self.standing(codes)
        level = LEVELS[_lowest(presumed.level)]
        route, offer, consent = self._only("route", now.route), self._only("offer", now.offer), self._only("consent", now.consent)
        reasons, held = self._reasons(facts, cautious, presumed)
        named = self._edition.entries.get(offer or self._only("offer", standing.offer) or "")
        chosen = named if isinstance(named, Offer) else None
        return Indication(
            pack=self._edition.pack,
            on=on,
            level=level,
            label=self._edition.labels.get(level, level),
            could_be=self._all("level", now.level),
            route=route,
            offer=offer,
            consent=consent,
            standing_route=self._only("route", standing.route),
            standing_offer=self._only("offer", standing.offer),
            standing_consent=self._only("consent", standing.consent),
            proceeds=self._proceeds(consent or self._only("consent", standing.consent)),
            flags=held.get("flag", ()),
            duties=held.get("duty", ()),
            also=held.get("also", ()),
            reasons=reasons,
            clocks=self._clocks(chosen, held.get("duty", ()), on),
            contact=chosen.contact if chosen else None,
            offer_title=chosen.title if chosen else None,
            duration=chosen.duration if chosen else None,
            next_step={"staff": chosen.staff, "family": chosen.family} if chosen else None,
            _matters=lambda: matters(self.compiled, codes, mask),
        )

    def _only(self, of: str, mask: int) -> str | None:
        """The one result that is possible, if it is one."""
        found = self._all(of, mask)
        return found[0] if len(found) == 1 and mask.bit_count() == 1 else None

    def _all(self, of: str, mask: int) -> tuple[str, ...]:
        return tuple(name for i, name in enumerate(self._names[of]) if mask >> i & 1)

    def _proceeds(self, outcome: str | None) -> str | None:
        return next((rule.proceeds for rule in self._edition.of(ConsentRule) if rule.outcome == outcome), None)

    def _clocks(self, offer: Offer | None, duties: tuple[str, ...], on: date) -> tuple[Clock, ...]:
        named = list(offer.clocks) if offer else []
        for name in duties:
            duty = self._edition.entries[name]
            named += duty.clocks if isinstance(duty, Duty) else ()
        measures = (self._edition.clocks[name] for name in dict.fromkeys(named))
        return tuple(Clock(measure, figure) for measure in measures if (figure := measure.on(on)))

    # ---- explaining -------------------------------------------------------------------------------

    @cached_property
    def _by_fact(self) -> dict[str, tuple[str, ...]]:
        """Rules by the facts that they name: a rule none of whose facts is known cannot hold."""
        found: dict[str, list[str]] = {}
        for name, facts in self.compiled.facts_named.items():
            for fact in facts:
                found.setdefault(fact, []).append(name)
        return {fact: tuple(names) for fact, names in found.items()}

    @cached_property
    def _order(self) -> dict[str, int]:
        kinds = list(KIND_NAMES)
        names = sorted(self._edition.entries.values(), key=lambda entry: kinds.index(type(entry)))
        return {entry.name: i for i, entry in enumerate(names)}

    @cached_property
    def _always_read(self) -> frozenset[str]:
        """Rules that name something besides facts, or no fact at all."""
        return frozenset(
            name
            for name, condition in self._edition.holds.items()
            if not self.compiled.facts_named[name] or any(isinstance(leaf, Outcome) for leaf in leaves(condition))
        )

    def _reasons(self, facts: Facts, cautious: Facts, presumed: Outcomes) -> tuple[tuple[Reason, ...], dict[str, tuple[str, ...]]]:
        """The rules that hold, in order of reading; and their names by kind."""
        names = set(self._always_read).union(*(self._by_fact.get(fact, ()) for fact in cautious))
        flags: dict[str, Truth] = {flag.name: None for flag in self._edition.of(Flag)}
        view = View(cautious, flags, {of: frozenset(self._all(of, getattr(presumed, of))) for of in ("level", "consent", "route")})
        reasons: list[Reason] = []
        held: dict[str, tuple[str, ...]] = {}
        for name in sorted(names, key=self._order.__getitem__):
            holds = truth(self._edition.holds[name], view)
            entry = self._edition.entries[name]
            if isinstance(entry, Flag):
                flags[name] = holds
            if holds:
                kind = KIND_NAMES[type(entry)]
                held[kind] = (*held.get(kind, ()), name)
                reasons.append(self._reason(entry, kind, facts, cautious))
        return tuple(reasons), held

    def _reason(self, entry: Entry, kind: str, facts: Facts, cautious: Facts) -> Reason:
        named = self.compiled.facts_named[entry.name]
        return Reason(
            rule=entry.name,
            kind=kind,
            source=entry.citation.source,
            clause=entry.citation.clause,
            rests_on=entry.citation.rests_on,
            staff=entry.staff,
            family=entry.family,
            facts=tuple(sorted(named.intersection(facts))),
            presumed=tuple(sorted(named.intersection(cautious).difference(facts))),
        )


def _lowest(mask: int) -> int:
    return (mask & -mask).bit_length() - 1
