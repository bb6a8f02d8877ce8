"""What a message is about: the closed list of the public contract, several at once, and never what is said not to be.

A phrase of the lexicon and the learned classifier look at the same message. A phrase that is not negated is believed unless
the classifier finds it far-fetched; without a phrase the classifier must be sure. The three limits were tuned on the
project's own development lines (`bot.model.understanding`), never on the test sets.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from bot.text.found import Found, distinct
from bot.text.patterns import Phrase, lexicon, phrases
from bot.text.reading import Reading
from bot.text.scope import negated

CONCERNS = (
    "parenting_behaviour", "routines_sleep", "school_attendance", "school_behaviour", "send_disability", "child_mental_health",
    "parent_mental_health", "domestic_abuse", "parental_conflict", "substance_misuse_parent", "substance_misuse_child", "neglect",
    "physical_harm", "sexual_harm", "exploitation", "missing", "offending_asb", "housing", "debt_poverty", "unemployment",
    "young_carer", "bereavement", "bullying", "online_safety", "immigration_nrpf", "pregnancy_parenting_start",
    "family_separation", "parent_in_prison", "private_fostering", "radicalisation", "health_condition", "isolation",
)  # fmt: skip

FAR_FETCHED = 0.10
"""A phrase counts only where the classifier gives at least this."""
SURE = 0.55
"""Without a phrase the classifier must give this."""


def spotted(reading: Reading) -> list[Found[str]]:
    """Every phrase of the lexicon in the message that is not negated."""
    found: list[Found[str]] = []
    for concern, group in _lexicon().items():
        for phrase in group:
            for match in phrase.finditer(reading.plain):
                if not negated(reading.plain, match.start()):
                    found.append(reading.found(match.start(), match.end(), concern))
                    break
    return sorted(found, key=lambda one: one.start)


def decide(found: list[Found[str]], learned: Mapping[str, float]) -> list[str]:
    """The concerns of a message, in the order of the closed list. Without a classifier the phrases stand alone."""
    named = distinct([one.value for one in found])
    if not learned:
        return [concern for concern in CONCERNS if concern in named]
    return [c for c in CONCERNS if learned.get(c, 0.0) >= (FAR_FETCHED if c in named else SURE)]


@lru_cache(1)
def _lexicon() -> dict[str, tuple[Phrase, ...]]:
    return {concern: phrases(sources) for concern, sources in lexicon("concerns").items()}
