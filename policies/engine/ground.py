"""The ground on which promises are proved: one edition's diagrams, and the few questions that every proof puts to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from policies.engine.compiled import AtLevel, Compiled
from policies.engine.entries import ConsentRule, Entry
from policies.engine.forest import Ref
from policies.engine.vocabulary import LEVELS

HARM, DANGER = "significant_harm", "immediate_danger"
GRAVE = (HARM, DANGER)
BELOW = tuple(level for level in LEVELS if level not in GRAVE)


@dataclass(frozen=True, slots=True)
class Broken:
    """A promise that does not hold in some situation: where, and what goes wrong there."""

    what: str
    where: Ref


class Ground:
    """One compiled edition, to be asked about every situation at once."""

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        self.edition = compiled.edition
        self.diagram = compiled.diagram
        self.given: dict[tuple[str, str, int], Ref] = {}

    def at_levels(self, levels: Sequence[str] = LEVELS) -> Iterator[tuple[str, Ref, AtLevel]]:
        for level in levels:
            yield level, self.compiled.levels[level], self.compiled.at[level]

    def really(self, level: str, suspect: Ref) -> Ref:
        """Where the suspect holds in a situation that does have this level."""
        return (
            self.diagram.no if suspect == self.diagram.no else self.diagram.both(suspect, self.compiled.levels[level])
        )

    def named(self, at: AtLevel, entries: Sequence[Entry]) -> Ref:
        return self.diagram.any_of(at.rules[entry.name] for entry in entries)

    def lives(self, refs: dict[str, Ref]) -> bool:
        """Whether one of the diagrams holds in some situation of its level. Examples of all levels come before exact answers."""
        return any(self._seen_at(ref, level) for level, ref in refs.items()) or any(
            self.really(level, ref) != self.diagram.no for level, ref in refs.items()
        )

    def meets(self, ref: Ref, level: str) -> bool:
        """Whether the diagram holds in some situation of the level: mostly seen from one example, else settled exactly."""
        return self.lives({level: ref})

    def _seen_at(self, ref: Ref, level: str) -> bool:
        """Whether the first example of the diagram, with or without all else calm, can have the level."""
        example = self.diagram.situation(ref)
        if example is None:
            return False
        codes = {
            self.compiled.numbers[name]: self.diagram.variables[name].case_of(value) for name, value in example.items()
        }
        return self._has_level({**self._calm, **codes}, level) or self._has_level(codes, level)

    def _has_level(self, codes: dict[int, int], level: str) -> bool:
        mask = sum(1 << number for number in codes)
        return self.compiled.level_table.can_be(1 << LEVELS.index(level), codes, mask)

    @cached_property
    def _calm(self) -> dict[int, int]:
        """Every fact at its mildest."""
        return {
            number: variable.case_of(variable.fact.mildest) for number, variable in enumerate(self.compiled.variables)
        }

    def proceeding(self, at: AtLevel, proceeds: str) -> Ref:
        """Where a consent rule holds that proceeds in this way."""
        return self.named(at, [rule for rule in self.edition.of(ConsentRule) if rule.proceeds == proceeds])
