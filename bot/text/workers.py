"""Whether somebody already works with the family: a social worker, a family worker, a plan.

A therapist, CAMHS, a SENCO, a health visitor or a school is not such a worker. "Closed in June" or "no social worker" is a
no; silence is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from bot.text.found import Found
from bot.text.patterns import Phrase, lexicon, phrases
from bot.text.reading import Reading


@dataclass(frozen=True)
class Workers:
    """`known`: yes, no or not said. `kind`: a value of the fact `existing_worker`."""

    known: bool | None
    kind: str | None = None
    evidence: Found[str] | None = None


def find_workers(reading: Reading) -> Workers:
    for phrase in _lexicon()["none"]:
        if match := phrase.search(reading.plain):
            return Workers(False, "none", reading.found(match.start(), match.end(), "none"))
    for kind in ("child_protection_plan", "social_worker", "send_team", "edge_of_care_team", "family_worker"):
        for phrase in _lexicon()[kind]:
            if match := phrase.search(reading.plain):
                return Workers(True, kind, reading.found(match.start(), match.end(), kind))
    return Workers(None)


@lru_cache(1)
def _lexicon() -> dict[str, tuple[Phrase, ...]]:
    return {kind: phrases(sources) for kind, sources in lexicon("workers").items()}
