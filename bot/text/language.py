"""Which language a message is in. English unless there is good reason to think otherwise.

Script decides first, then words that only one of our languages has, then py3langid over the likely languages. Short or
misspelt English must never be answered in another language, so a guess needs words or a good margin to stand on.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

from bot.text.patterns import lexicon

LANGUAGES = ("en", "pl", "ro", "pa", "ur", "gu", "bn", "uk", "ar", "pt", "so")
_LATIN = ("en", "pl", "ro", "pt")
"""What py3langid can tell apart in our script; it has no Somali, which is told by its words alone."""
_LONG_ENOUGH = 5
"""Words from which the statistical guess is listened to."""
_MARGIN = 25.0
"""Log-probability by which another language must beat English, and 3 more for each word."""
_READ = 2_000
"""Characters are enough to tell a language."""


def detect(text: str) -> str:
    """One of `LANGUAGES`."""
    text = text[:_READ]
    scripts = _scripts(text)
    script = max(scripts, key=lambda name: scripts[name], default="LATIN")
    if script != "LATIN" and scripts[script] >= max(2, scripts.get("LATIN", 0) // 3):
        return _by_script(script, text)
    words = re.findall(r"[^\W\d_]+", text.lower())
    known = {code: sum(word in own for word in words) for code, own in _words().items()}
    best = max(known, key=lambda code: known[code])
    if best != "en" and known[best] > known["en"] and known[best] >= max(1, len(words) // 4):
        return best
    return _guess(text, words, known) if len(words) >= _LONG_ENOUGH else "en"


def _guess(text: str, words: list[str], known: dict[str, int]) -> str:
    ranked = dict(_identifier().rank(text))
    best = max(_LATIN, key=lambda code: ranked.get(code, float("-inf")))
    if best == "en" or known["en"] > len(words) / 6:
        return "en"
    return best if ranked[best] - ranked.get("en", float("-inf")) > _MARGIN + 3 * len(words) else "en"


def _scripts(text: str) -> dict[str, int]:
    """Letters by the first word of their Unicode name."""
    counts: dict[str, int] = {}
    for char in text:
        if char.isalpha():
            name = unicodedata.name(char, "").split(" ")[0]
            counts[name] = counts.get(name, 0) + 1
    return counts


def _by_script(script: str, text: str) -> str:
    if script == "ARABIC":
        return "ur" if re.search("[ٹڈڑےںھگپچہۂکی]", text) else "ar"
    return {"GURMUKHI": "pa", "GUJARATI": "gu", "BENGALI": "bn", "CYRILLIC": "uk"}.get(script, "en")


@lru_cache(1)
def _words() -> dict[str, frozenset[str]]:
    return {code: frozenset(str(word) for word in words) for code, words in lexicon("languages").items()}


@lru_cache(1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_pickled_model(MODEL_FILE)
    identifier.set_languages(list(_LATIN))
    return identifier
