"""Promises about the form of a pack: whole, unambiguous, no rule in vain, no dead end."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from policies.engine.compiled import AtLevel
from policies.engine.entries import ConsentRule, Entry, Offer, Routing, Threshold
from policies.engine.forest import Ref
from policies.engine.ground import Broken, Ground


def total(ground: Ground) -> Iterator[Broken]:
    """Every situation has a consent outcome, a route and an offer."""
    for level, _, at in ground.at_levels():
        for what, refs in (("no consent outcome", at.consents), ("no route", at.routes), ("no offer", at.offers)):
            where = ground.really(level, -ground.diagram.any_of(refs.values()))
            if where != ground.diagram.no:
                yield Broken(f"there is {what} at level {level}", where)


def unambiguous(ground: Ground) -> Iterator[Broken]:
    """Never two consent outcomes, two routes or two offers at once."""
    for level, _, at in ground.at_levels():
        for kind, refs in (("consent outcomes", at.consents), ("routes", at.routes), ("offers", at.offers)):
            for (one, a), (two, b) in combinations(refs.items(), 2):
                where = ground.really(level, ground.diagram.both(a, b))
                if where != ground.diagram.no:
                    yield Broken(
                        f"there are two {kind} at level {level}, {one} and {two}{_culprits(ground, kind, at, one, two, where)}",
                        where,
                    )


def _culprits(ground: Ground, kind: str, at: AtLevel, one: str, two: str, where: Ref) -> str:
    """The rules behind two outcomes, by name."""
    if kind == "offers":
        return ""
    rules: tuple[Entry, ...] = (
        ground.edition.of(ConsentRule) if kind == "consent outcomes" else ground.edition.of(Routing)
    )
    found = [
        r.name
        for r in rules
        if getattr(r, "outcome", getattr(r, "route", "")) in (one, two)
        and ground.diagram.both(at.rules[r.name], where) != ground.diagram.no
    ]
    return f" (rules {', '.join(found)})"


def alive(ground: Ground) -> Iterator[Broken]:
    """No rule is dead: each can hold in some situation that has the level it speaks of."""
    for entry in ground.edition.entries.values():
        early = ground.compiled.early.get(entry.name)
        if early is not None:
            dead = early == ground.diagram.no
        else:
            dead = not ground.lives({level: at.rules[entry.name] for level, _, at in ground.at_levels()})
        if dead:
            yield Broken(f"{entry.name} ({entry.file.name}:{entry.line}) can never hold", ground.diagram.no)


def seen(ground: Ground) -> Iterator[Broken]:
    """No threshold is shadowed: each decides the level in some situation."""
    for rule in ground.edition.of(Threshold):
        fires = ground.compiled.early[rule.name]
        if fires != ground.diagram.no and not ground.meets(fires, rule.level):
            yield Broken(
                f"{rule.name} ({rule.file.name}:{rule.line}) never decides: whenever it holds, a higher level does too",
                fires,
            )


def no_dead_end(ground: Ground) -> Iterator[Broken]:
    """Every route that can be reached has an offer with a contact and a next step for both readers."""
    for offer in ground.edition.of(Offer):
        missing = [
            what
            for what, text in (
                ("contact", offer.contact),
                ("next step for staff", offer.staff),
                ("next step for families", offer.family),
            )
            if not text
        ]
        if missing:
            yield Broken(f"the offer {offer.name} has no {' and no '.join(missing)}", ground.diagram.no)


def capacity_apart(ground: Ground) -> Iterator[Broken]:
    """Capacity is never an input: no fact of the vocabulary that a rule rests on is a capacity figure."""
    for name in ground.diagram.variables:
        if name in ground.edition.capacity:
            yield Broken(f"{name} is a capacity figure and an input", ground.diagram.no)
