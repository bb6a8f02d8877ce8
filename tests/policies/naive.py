"""A second interpreter, as naive as can be. It shares nothing with the engine but the syntax tree and the entries."""

from __future__ import annotations

from itertools import product

from policies.engine.conditions import All, Any, AtLeast, Between, FlagUp, Is, Not, Outcome
from policies.engine.entries import ConsentRule, Flag, Offer, Routing, Threshold
from policies.engine.vocabulary import LEVELS, ROUTES


class Naive:
    def __init__(self, edition, facts):
        self.edition, self.facts, self.outcomes, self.beaten_by = edition, facts, {}, {}
        for entry in edition.entries.values():
            for name in (*entry.exception_to, *getattr(entry, "excludes", ())):
                self.beaten_by.setdefault(name, []).append(entry)
        fired = [rule.level for rule in edition.of(Threshold) if self.applies(rule)]
        self.level = max(fired, key=LEVELS.index, default="universal")
        self.outcomes["level"] = {self.level}
        self.consent = self.first("consent", edition.consent_outcomes, ConsentRule, lambda rule: rule.outcome)
        self.route = self.first("route", ROUTES, Routing, lambda rule: rule.route)
        self.offer = self.first("offer", edition.offers, Offer, lambda offer: offer.name)

    def first(self, of, names, kind, value):
        self.outcomes[of] = {value(rule) for rule in self.edition.of(kind) if self.applies(rule)}
        return next((name for name in names if name in self.outcomes[of]), None)

    def applies(self, rule):
        on_route = not isinstance(rule, Offer) or rule.route in self.outcomes["route"]
        return (
            on_route
            and self.holds(rule.when)
            and not any(self.applies(other) for other in self.beaten_by.get(rule.name, ()))
        )

    def holds(self, c):
        match c:
            case Is(fact, values):
                return self.facts[fact] in values
            case Between(fact, least, most):
                return least <= self.facts[fact] <= most
            case FlagUp(flag):
                return any(f.name == flag and self.applies(f) for f in self.edition.of(Flag))
            case Outcome(of, values):
                return bool(self.outcomes[of] & values)
            case All(parts):
                return all(self.holds(p) for p in parts)
            case Any(parts):
                return any(self.holds(p) for p in parts)
            case Not(part):
                return not self.holds(part)
            case AtLeast(count, parts):
                return sum(self.holds(p) for p in parts) >= count


def completions(vocabulary, facts):
    open_facts = [fact for fact in vocabulary.facts.values() if fact.name not in facts]
    values = [range(f.least, f.most + 1) if f.is_number else f.values for f in open_facts]
    return ({**facts, **dict(zip([f.name for f in open_facts], answer, strict=True))} for answer in product(*values))
