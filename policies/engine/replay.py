"""Replay in bulk: what stored requests would come to under a pack, and from what to what they would move."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from policies.engine.packs import Pack
from policies.engine.vocabulary import Value, Vocabulary

MOST_REMEMBERED = 200_000  # situations: about 100 MB


@dataclass(frozen=True, slots=True)
class Stored:
    """One stored request: what was known, when, and the level and route it then had ("" where not recorded)."""

    id: str
    facts: Mapping[str, Value]
    on: date
    level: str = ""
    route: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """A stored request with what it comes to now."""

    stored: Stored
    level: str
    route: str

    @property
    def differs(self) -> bool:
        return (self.stored.level, self.stored.route) != (self.level, self.route)


@dataclass(slots=True)
class Movements:
    """The from/to table."""

    levels: Counter[tuple[str, str]] = field(default_factory=Counter)
    routes: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, moved: Moved) -> None:
        self.levels[moved.stored.level, moved.level] += 1
        self.routes[moved.stored.route, moved.route] += 1


class Replay:
    """Decides level and route over many requests. Situations met before are remembered: what people bring repeats."""

    def __init__(self, pack: Pack, vocabulary: Vocabulary) -> None:
        self._pack, self._vocabulary = pack, vocabulary
        self._remembered: dict[tuple[date, frozenset[tuple[str, Value]]], tuple[str, str]] = {}

    def level_and_route(self, facts: Mapping[str, Value], on: date) -> tuple[str, str]:
        """Raises NotAFact, NoPackInForce."""
        key = (on, frozenset(facts.items()))
        found = self._remembered.get(key)
        if found is None:
            if len(self._remembered) >= MOST_REMEMBERED:
                self._remembered.clear()
            found = self._pack.decider(on).level_and_route(self._vocabulary.checked(facts))
            self._remembered[key] = found
        return found

    def over(self, requests: Iterable[Stored]) -> Iterator[Moved]:
        for stored in requests:
            yield Moved(stored, *self.level_and_route(stored.facts, stored.on))
