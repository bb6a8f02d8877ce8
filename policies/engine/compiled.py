"""An edition made ready for reading: every rule as a diagram, every outcome as a table.

Order of reading: flags, thresholds, consent, routing, offers. What is read earlier may be named later, so each later diagram
is in the end about facts alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from policies.engine.conditions import Condition, FlagUp, leaves
from policies.engine.diagram import Diagram, Ref
from policies.engine.editions import Edition
from policies.engine.entries import Also, ConsentRule, Duty, Entry, Exclusion, Flag, Offer, Routing, Threshold
from policies.engine.table import Table
from policies.engine.variables import variables_of
from policies.engine.vocabulary import LEVELS, ROUTES


class Compiled:
    """One edition, compiled. `rules` gives the diagram of each entry's condition, by name."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.variables = variables_of(edition.vocabulary, edition.holds.values())
        self.numbers = {variable.fact.name: i for i, variable in enumerate(self.variables)}
        self.diagram = Diagram(self.variables)
        self.rules: dict[str, Ref] = {}
        self.levels = self._read_levels()
        self.consents = self._read("consent", edition.consent_outcomes, edition.of(ConsentRule), lambda rule: rule.outcome)
        self.routes = self._read("route", ROUTES, edition.of(Routing), lambda rule: rule.route)
        self.offers = self._read("offer", edition.offers, edition.of(Offer), lambda offer: offer.name)
        self._each((*edition.of(Duty), *edition.of(Also), *edition.of(Exclusion)))

    def _each(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            self.rules[entry.name] = self.diagram.of(self.edition.holds[entry.name])

    def _read_levels(self) -> dict[str, Ref]:
        """Where each level stands: it has a reason and none higher has. Universal stands where nothing does."""
        diagram = self.diagram
        flags = self.edition.of(Flag)
        self._each(flags)
        diagram.flags = {flag.name: self.rules[flag.name] for flag in flags}
        thresholds = self.edition.of(Threshold)
        self._each(thresholds)
        levels: dict[str, Ref] = {}
        higher = diagram.no
        for level in reversed(LEVELS[1:]):
            fires = diagram.any_of(self.rules[rule.name] for rule in thresholds if rule.level == level)
            levels[level] = diagram.without(fires, higher)
            higher = diagram.either(higher, fires)
        levels[LEVELS[0]] = -higher
        diagram.outcomes["level"] = levels
        return {level: levels[level] for level in LEVELS}

    def _read(self, of: str, values: Sequence[str], rules, value_of) -> dict[str, Ref]:  # type: ignore[no-untyped-def]
        self._each(rules)
        found = {value: self.diagram.any_of(self.rules[rule.name] for rule in rules if value_of(rule) == value) for value in values}
        self.diagram.outcomes[of] = found
        return found

    # ---- tables: built when first read ------------------------------------------------------------

    def _table(self, results: Sequence[Ref]) -> Table:
        return Table(self.diagram, results, self.numbers)

    @cached_property
    def level_table(self) -> Table:
        return self._table(tuple(self.levels.values()))

    @cached_property
    def consent_table(self) -> Table:
        return self._table(tuple(self.consents.values()))

    @cached_property
    def route_table(self) -> Table:
        return self._table(tuple(self.routes.values()))

    @cached_property
    def offer_table(self) -> Table:
        return self._table(tuple(self.offers.values()))

    @cached_property
    def asked_duty_tables(self) -> tuple[Table, ...]:
        return tuple(self._table((self.rules[duty.name], -self.rules[duty.name])) for duty in self.edition.of(Duty) if duty.worth_asking)

    @property
    def outcome_tables(self) -> tuple[Table, ...]:
        """Everything that a question may be asked for."""
        return (self.level_table, self.route_table, self.offer_table, self.consent_table, *self.asked_duty_tables)

    @cached_property
    def facts_named(self) -> dict[str, frozenset[str]]:
        """For each rule, the facts that it names itself or through a flag."""
        return {name: self._named(condition) for name, condition in self.edition.holds.items()}

    def _named(self, condition: Condition) -> frozenset[str]:
        found: set[str] = set()
        for leaf in leaves(condition):
            if isinstance(leaf, FlagUp):
                found |= self._named(self.edition.holds[leaf.flag]) if leaf.flag in self.edition.holds else set()
            elif hasattr(leaf, "fact"):
                found.add(leaf.fact)
        return frozenset(found)
