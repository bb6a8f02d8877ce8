"""Whom a phrase is about: the nearest grown-up or child named before it. Pronouns are passed over."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.text.patterns import classes

ADULT, CHILD = "adult", "child"
_LOOK_BACK = 110
"""Characters: about twenty words."""
_GROWN_CHILDREN = {"son", "sons", "daughter", "daughters", "sister", "sisters", "brother", "brothers"}
"""Of a grandparent, aunt or uncle who writes."""
_MORE_ADULTS = (
    "client", "patient", "tenant", "female", "male", "woman", "man", "lady", "carer", "officer", "suspect", "perpetrator", "user",
)  # fmt: skip
_MORE_CHILDREN = ("grandchild", "bestie", "mate", "mates", "pupils", "students", "yo", "child's")


def subject(plain: str, start: int, role: str) -> str | None:
    """`adult`, `child`, or None where nobody is named before `start`."""
    for word in reversed(_words().findall(plain[max(0, start - _LOOK_BACK) : start])):
        if word in ("i", "im", "ive", "me"):
            return CHILD if role == "young_person" else ADULT
        if word in _GROWN_CHILDREN:
            return ADULT if role == "relative" else CHILD
        return ADULT if word in _adults() else CHILD
    return None


@lru_cache(1)
def _adults() -> frozenset[str]:
    named = [str(word) for kind in ("parent", "partner") for word in classes()[kind] if " " not in str(word)]
    return frozenset([*named, *_MORE_ADULTS])


@lru_cache(1)
def _words() -> re.Pattern[str]:
    pronouns = {"he", "she", "they", "hes", "shes", "theyre", "him", "her", "them", "who"}
    children = {str(word) for word in classes()["child"] if " " not in str(word)} - pronouns
    every = {"i", "im", "ive", "me"} | _adults() | children | set(_MORE_CHILDREN)
    return re.compile(
        r"(?<!\w)(?:" + "|".join(sorted(map(re.escape, every), key=len, reverse=True)) + r"|y\d\d?|yr\d\d?|\d+yo)(?!\w)"
    )
