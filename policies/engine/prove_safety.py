"""Promises about safety: what is worse never counts for less, danger is never held up, the unknown never hides harm."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from policies.engine.entries import Flag, Offer, Threshold
from policies.engine.forest import Ref
from policies.engine.ground import DANGER, GRAVE, HARM, Broken, Ground
from policies.engine.rising import rises
from policies.engine.variables import Variable
from policies.engine.vocabulary import LEVELS, Fact


def monotone(ground: Ground) -> Iterator[Broken]:
    """A worse answer never lowers the level.

    The level is that of some rule. A rule that only turns from no to yes as a fact worsens keeps its level; of the others it is
    asked whether, where they stop holding, something of their level or a higher one takes over.
    """
    flags = {flag.name: ground.edition.holds[flag.name] for flag in ground.edition.of(Flag)}
    for variable in ground.diagram.variables.values():
        worsening = [variable.case_of(value) for value in variable.fact.worsening()]
        for rule in ground.edition.of(Threshold) if worsening else ():
            if not rises(ground.edition.holds[rule.name], variable, worsening, flags):
                yield from _worsens(ground, rule, variable)


def _worsens(ground: Ground, rule: Threshold, variable: Variable) -> Iterator[Broken]:
    name, fires = variable.fact.name, ground.compiled.early[rule.name]
    for milder, worse in pairwise(variable.fact.worsening()):
        a, b = variable.case_of(milder), variable.case_of(worse)
        stops = ground.diagram.without(ground.diagram.given(fires, name, a), ground.diagram.given(fires, name, b))
        falls = ground.diagram.without(stops, _at_least(ground, rule.level, name, b))
        if falls != ground.diagram.no:
            where = ground.diagram.both(falls, ground.diagram.cases(name, frozenset({b})))
            yield Broken(f"{name}: {worse} gives less than {rule.level}, which {milder} gives ({rule.name})", where)


def _at_least(ground: Ground, level: str, fact: str, case: int) -> Ref:
    """Where the level or a higher one stands once the fact is in that case."""
    key = (level, fact, case)
    if key not in ground.given:
        enough = ground.diagram.any_of(ground.compiled.levels[other] for other in LEVELS[LEVELS.index(level) :])
        ground.given[key] = ground.diagram.given(enough, fact, case)
    return ground.given[key]


def danger(ground: Ground) -> Iterator[Broken]:
    """Immediate danger always reaches emergency; and no level is below the floor of a fact."""
    where = ground.really(DANGER, -ground.compiled.at[DANGER].routes["emergency"])
    if where != ground.diagram.no:
        yield Broken("immediate danger does not reach emergency", where)
    for fact in ground.edition.vocabulary.facts.values():
        for value, floor in fact.floor:
            yield from _floor(ground, fact, value, floor)


def _floor(ground: Ground, fact: Fact, value: str, floor: str) -> Iterator[Broken]:
    if fact.name not in ground.diagram.variables:
        yield Broken(f"no rule rests on {fact.name}", ground.diagram.no)
        return
    variable = ground.diagram.variables[fact.name]
    enough = ground.diagram.any_of(ground.compiled.levels[level] for level in LEVELS[LEVELS.index(floor) :])
    where = ground.diagram.without(ground.diagram.cases(fact.name, frozenset({variable.case_of(value)})), enough)
    if where != ground.diagram.no:
        yield Broken(f"{fact.name}: {value} can stay below {floor}", where)


def harm_never_waits(ground: Ground) -> Iterator[Broken]:
    """Significant harm always reaches the MASH and goes on, whatever was said about agreement, with an offer that needs none."""
    at = ground.compiled.at[HARM]
    where = ground.really(HARM, -at.routes["mash_referral"])
    if where != ground.diagram.no:
        yield Broken("significant harm does not reach mash_referral", where)
    for level, _, grave in ground.at_levels(GRAVE):
        for proceeds, what in (
            ("no", "held by an outcome that does not proceed"),
            ("yes", "made to rest on agreement"),
        ):
            where = ground.really(level, ground.proceeding(grave, proceeds))
            if where != ground.diagram.no:
                yield Broken(f"{level.replace('_', ' ')} is {what}", where)
        for offer in ground.edition.of(Offer):
            where = ground.really(level, grave.offers[offer.name]) if offer.needs_agreement else ground.diagram.no
            if where != ground.diagram.no:
                yield Broken(f"{level.replace('_', ' ')} is met with {offer.name}, which needs agreement", where)


def unknown_never_lowers(ground: Ground) -> Iterator[Broken]:
    """A follow-up that is unknown counts at least as badly as any answer short of danger would."""
    grave = ground.diagram.any_of(ground.compiled.levels[level] for level in GRAVE)
    for name, variable in ground.diagram.variables.items():
        fact = variable.fact
        if fact.presumed is None or fact.about is None:
            continue
        presumed = ground.diagram.given(grave, name, variable.case_of(fact.presumed))
        for value in fact.values:
            hidden = ground.diagram.without(ground.diagram.given(grave, name, variable.case_of(value)), presumed)
            if hidden != ground.diagram.no:
                yield Broken(f"{name} unknown counts as {fact.presumed}, and would hide the harm of {value}", hidden)
