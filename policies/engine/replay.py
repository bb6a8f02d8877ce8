"""Replay in bulk: what stored requests would come to under a pack, and from what to what they would move."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from policies.engine.bulk import Bulk
from policies.engine.errors import NoPackInForce, PolicyError
from policies.engine.packs import Pack
from policies.engine.vocabulary import Value, Vocabulary

AT_ONCE = 20_000  # requests decided together: a few megabytes, and large enough that walking the tables costs little


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


@dataclass(frozen=True, slots=True)
class Refused:
    """A stored request that cannot be decided: a fact that is none, or a day before the pack."""

    stored: Stored
    why: PolicyError


@dataclass(slots=True)
class Movements:
    """The from/to table."""

    levels: Counter[tuple[str, str]] = field(default_factory=Counter)
    routes: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, moved: Moved) -> None:
        self.levels[moved.stored.level, moved.level] += 1
        self.routes[moved.stored.route, moved.route] += 1


class Replay:
    """Decides level and route over many requests, some thousands at once."""

    def __init__(self, pack: Pack, vocabulary: Vocabulary) -> None:
        self._pack, self._vocabulary = pack, vocabulary
        self._bulks: dict[int, Bulk] = {}

    def over(self, requests: Iterable[Stored]) -> Iterator[Moved | Refused]:
        """Each request in its order, moved or refused."""
        source = iter(requests)
        while batch := list(islice(source, AT_ONCE)):
            yield from self._decided(batch)

    def _decided(self, batch: Sequence[Stored]) -> list[Moved | Refused]:
        found: dict[int, Moved | Refused] = {}
        for edition, places in self._by_edition(batch, found).items():
            decided = self._bulks[edition].levels_and_routes([batch[place].facts for place in places])
            for place, result in zip(places, decided, strict=True):
                stored = batch[place]
                found[place] = Moved(stored, *result) if isinstance(result, tuple) else Refused(stored, result)
        return [found[place] for place in range(len(batch))]

    def _by_edition(self, batch: Sequence[Stored], refused: dict[int, Moved | Refused]) -> dict[int, list[int]]:
        """Requests of many days share the few editions that stood on them."""
        editions: dict[int, list[int]] = {}
        for place, stored in enumerate(batch):
            try:
                editions.setdefault(self._edition(stored.on), []).append(place)
            except NoPackInForce as error:
                refused[place] = Refused(stored, error)
        return editions

    def _edition(self, on: date) -> int:
        """The edition that stands on the day, by its number here. Raises NoPackInForce."""
        compiled = self._pack.decider(on).compiled
        if id(compiled) not in self._bulks:
            self._bulks[id(compiled)] = Bulk(compiled, self._vocabulary)
        return id(compiled)
