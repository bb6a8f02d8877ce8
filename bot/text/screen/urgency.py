"""When: whether a message says that harm is going on, or that it is over for now.

Says nothing about whether there is harm. It decides between "now" and "a concern" where a judge is not sure.
"""

from __future__ import annotations

import re

from bot.text.screen.word_lists import any_of, word_lists

_WORDS = word_lists("urgency")
_AT_AN_END = r"\bnow(?= *[.?!]| *$)"


_NOW, _OVER, _NOT_OVER = any_of(_WORDS, "now"), any_of(_WORDS, "over_for_now"), any_of(_WORDS, "not_over")
_HELD, _LOOKED_AFTER, _THE_DAY = any_of(_WORDS, "held"), any_of(_WORDS, "looked_after"), any_of(_WORDS, "the_day")
_EXAGGERATIONS = any_of(_WORDS, "exaggerations")
GOES_ON = frozenset(_WORDS["goes_on"])
_NOW_LAST = re.compile(_AT_AN_END)
_TELLING = re.compile(
    r"\b(?:(?:{telling})(?:{day})|(?:{day}) (?:{then_told})|just (?:{just_told}))\b".format(
        telling="|".join(_WORDS["telling"]),
        day=_WORDS["days_of_telling"],
        then_told=_WORDS["then_told"],
        just_told=_WORDS["just_told"],
    )
)


def says_now(words: str) -> bool:
    """Whether anything in plain words says that it is happening, or was within about a day."""
    return bool(_NOW.search(words) or _NOW_LAST.search(words))


def says_over(words: str, category: str = "") -> bool:
    """Whether plain words put the harm on an earlier day, make it a habit, or say that all are safe for now.

    Of some categories that others are safe says nothing: the overdose or the search goes on.
    """
    words = _LOOKED_AFTER.sub("", _HELD.sub("", words)) if category in GOES_ON else words
    return bool(_OVER.search(words)) and not _NOT_OVER.search(words)


def says_made_safe(words: str, category: str = "") -> bool:
    """Whether plain words say that whoever did it is held and the others are with somebody safe, and nothing is going on still.

    One of the two is not enough: "he was arrested, she is bleeding" and "the children are safe, he is at the door" are now.
    """
    made_safe = _HELD.search(words) and _LOOKED_AFTER.search(words) and not _NOT_OVER.search(words)
    return bool(made_safe) and category not in GOES_ON and not says_now(_THE_DAY.sub("", words))


def says_only_told(words: str, category: str = "") -> bool:
    """Whether the one thing that plain words place today is the telling: "she told me today that her dad hits her".

    Of some categories that says nothing: who was told today of an overdose must hurry.
    """
    rest, tellings = _TELLING.subn("", words)
    return bool(tellings) and category not in GOES_ON and not says_now(rest) and not _NOT_OVER.search(words)


def without_exaggeration(words: str) -> str:
    """Plain words less those that only exaggerate ("he is literally killing me")."""
    return _EXAGGERATIONS.sub("", words)
