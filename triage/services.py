"""Which local services fit a need, an age and a place: at most a handful, each with why (law.md S08)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from triage.ports import Service

STALE_AFTER = timedelta(days=365)
OPEN = frozenset({"open"})
WORD = re.compile(r"[a-z]{4,}")
FEWEST = 3
GENERAL = 4
"""A service for so many different needs is for everybody, and stands in where hardly anything fits."""

FOR_ALL = 9
"""A service that covers nearly everything, such as the family information service, is nobody else's."""

SPECIAL = frozenset(
    {
        "send_disability", "domestic_abuse", "bereavement", "parent_in_prison", "young_carer", "offending_asb", "missing",
        "substance_misuse_parent", "substance_misuse_child", "exploitation", "sexual_harm", "radicalisation", "housing",
    }
)  # fmt: skip
"""Needs of some families only: a service for them is not put before others who did not name them."""

NOT_TELLING = frozenset(
    [
        "your",
        "with",
        "that",
        "this",
        "from",
        "have",
        "they",
        "what",
        "when",
        "where",
        "which",
        "there",
        "about",
        "help",
        "need",
        "just",
        "like",
        "want",
        "after",
        "morning",
        "work",
        "working",
        "made",
        "idea",
        "somebody",
        "time",
    ]
)


@dataclass(frozen=True, slots=True)
class Listing:
    """One service of the directory, in the fields of Open Referral UK that choosing needs."""

    id: str
    name: str
    description: str
    contact: str
    access: str  # open | agreement | front_door | professionals
    concerns: frozenset[str]
    least_age: int
    most_age: int
    authority: str
    active: bool
    assured: date
    always_for: frozenset[str] = frozenset()  # needs for which it is named first, whatever else fits

    def may_be_shown(self, on: date) -> bool:
        """Active, and checked within a year: a wrong number helps nobody (hazard H23)."""
        return self.active and self.assured + STALE_AFTER >= on

    def suits(self, ages: Iterable[int]) -> bool:
        known = list(ages)
        return not known or any(self.least_age <= age <= self.most_age for age in known)


def choose(
    listings: Iterable[Listing],
    *,
    concerns: Iterable[str],
    ages: Iterable[int],
    authority: str | None,
    wish: str,
    on: date,
    limit: int,
) -> tuple[Service, ...]:
    """The services that anybody may turn to and that fit best. Nothing fitting is nothing, not a guess."""
    needs, children, words = frozenset(concerns), tuple(ages), telling(wish)
    here = [
        one for one in listings
        if one.may_be_shown(on) and one.access in OPEN and one.authority in {authority, "england"} and one.suits(children)
    ]  # fmt: skip
    ranked = sorted(here, key=lambda one: _rank(one, needs, words))
    fitting = [one for one in ranked if needs & one.concerns or words & _named_by(one)]
    for_all = [one for one in ranked if len(one.concerns) >= GENERAL and one not in fitting]
    owed = [one for one in fitting if needs & one.always_for][:1]
    fitting = owed + [one for one in fitting if one not in owed]
    chosen = fitting[:limit] if len(fitting) >= FEWEST else (fitting + for_all)[:FEWEST]
    return tuple(_shown(one, needs, children) for one in chosen[:limit])


def telling(text: str) -> frozenset[str]:
    """Words long enough to mean something, without their plural."""
    return frozenset(word.rstrip("s") for word in WORD.findall(text.casefold()) if word not in NOT_TELLING)


def _named_by(one: Listing) -> frozenset[str]:
    """The words that may bring a service up by themselves. One for a special need is not brought up by words in passing:
    "while my daughter works" asks for no helpline about being made to work."""
    special = one.concerns & SPECIAL and len(one.concerns) < GENERAL
    return telling(one.name) if special else _words_of(one)


def _rank(one: Listing, needs: frozenset[str], words: frozenset[str]) -> tuple[float, ...]:
    """Best first: more of the need, words in common, for this need in particular, near, for this age in particular."""
    shared = len(needs & one.concerns)
    named = len(words & _words_of(one))
    particular = shared / max(len(one.concerns), 1)
    for_others = len((one.concerns & SPECIAL) - needs) if len(one.concerns) < FOR_ALL else 0
    return (for_others - shared - 0.6 * named, -particular, one.authority == "england", one.most_age - one.least_age)


def _words_of(one: Listing) -> frozenset[str]:
    return telling(f"{one.name} {one.description}")


def _shown(one: Listing, needs: frozenset[str], ages: tuple[int, ...]) -> Service:
    return Service(
        one.id, one.name, one.description, one.contact, tuple(sorted(needs & one.concerns)), bool(ages), one.authority
    )
