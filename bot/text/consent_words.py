"""What the words say about agreement: given, refused, or unknown.

Only a hint: agreement is taken by a pressed choice and read back. "Don't tell my mum" is a wish about secrecy, no refusal;
"Mum agrees to MASH" is agreement as reported; an argument about screens is not about us at all.
"""

from __future__ import annotations

from functools import lru_cache

from bot.text.found import Found
from bot.text.patterns import Phrase, lexicon, phrases
from bot.text.reading import Reading

GIVEN, REFUSED, UNKNOWN = "given", "refused", "unknown"


def find_consent(reading: Reading) -> Found[str] | None:
    """The strongest words about agreement; a refusal weighs more than an agreement, and a denied agreement is one."""
    for outcome in ("not_yet", REFUSED, GIVEN):
        for phrase in _lexicon()[outcome]:
            if match := phrase.search(reading.plain):
                return reading.found(match.start(), match.end(), UNKNOWN if outcome == "not_yet" else outcome)
    return None


@lru_cache(1)
def _lexicon() -> dict[str, tuple[Phrase, ...]]:
    return {outcome: phrases(sources) for outcome, sources in lexicon("consent").items()}
