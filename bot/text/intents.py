"""What the person is doing with the conversation: asking, answering, leaving, telling.

A few short messages have one meaning whatever the classifier makes of them ("yes", "idk", "thanks"); everything else is
decided by the classifier. A long message tells something, even where it ends in a question. See `data/nlu/README.md`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from bot.text.patterns import lexicon
from bot.text.reading import Reading

TELLS = ("inform", "ask_for_help")
LONG = 30
"""Words from which a message is a story, unless the classifier is sure of something else."""
SURE = 0.75


def intent_of(reading: Reading, probabilities: Mapping[str, float], *, language: str = "en") -> tuple[str, float]:
    """The intent and how sure we are of it, from 0 to 1."""
    words = re.findall(r"\w+", reading.plain)
    whole = " ".join(words)
    if fixed := _whole_messages().get(whole):
        return fixed, 1.0
    if language != "en":
        return "other_language", 1.0
    if not words or not probabilities:
        return "inform", 0.0
    best = max(probabilities, key=lambda name: probabilities[name])
    if len(words) >= LONG and best not in TELLS and probabilities[best] < SURE:
        best = max(TELLS, key=lambda name: probabilities.get(name, 0.0))
    return best, probabilities.get(best, 0.0)


@lru_cache(1)
def _whole_messages() -> dict[str, str]:
    return {str(text): intent for intent, texts in lexicon("short_answers").items() for text in texts}
