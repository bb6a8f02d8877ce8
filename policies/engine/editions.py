"""An edition: the rules of one pack version joined with what it extends, as they stand on one day.

Rules have dates, and the base has versions, so one pack version may have several editions over time. Everything that decides,
explains, proves or asks works on an edition.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NoReturn, TypeVar

from policies.engine.conditions import All, Condition, FlagUp, Outcome, leaves, unless
from policies.engine.entries import Also, ConsentRule, Duty, Entry, Exclusion, Flag, Measure, Offer, Routing, Threshold
from policies.engine.errors import PackError
from policies.engine.vocabulary import Vocabulary

E = TypeVar("E", bound=Entry)
KINDS: tuple[type[Entry], ...] = (Flag, Threshold, Duty, ConsentRule, Exclusion, Routing, Offer, Also)


@dataclass(frozen=True)
class Edition:
    """The entries in force, and under which condition each really holds once exceptions and exclusions are taken away."""

    pack: str
    vocabulary: Vocabulary
    entries: Mapping[str, Entry]
    clocks: Mapping[str, Measure]
    labels: Mapping[str, str]
    capacity: Mapping[str, Measure] = field(default_factory=dict)
    holds: Mapping[str, Condition] = field(default_factory=dict)

    def of(self, kind: type[E]) -> tuple[E, ...]:
        return tuple(entry for entry in self.entries.values() if type(entry) is kind)

    @cached_property
    def consent_outcomes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(rule.outcome for rule in self.of(ConsentRule)))

    @cached_property
    def offers(self) -> tuple[str, ...]:
        return tuple(offer.name for offer in self.of(Offer))


def join(edition: Edition, every: frozenset[str]) -> Edition:
    """The edition with what is replaced taken out, and what each entry's condition comes to.

    `every` names all entries of any date: what is named must exist on some day. Raises PackError where a rule names something
    that does not exist, or exceptions run in a circle.
    """
    replaced = {name for entry in edition.entries.values() for name in entry.replaces}
    standing = replace(
        edition, entries={name: entry for name, entry in edition.entries.items() if name not in replaced}
    )
    for entry in standing.entries.values():
        _check_names(entry, standing, every)
    return replace(standing, holds=_conditions(standing.entries))


def _refuse(entry: Entry, found: str, allowed: str) -> NoReturn:
    raise PackError(entry.file, entry.line, f"{entry.name}: {found}", allowed)


def _check_names(entry: Entry, edition: Edition, every: frozenset[str]) -> None:
    for name in entry.exception_to + entry.replaces + (entry.excludes if isinstance(entry, Exclusion) else ()):
        if name not in every:
            _refuse(entry, f'the unknown name "{name}"', "a rule or offer of this pack or of the pack that it extends")
    for name in entry.exception_to:
        other = edition.entries.get(name)
        if other is not None and type(other) is not type(entry):
            _refuse(
                entry,
                f"an exception to {name}, which is another kind of rule",
                "an exception to a rule of the same kind",
            )
    for clock in getattr(entry, "clocks", ()):
        if clock not in edition.clocks:
            _refuse(entry, f'the unknown clock "{clock}"', ", ".join(edition.clocks) or "no clock yet")
    for leaf in leaves(entry.when):
        if isinstance(leaf, FlagUp) and not isinstance(edition.entries.get(leaf.flag), Flag) and leaf.flag not in every:
            _refuse(
                entry,
                f'the unknown flag "{leaf.flag}"',
                ", ".join(flag.name for flag in edition.of(Flag)) or "no flag yet",
            )
        if isinstance(leaf, Outcome) and leaf.of == "consent" and not leaf.values <= set(edition.consent_outcomes):
            _refuse(
                entry,
                f"the consent outcome {', '.join(sorted(leaf.values - set(edition.consent_outcomes)))}",
                ", ".join(edition.consent_outcomes),
            )


def _conditions(entries: Mapping[str, Entry]) -> dict[str, Condition]:
    """What each entry's condition comes to: exceptions win over their rules, exclusions over offers, offers keep to their route."""
    beaten_by: dict[str, list[str]] = {}
    for entry in entries.values():
        for name in entry.exception_to + (entry.excludes if isinstance(entry, Exclusion) else ()):
            beaten_by.setdefault(name, []).append(entry.name)
    done: dict[str, Condition] = {}

    def condition(name: str, path: tuple[str, ...]) -> Condition:
        entry = entries[name]
        if name in path:
            _refuse(
                entry, "exceptions in a circle: " + " → ".join((*path[path.index(name) :], name)), "exceptions that end"
            )
        if name not in done:
            own = (
                All((Outcome("route", frozenset({entry.route})), entry.when))
                if isinstance(entry, Offer)
                else entry.when
            )
            done[name] = unless(own, tuple(condition(other, (*path, name)) for other in beaten_by.get(name, ())))
        return done[name]

    for name in entries:
        condition(name, ())
    return done
