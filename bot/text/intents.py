"""What the person is doing with the conversation: asking, answering, leaving, telling.

A few short messages have one meaning whatever the classifier makes of them ("yes", "idk", "thanks"); everything else is
decided by the classifier. A long message tells something, even where it ends in a question. See `data/nlu/README.md`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from bot.text.patterns import lexicon
from bot.text.reading import Reading

TELLS = ("inform", "ask_for_help")
LONG = 30
"""Words from which a message is a story, unless the classifier is sure of something else."""
SURE = 0.75
COURTESIES = frozenset({
    "please", "pls", "plz", "thanks", "ta", "sorry", "love", "duck", "mate", "bab", "hun", "pal", "x", "xx", "xxx", "lol", "tbh", "really",
})  # fmt: skip
"""Said along with a short answer, they leave its meaning alone: "yes love", "dunno mate", "back please"."""
_SHORT = 10
"""Words that a whole answer with its courtesies may have."""
_READ = 2_000
"""Characters are enough to tell a script."""
_LAST_LATIN = "\u02ff"
"""Beyond it stand other scripts, and the Latin letters with two marks that Vietnamese has (1E00 to 1EFF)."""


def intent_of(reading: Reading, probabilities: Mapping[str, float], *, language: str = "en") -> tuple[str, float]:
    """The intent and how sure we are of it, from 0 to 1."""
    words = re.findall(r"\w+", reading.plain)
    if fixed := _whole_message(words):
        return fixed, 1.0
    if language != "en" or _in_another_script(reading.plain[:_READ]):
        return "other_language", 1.0
    if not words or not probabilities:
        return "inform", 0.0
    best = max(probabilities, key=lambda name: probabilities[name])
    if len(words) >= LONG and best not in TELLS and probabilities[best] < SURE:
        best = max(TELLS, key=lambda name: probabilities.get(name, 0.0))
    return best, probabilities.get(best, 0.0)


def _whole_message(words: list[str]) -> str | None:
    """The one meaning of these words, as they are or without the courtesies at their end."""
    known = _whole_messages()
    while 0 < len(words) <= _SHORT:
        if fixed := known.get(" ".join(words)):
            return fixed
        if words[-1] not in COURTESIES:
            return None
        words = words[:-1]
    return None


def _in_another_script(plain: str) -> bool:
    """Whether most letters are of a script that English is not written in, even one that no language of ours has."""
    letters = [char for char in unicodedata.normalize("NFKC", plain) if char.isalpha()]
    return 2 * sum(char > _LAST_LATIN and not "\u1e00" <= char <= "\u1eff" for char in letters) > len(letters)


@lru_cache(1)
def _whole_messages() -> dict[str, str]:
    return {str(text): intent for intent, texts in lexicon("short_answers").items() for text in texts}
