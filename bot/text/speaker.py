"""Who is writing, from the closed list of the public contract.

Three kinds of sign, added up: a title that opens a sentence ("Health visitor here", "I'm a PCSO"), phrases that say it
("I'm his nan"), phrases that only show it ("my lad", "Y9 girl", "dont tell my mum"). The learned classifier
(`bot.text.learned`) adds its probabilities, which decide where the words show nothing.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from bot.text.found import Found
from bot.text.patterns import Phrase, lexicon, phrases
from bot.text.reading import Reading

ROLES = (
    "parent", "step_parent", "foster_carer", "relative", "young_person", "friend_or_neighbour",
    "school", "early_years", "health", "police", "other_professional", "unknown",
)  # fmt: skip

TITLE, SAYS, SHOWS = 5.0, 4.0, 2.2
LEARNED = 0.9
"""Weight of one unit of log-odds of the classifier."""
ENOUGH = 0.3
"""Below this sum nobody is named."""

_OPENS = (
    r"(?:\A\W*(?:(?:hi|hello|hiya|hey|dear \w+|good (?:morning|afternoon|evening)|morning|afternoon|evening)\b[^.!?]{0,12}?)?|[.!?\n]\s*|"
    r"\b(?:im|i am|am|we are|were|this is|its|as|here is|speaking as|working as|work as|ringing as|writing as)\W(?:an?\W|the\W)?(?:\w+\W){0,2}?)"
)
_FOLLOWS = r"(?=\s*(?:[.,:;\-/(\n]|$)|\s(?:here|and|at|in|from|with|writing|of|for|on|to the|wanting|again|speaking|query|supporting|based|working|working with|enquiring|needing|asking|who|looking)\b)"


def scores(reading: Reading) -> tuple[dict[str, float], list[Found[str]]]:
    """Points for each role that shows, and the words they rest on."""
    points: dict[str, float] = {}
    evidence: list[Found[str]] = []
    for role, weight, match in _signs(reading.plain):
        points[role] = points.get(role, 0.0) + weight
        evidence.append(reading.found(match.start(), match.end(), role))
    return points, evidence


def decide(points: Mapping[str, float], learned: Mapping[str, float]) -> str:
    """The role with the highest sum of signs and learned log-odds; `unknown` where nothing is strong enough."""
    total = {role: points.get(role, 0.0) + LEARNED * _log_odds(learned.get(role, 0.0), len(ROLES)) for role in ROLES}
    best = max(total, key=lambda role: total[role])
    return best if total[best] >= ENOUGH else "unknown"


def _log_odds(probability: float, roles: int) -> float:
    """How much likelier than by chance, in natural logarithms; never less than -2, so that words can overrule it."""
    return max(-2.0, math.log(max(probability, 1e-9) * roles))


def _signs(plain: str) -> Iterator[tuple[str, float, re.Match[str]]]:
    for role, title, says, shows in _lexicon():
        if title and (opened := title.search(plain)):
            yield role, TITLE, opened
        for weight, group in ((SAYS, says), (SHOWS, shows)):
            seen = 0
            for phrase in group:
                if seen < 2 and (match := phrase.search(plain)):
                    seen += 1
                    yield role, weight if seen == 1 else weight / 3, match


@lru_cache(1)
def _lexicon() -> tuple[tuple[str, re.Pattern[str] | None, tuple[Phrase, ...], tuple[Phrase, ...]], ...]:
    return tuple(
        (role, _title(parts.get("titles", [])), phrases(parts.get("says", [])), phrases(parts.get("shows", [])))
        for role, parts in lexicon("speaker").items()
    )


def _title(titles: list[str]) -> re.Pattern[str] | None:
    if not titles:
        return None
    words = "|".join(re.escape(title.replace("'", "")) for title in sorted(titles, key=len, reverse=True))
    return re.compile(rf"{_OPENS}(?P<title>(?:{words})){_FOLLOWS}")
