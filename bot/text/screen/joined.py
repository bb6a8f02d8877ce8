"""The two judges together."""

from __future__ import annotations

from bot.text.screen.learned import judge_by_vectors
from bot.text.screen.result import ScreenResult, joined
from bot.text.screen.rules import judge_by_rules


def screen(text: str, lang: str = "en") -> ScreenResult:
    """The worst that either judge sees in one message, of any length and in any language.

    The vectors know English only; the lexicons also hold danger words of other languages, and
    always look for all of them: people mix languages, and `lang` may be a wrong guess.
    """
    by_rules = judge_by_rules(text)
    return joined(by_rules, judge_by_vectors(text)) if lang == "en" else by_rules
