"""Prove: what a pack promises about *every* situation, settled on its diagrams. A broken promise comes with a counterexample."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import combinations, pairwise

from policies.engine.compiled import AtLevel, Compiled
from policies.engine.diagram import Ref
from policies.engine.entries import ConsentRule, Entry, Flag, Offer, Routing, Threshold
from policies.engine.errors import ProofFailed
from policies.engine.packs import Pack
from policies.engine.rising import rises
from policies.engine.variables import Variable
from policies.engine.vocabulary import LEVELS, Fact

HARM, DANGER = "significant_harm", "immediate_danger"
GRAVE = (HARM, DANGER)
BELOW = tuple(level for level in LEVELS if level not in GRAVE)


@dataclass(frozen=True, slots=True)
class Broken:
    """A promise that does not hold in some situation: where, and what goes wrong there."""

    what: str
    where: Ref


class Prover:
    """The prove reading of one compiled edition."""

    def __init__(self, compiled: Compiled, day: date) -> None:
        self.compiled, self.day = compiled, day
        self._given: dict[tuple[str, str, int], Ref] = {}
        self.edition = compiled.edition
        self.diagram = compiled.diagram

    def failures(self) -> list[ProofFailed]:
        """Every broken promise; empty when all are kept."""
        return [self._failure(promise, broken) for promise, check in PROMISES.items() for broken in check(self)]

    def _failure(self, promise: str, broken: Broken) -> ProofFailed:
        return ProofFailed(
            self.edition.pack, promise, broken.what, self.diagram.situation(broken.where) or {}, self.day
        )

    # ---- tools --------------------------------------------------------------------------------------

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

    # ---- the promises -------------------------------------------------------------------------------

    def total(self) -> Iterator[Broken]:
        """Every situation has a consent outcome, a route and an offer."""
        for level, _, at in self.at_levels():
            for what, refs in (("no consent outcome", at.consents), ("no route", at.routes), ("no offer", at.offers)):
                where = self.really(level, -self.diagram.any_of(refs.values()))
                if where != self.diagram.no:
                    yield Broken(f"there is {what} at level {level}", where)

    def unambiguous(self) -> Iterator[Broken]:
        """Never two consent outcomes, two routes or two offers at once."""
        for level, _, at in self.at_levels():
            for kind, refs in (("consent outcomes", at.consents), ("routes", at.routes), ("offers", at.offers)):
                for (one, a), (two, b) in combinations(refs.items(), 2):
                    where = self.really(level, self.diagram.both(a, b))
                    if where != self.diagram.no:
                        yield Broken(
                            f"there are two {kind} at level {level}, {one} and {two}{self._culprits(kind, at, one, two, where)}",
                            where,
                        )

    def _culprits(self, kind: str, at: AtLevel, one: str, two: str, where: Ref) -> str:
        """The rules behind two outcomes, by name."""
        if kind == "offers":
            return ""
        rules: tuple[Entry, ...] = (
            self.edition.of(ConsentRule) if kind == "consent outcomes" else self.edition.of(Routing)
        )
        found = [
            r.name
            for r in rules
            if getattr(r, "outcome", getattr(r, "route", "")) in (one, two)
            and self.diagram.both(at.rules[r.name], where) != self.diagram.no
        ]
        return f" (rules {', '.join(found)})"

    def alive(self) -> Iterator[Broken]:
        """No rule is dead: each can hold in some situation that has the level it speaks of."""
        for entry in self.edition.entries.values():
            early = self.compiled.early.get(entry.name)
            if early is not None:
                dead = early == self.diagram.no
            else:
                dead = not self._lives({level: at.rules[entry.name] for level, _, at in self.at_levels()})
            if dead:
                yield Broken(f"{entry.name} ({entry.file.name}:{entry.line}) can never hold", self.diagram.no)

    def seen(self) -> Iterator[Broken]:
        """No threshold is shadowed: each decides the level in some situation."""
        for rule in self.edition.of(Threshold):
            fires = self.compiled.early[rule.name]
            if fires != self.diagram.no and not self.meets(fires, rule.level):
                yield Broken(
                    f"{rule.name} ({rule.file.name}:{rule.line}) never decides: whenever it holds, a higher level does too",
                    fires,
                )

    def _lives(self, refs: dict[str, Ref]) -> bool:
        """Whether one of the diagrams holds in some situation of its level. Examples of all levels come before exact answers."""
        return any(self._seen_at(ref, level) for level, ref in refs.items()) or any(
            self.really(level, ref) != self.diagram.no for level, ref in refs.items()
        )

    def meets(self, ref: Ref, level: str) -> bool:
        """Whether the diagram holds in some situation of the level: mostly seen from one example, else settled exactly."""
        return self._lives({level: ref})

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
        return bool(self.compiled.level_table.possible(codes, mask) >> LEVELS.index(level) & 1)

    @cached_property
    def _calm(self) -> dict[int, int]:
        """Every fact at its mildest."""
        return {
            number: variable.case_of(variable.fact.mildest) for number, variable in enumerate(self.compiled.variables)
        }

    def monotone(self) -> Iterator[Broken]:
        """A worse answer never lowers the level.

        The level is that of some rule. A rule that only turns from no to yes as a fact worsens keeps its level; of the others it is
        asked whether, where they stop holding, something of their level or a higher one takes over.
        """
        flags = {flag.name: self.edition.holds[flag.name] for flag in self.edition.of(Flag)}
        for variable in self.diagram.variables.values():
            worsening = [variable.case_of(value) for value in variable.fact.worsening()]
            for rule in self.edition.of(Threshold) if worsening else ():
                if not rises(self.edition.holds[rule.name], variable, worsening, flags):
                    yield from self._worsens(rule, variable)

    def _worsens(self, rule: Threshold, variable: Variable) -> Iterator[Broken]:
        name, fires = variable.fact.name, self.compiled.early[rule.name]
        for milder, worse in pairwise(variable.fact.worsening()):
            a, b = variable.case_of(milder), variable.case_of(worse)
            stops = self.diagram.without(self.diagram.given(fires, name, a), self.diagram.given(fires, name, b))
            falls = self.diagram.without(stops, self._at_least(rule.level, name, b))
            if falls != self.diagram.no:
                where = self.diagram.both(falls, self.diagram.cases(name, frozenset({b})))
                yield Broken(f"{name}: {worse} gives less than {rule.level}, which {milder} gives ({rule.name})", where)

    def _at_least(self, level: str, fact: str, case: int) -> Ref:
        """Where the level or a higher one stands once the fact is in that case."""
        key = (level, fact, case)
        if key not in self._given:
            enough = self.diagram.any_of(self.compiled.levels[other] for other in LEVELS[LEVELS.index(level) :])
            self._given[key] = self.diagram.given(enough, fact, case)
        return self._given[key]

    def danger(self) -> Iterator[Broken]:
        """Immediate danger always reaches emergency; and no level is below the floor of a fact."""
        where = self.really(DANGER, -self.compiled.at[DANGER].routes["emergency"])
        if where != self.diagram.no:
            yield Broken("immediate danger does not reach emergency", where)
        for fact in self.edition.vocabulary.facts.values():
            for value, floor in fact.floor:
                yield from self._floor(fact, value, floor)

    def _floor(self, fact: Fact, value: str, floor: str) -> Iterator[Broken]:
        if fact.name not in self.diagram.variables:
            yield Broken(f"no rule rests on {fact.name}", self.diagram.no)
            return
        variable = self.diagram.variables[fact.name]
        enough = self.diagram.any_of(self.compiled.levels[level] for level in LEVELS[LEVELS.index(floor) :])
        where = self.diagram.without(self.diagram.cases(fact.name, frozenset({variable.case_of(value)})), enough)
        if where != self.diagram.no:
            yield Broken(f"{fact.name}: {value} can stay below {floor}", where)

    def harm_never_waits(self) -> Iterator[Broken]:
        """Significant harm always reaches the MASH and goes on, whatever was said about agreement."""
        at = self.compiled.at[HARM]
        where = self.really(HARM, -at.routes["mash_referral"])
        if where != self.diagram.no:
            yield Broken("significant harm does not reach mash_referral", where)
        for level, _, grave in self.at_levels(GRAVE):
            for proceeds, what in (
                ("no", "held by an outcome that does not proceed"),
                ("yes", "made to rest on agreement"),
            ):
                where = self.really(level, self._proceeding(grave, proceeds))
                if where != self.diagram.no:
                    yield Broken(f"{level.replace('_', ' ')} is {what}", where)

    def agreement(self) -> Iterator[Broken]:
        """Below significant harm, nothing that needs agreement proceeds without it, and only the MASH may go on without."""
        for level, _, at in self.at_levels(BELOW):
            goes_on = self._proceeding(at, "yes")
            suspects = {
                f"the offer {offer.name} needs agreement and is made without": self.diagram.without(
                    at.offers[offer.name], goes_on
                )
                for offer in self.edition.of(Offer)
                if offer.needs_agreement
            }
            suspects["a consent outcome proceeds though nobody agreed"] = self.diagram.without(
                goes_on, self._agreement()
            )
            suspects["a request that is not for the MASH goes on without agreement"] = self.diagram.without(
                self._proceeding(at, "without_agreement"), at.routes["mash_referral"]
            )
            for what, suspect in suspects.items():
                where = self.really(level, suspect)
                if where != self.diagram.no:
                    yield Broken(f"{what} at level {level}", where)

    def agreement_named(self) -> Iterator[Broken]:
        """An offer that is only ever made on agreement says that it needs agreement."""
        for offer in self.edition.of(Offer):
            if offer.needs_agreement:
                continue
            made = {level: at.offers[offer.name] for level, _, at in self.at_levels()}
            free = {
                level: self.diagram.without(made[level], self._proceeding(at, "yes"))
                for level, _, at in self.at_levels()
            }
            if self._lives(made) and not self._lives(free):
                yield Broken(
                    f"the offer {offer.name} is only made on agreement, and does not say that it needs it",
                    self.diagram.no,
                )

    def _proceeding(self, at: AtLevel, proceeds: str) -> Ref:
        """Where a consent rule holds that proceeds in this way."""
        return self.named(at, [rule for rule in self.edition.of(ConsentRule) if rule.proceeds == proceeds])

    def _agreement(self) -> Ref:
        """Where every fact that can agree does. Without such a fact in the rules, nobody can have agreed."""
        found = [
            self.diagram.cases(name, frozenset(map(v.case_of, v.fact.agree)))
            for name, v in self.diagram.variables.items()
            if v.fact.agree
        ]
        return self.diagram.any_of(found)

    def capacity_apart(self) -> Iterator[Broken]:
        """Capacity is never an input: no fact of the vocabulary that a rule rests on is a capacity figure."""
        for name in self.diagram.variables:
            if name in self.edition.capacity:
                yield Broken(f"{name} is a capacity figure and an input", self.diagram.no)

    def no_dead_end(self) -> Iterator[Broken]:
        """Every route that can be reached has an offer with a contact and a next step for both readers."""
        for offer in self.edition.of(Offer):
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
                yield Broken(f"the offer {offer.name} has no {' and no '.join(missing)}", self.diagram.no)

    def unknown_never_lowers(self) -> Iterator[Broken]:
        """A follow-up that is unknown counts at least as badly as any answer short of danger would."""
        grave = self.diagram.any_of(self.compiled.levels[level] for level in GRAVE)
        for name, variable in self.diagram.variables.items():
            fact = variable.fact
            if fact.presumed is None or fact.about is None:
                continue
            presumed = self.diagram.given(grave, name, variable.case_of(fact.presumed))
            for value in fact.values:
                hidden = self.diagram.without(self.diagram.given(grave, name, variable.case_of(value)), presumed)
                if hidden != self.diagram.no:
                    yield Broken(
                        f"{name} unknown counts as {fact.presumed}, and would hide the harm of {value}", hidden
                    )


PROMISES: dict[str, Callable[[Prover], Iterator[Broken]]] = {
    "total": Prover.total,
    "unambiguous": Prover.unambiguous,
    "no dead rule": Prover.alive,
    "no shadowed rule": Prover.seen,
    "a worse answer never lowers the level": Prover.monotone,
    "danger always reaches emergency": Prover.danger,
    "significant harm never waits for agreement": Prover.harm_never_waits,
    "nothing proceeds without agreement": Prover.agreement,
    "what needs agreement says so": Prover.agreement_named,
    "capacity is never an input": Prover.capacity_apart,
    "no dead end": Prover.no_dead_end,
    "unknown never lowers": Prover.unknown_never_lowers,
}


def prove(compiled: Compiled, day: date) -> list[ProofFailed]:
    """Every promise that the edition breaks, each with a situation that shows it. `day`: one on which the edition stands."""
    return Prover(compiled, day).failures()


def prove_pack(pack: Pack) -> list[ProofFailed]:
    """Every promise that some edition of the version breaks; the same failure of several editions once."""
    found: dict[tuple[str, str], ProofFailed] = {}
    for day, _ in pack.editions():
        for failure in prove(pack.decider(day).compiled, day):
            found.setdefault((failure.promise, failure.what), failure)
    return list(found.values())
