"""Small mistakes that somebody might make in a pack: each is one changed entry, with a name for the list of survivors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from policies.engine.conditions import ALWAYS, All, Any, AtLeast, Condition, Not
from policies.engine.entries import ConsentRule, Entry, Offer, Routing, Threshold
from policies.engine.vocabulary import LEVELS

MADE_FOR = {"mash_referral": "information", "emergency": "mash_referral"}


@dataclass(frozen=True)
class Mutation:
    """`after` is None where the entry is removed."""

    pack: str
    what: str
    before: Entry
    after: Entry | None

    @property
    def name(self) -> str:
        return f"{self.pack}: {self.before.name}: {self.what}"


def mutations(pack: str, entry: Entry) -> Iterator[Mutation]:
    yield Mutation(pack, "removed", entry, None)
    for number, condition in enumerate(dropped(entry.when)):
        yield Mutation(pack, f"condition {number + 1} dropped", entry, replace(entry, when=condition))
    if entry.exception_to and entry.when != ALWAYS:
        yield Mutation(pack, "exception widened to always", entry, replace(entry, when=ALWAYS))
    yield from _flipped(pack, entry)


def _flipped(pack: str, entry: Entry) -> Iterator[Mutation]:
    match entry:
        case Threshold(level=level):
            place = LEVELS.index(level)
            for other in {max(place - 1, 0), min(place + 1, len(LEVELS) - 1)} - {place}:
                yield Mutation(pack, f"level {LEVELS[other]}", entry, replace(entry, level=LEVELS[other]))
        case Routing(route=route):
            other_route = MADE_FOR.get(route, "mash_referral")
            yield Mutation(pack, f"route {other_route}", entry, replace(entry, route=other_route))
        case ConsentRule(proceeds=proceeds):
            for other_word in {"yes", "no", "without_agreement"} - {proceeds}:
                yield Mutation(pack, f"proceeds {other_word}", entry, replace(entry, proceeds=other_word))
        case Offer(needs_agreement=needs):
            yield Mutation(pack, f"needs agreement {not needs}", entry, replace(entry, needs_agreement=not needs))


def dropped(condition: Condition) -> Iterator[Condition]:
    """The condition with one of its parts gone, at every place where there is more than one."""
    match condition:
        case All(parts) | Any(parts):
            kind = type(condition)
            if len(parts) > 1:
                yield from (kind(parts[:i] + parts[i + 1 :]) for i in range(len(parts)))
            yield from (
                kind((*parts[:i], less, *parts[i + 1 :])) for i, part in enumerate(parts) for less in dropped(part)
            )
        case AtLeast(count, parts):
            if count > 1:
                yield AtLeast(count - 1, parts)
            yield from (
                AtLeast(min(count, len(parts) - 1), parts[:i] + parts[i + 1 :])
                for i in range(len(parts))
                if len(parts) > 1
            )
        case Not(part):
            yield from (Not(less) for less in dropped(part))
