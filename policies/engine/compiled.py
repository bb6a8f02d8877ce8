"""An edition made ready for reading: every rule as a diagram, every outcome as a table.

Thresholds come first. Everything after them may name the level, so it is compiled once *for each level*: small diagrams about
facts alone. The tables for reading are put together from these, level by level, and are exact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

from policies.engine.conditions import Condition, FlagUp, leaves
from policies.engine.diagram import Diagram
from policies.engine.editions import Edition
from policies.engine.entries import Also, ConsentRule, Duty, Entry, Exclusion, Flag, Offer, Routing, Threshold
from policies.engine.errors import PackError
from policies.engine.forest import Forest, Overgrown, Ref
from policies.engine.table import Table, choose, flatten
from policies.engine.variables import Variable, variables_of
from policies.engine.vocabulary import LEVELS, ROUTES


@dataclass(frozen=True, slots=True)
class AtLevel:
    """What holds once the level is settled: each rule, consent outcome, route and offer as a diagram over facts."""

    rules: dict[str, Ref]
    consents: dict[str, Ref]
    routes: dict[str, Ref]
    offers: dict[str, Ref]


@contextmanager
def bounded(edition: Edition) -> Iterator[None]:
    """A pack that can never be settled is refused, and not tried for ever."""
    try:
        yield
    except Overgrown:
        largest = max(edition.entries.values(), key=lambda entry: sum(1 for _ in leaves(entry.when)))
        raise PackError(
            largest.file,
            largest.line,
            f"{edition.pack}: conditions too entangled to settle in every situation; the longest is that of {largest.name}",
            "conditions of fewer facts, or a flag for what belongs together",
        ) from None


class Compiled:
    """One edition, compiled. `early` holds the diagrams of flags and thresholds, `levels` where each level stands."""

    def __init__(
        self, edition: Edition, forest: Forest | None = None, variables: tuple[Variable, ...] | None = None
    ) -> None:
        """`forest`: where editions keep what they have in common. `variables`: to compare two editions over the same cases."""
        self.edition = edition
        self.variables = variables or variables_of(edition.vocabulary, edition.holds.values())
        self.numbers = {variable.fact.name: i for i, variable in enumerate(self.variables)}
        self.forest = forest or Forest()
        self.diagram = Diagram(edition.vocabulary, self.variables, self.forest)
        with self.forest.lock, bounded(edition):
            self.early = self._early()
            self.levels = self._levels()
            self.at = {level: self._at(level) for level in LEVELS}

    def _each(self, entries: Iterable[Entry]) -> dict[str, Ref]:
        return {entry.name: self.diagram.of(self.edition.holds[entry.name]) for entry in entries}

    def _early(self) -> dict[str, Ref]:
        flags = self._each(self.edition.of(Flag))
        self.diagram.flags = flags
        return {**flags, **self._each(self.edition.of(Threshold))}

    def _levels(self) -> dict[str, Ref]:
        """Where each level stands: it has a reason and none higher has. Universal stands where nothing does."""
        diagram, higher = self.diagram, self.diagram.no
        found: dict[str, Ref] = {}
        for level in reversed(LEVELS[1:]):
            fires = diagram.any_of(self.early[rule.name] for rule in self.edition.of(Threshold) if rule.level == level)
            found[level] = diagram.without(fires, higher)
            higher = diagram.either(higher, fires)
        found[LEVELS[0]] = -higher
        return {level: found[level] for level in LEVELS}

    def _at(self, level: str) -> AtLevel:
        edition, diagram = self.edition, self.diagram
        rules = dict(self.early)
        diagram.outcomes = {"level": {level: diagram.yes}}
        rules |= self._each(edition.of(ConsentRule))
        consents = {
            name: diagram.any_of(rules[r.name] for r in edition.of(ConsentRule) if r.outcome == name)
            for name in edition.consent_outcomes
        }
        diagram.outcomes["consent"] = consents
        rules |= self._each(edition.of(Routing))
        routes = {
            name: diagram.any_of(rules[r.name] for r in edition.of(Routing) if r.route == name) for name in ROUTES
        }
        diagram.outcomes["route"] = routes
        rules |= self._each((*edition.of(Duty), *edition.of(Exclusion), *edition.of(Offer), *edition.of(Also)))
        return AtLevel(rules, consents, routes, {offer: rules[offer] for offer in edition.offers})

    # ---- tables: built when first read ------------------------------------------------------------

    def _flat(self, results: Iterable[Ref]) -> Table:
        return flatten(self.diagram, tuple(results), self.numbers)

    def _by_level(self, results: Sequence[Sequence[Ref]]) -> Table:
        """One table over all levels, from the results at each level in order."""

        def made() -> Table:
            tables = [self._flat(refs) for refs in results]
            return choose(self.level_table, [*tables, Table(len(results[0]))])

        return self._kept((tuple(self.levels.values()), *map(tuple, results)), made)

    def _kept(self, of: tuple[object, ...], made: Callable[[], Table]) -> Table:
        """Editions that come to the same have the same table."""
        key = (self.diagram.ranks, of)
        with self.forest.lock, bounded(self.edition):
            if key not in self.forest.tables:
                self.forest.tables[key] = made()
            return self.forest.tables[key]

    @cached_property
    def level_table(self) -> Table:
        levels = tuple(self.levels.values())
        return self._kept(levels, lambda: self._flat(levels))

    @cached_property
    def consent_table(self) -> Table:
        return self._by_level([tuple(at.consents.values()) for at in self.at.values()])

    @cached_property
    def route_table(self) -> Table:
        return self._by_level([tuple(at.routes.values()) for at in self.at.values()])

    @cached_property
    def offer_table(self) -> Table:
        return self._by_level([tuple(at.offers.values()) for at in self.at.values()])

    @cached_property
    def asked_duty_tables(self) -> tuple[Table, ...]:
        duties = [duty.name for duty in self.edition.of(Duty) if duty.worth_asking]
        return tuple(self._by_level([(at.rules[name], -at.rules[name]) for at in self.at.values()]) for name in duties)

    @cached_property
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
