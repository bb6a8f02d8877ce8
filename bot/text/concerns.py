"""What a message is about: the closed list of the public contract, several at once, and never what is said not to be.

A phrase of the lexicon that is not negated speaks for its concern, and so does the message's likeness to the training lines
(`bot.text.kernel`). Both are added up as log-odds, so that a phrase in a message that sounds like something else does not decide alone.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.text.found import Found
from bot.text.patterns import Phrase, lexicon, phrases
from bot.text.reading import Reading
from bot.text.scope import negated
from bot.text.subject import ADULT, CHILD, subject

CONCERNS = (
    "parenting_behaviour", "routines_sleep", "school_attendance", "school_behaviour", "send_disability", "child_mental_health",
    "parent_mental_health", "domestic_abuse", "parental_conflict", "substance_misuse_parent", "substance_misuse_child", "neglect",
    "physical_harm", "sexual_harm", "exploitation", "missing", "offending_asb", "housing", "debt_poverty", "unemployment",
    "young_carer", "bereavement", "bullying", "online_safety", "immigration_nrpf", "pregnancy_parenting_start",
    "family_separation", "parent_in_prison", "private_fostering", "radicalisation", "health_condition", "isolation",
)  # fmt: skip

PHRASE = 3.5
"""Log-odds that a phrase adds to what was learned: between what lines ask for that were written after the phrases (2) and before (5)."""
LEADING = 1.5
"""Log-odds that the likeliest concern of a message gains: a message is seldom about nothing."""
ENOUGH = 0.4
"""Log-odds from which a concern counts. Chosen, with the two above, on scores of lines that were each left out."""


def spotted(reading: Reading, role: str = "unknown") -> list[Found[str]]:
    """Every phrase of the lexicon in the message that is not negated and fits the speaker, once for each concern."""
    found: dict[str, Found[str]] = {}
    for concern, phrase in _phrases(role):
        if concern not in found and (match := _said(reading.plain, phrase)):
            found[concern] = reading.found(match.start(), match.end(), concern)
    for kind in _lexicon().by_subject:
        for phrase in kind.phrases:
            for match in phrase.finditer(reading.plain):
                concern = kind.concern(subject(reading.plain, match.start(), role))
                if concern and concern not in found and not negated(reading.plain, match.start()):
                    found[concern] = reading.found(match.start(), match.end(), concern)
    return sorted(found.values(), key=lambda one: one.start)


def _said(plain: str, phrase: Phrase) -> re.Match[str] | None:
    return next((match for match in phrase.finditer(plain) if not negated(plain, match.start())), None)


def _phrases(role: str) -> Iterator[tuple[str, Phrase]]:
    yield from _lexicon().anybody
    yield from _lexicon().young if role == "young_person" else _lexicon().grown


def decide(found: list[Found[str]], learned: Mapping[str, float]) -> list[str]:
    """The concerns of a message, in the order of the closed list. Without a classifier the phrases stand alone."""
    named = {one.value for one in found}
    if not learned:
        return [concern for concern in CONCERNS if concern in named]
    odds = {concern: _log_odds(learned[concern]) + PHRASE * (concern in named) for concern in CONCERNS}
    odds[max(odds, key=lambda concern: odds[concern])] += LEADING
    return [concern for concern in CONCERNS if odds[concern] >= ENOUGH]


def _log_odds(chance: float) -> float:
    chance = min(max(chance, 1e-6), 1 - 1e-6)
    return math.log(chance / (1 - chance))


@dataclass(frozen=True)
class _BySubject:
    """Words that are one concern of a grown-up and another of a child."""

    adult: str
    child: str
    otherwise: str
    phrases: tuple[Phrase, ...]

    def concern(self, about: str | None) -> str:
        return {ADULT: self.adult, CHILD: self.child}.get(about or "", self.otherwise)


@dataclass(frozen=True)
class _Lexicon:
    anybody: tuple[tuple[str, Phrase], ...]
    young: tuple[tuple[str, Phrase], ...]
    grown: tuple[tuple[str, Phrase], ...]
    by_subject: tuple[_BySubject, ...]


@lru_cache(1)
def _lexicon() -> _Lexicon:
    data = lexicon("concerns")
    kinds = tuple(
        _BySubject(k["adult"], k["child"], k["otherwise"], phrases(k["phrases"]))
        for k in data.pop("by_subject").values()
    )
    sources = [(concern, str(source)) for concern, group in data.items() for source in group]
    return _Lexicon(
        anybody=_compiled(sources, ""),
        young=_compiled(sources, "@yp "),
        grown=_compiled(sources, "@adult "),
        by_subject=kinds,
    )


def _compiled(sources: list[tuple[str, str]], mark: str) -> tuple[tuple[str, Phrase], ...]:
    """The phrases that bear this mark (or none at all), without it."""
    chosen = [
        (concern, source)
        for concern, source in sources
        if source.startswith(mark) and (mark or not source.startswith("@"))
    ]
    return tuple((concern, phrases([source.removeprefix(mark)])[0]) for concern, source in chosen)
