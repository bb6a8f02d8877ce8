"""Promises about agreement: below significant harm nothing that rests on it goes on without it."""

from __future__ import annotations

from collections.abc import Iterator

from policies.engine.entries import Offer
from policies.engine.forest import Ref
from policies.engine.ground import BELOW, Broken, Ground


def agreement(ground: Ground) -> Iterator[Broken]:
    """Below significant harm, nothing that needs agreement proceeds without it, and only the MASH may go on without."""
    for level, _, at in ground.at_levels(BELOW):
        goes_on = ground.proceeding(at, "yes")
        suspects = {
            f"the offer {offer.name} needs agreement and is made without": ground.diagram.without(
                at.offers[offer.name], goes_on
            )
            for offer in ground.edition.of(Offer)
            if offer.needs_agreement
        }
        suspects["a consent outcome proceeds though nobody agreed"] = ground.diagram.without(
            goes_on, _agreement(ground)
        )
        suspects["a request that is not for the MASH goes on without agreement"] = ground.diagram.without(
            ground.proceeding(at, "without_agreement"), at.routes["mash_referral"]
        )
        for what, suspect in suspects.items():
            where = ground.really(level, suspect)
            if where != ground.diagram.no:
                yield Broken(f"{what} at level {level}", where)


def agreement_named(ground: Ground) -> Iterator[Broken]:
    """An offer that is only ever made on agreement says that it needs agreement."""
    for offer in ground.edition.of(Offer):
        if offer.needs_agreement:
            continue
        made = {level: at.offers[offer.name] for level, _, at in ground.at_levels()}
        free = {
            level: ground.diagram.without(made[level], ground.proceeding(at, "yes"))
            for level, _, at in ground.at_levels()
        }
        if ground.lives(made) and not ground.lives(free):
            yield Broken(
                f"the offer {offer.name} is only made on agreement, and does not say that it needs it",
                ground.diagram.no,
            )


def _agreement(ground: Ground) -> Ref:
    """Where every fact that can agree does. Without such a fact in the rules, nobody can have agreed."""
    found = [
        ground.diagram.cases(name, frozenset(map(v.case_of, v.fact.agree)))
        for name, v in ground.diagram.variables.items()
        if v.fact.agree
    ]
    return ground.diagram.any_of(found)
