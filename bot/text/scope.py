"""Whether words are said not to be so: "no domestic abuse", "he isn't hurting anyone", "nobody drinks"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.text.doer import accuses
from bot.text.patterns import Phrase

_BREAK = re.compile(
    r"[.!?;\n]| - |\b(?:but|however|although|though|because|cos|coz|except|then|so|and (?:now|he|she|i|they|my|his|her)|until|unless|who|yet)\b"
)
_NEGATOR = re.compile(
    r"\b(?:no|not|never|nobody|noone|no one|nothing|without|none|nor|neither|denies|denied|nil|dont|doesnt|isnt|arent|aint|hasnt|havent|wasnt|werent|"
    r"didnt|wouldnt|rather than|instead of|free of|free from|ruled out|wont be|cannot see any|cant see any|there isnt)\b"
    r"(?!\W+(?:only|just|sure|going to school|coping|getting|eating|sleeping|stop|want to|able|know|all|really sure|even))"
)
_REACH = 8
"""Words that a negation reaches over."""


def said(plain: str, group: Iterable[Phrase]) -> re.Match[str] | None:
    """Where the first phrase of a group stands that is not negated, and whose deed is done by whom it names."""
    found = ((phrase, match) for phrase in group for match in phrase.finditer(plain))
    return next((m for phrase, m in found if not negated(plain, m.start()) and accuses(plain, phrase, m)), None)


def negated(plain: str, start: int) -> bool:
    """Whether a negation earlier in the same clause covers what begins at `start`."""
    before = plain[max(0, start - 90) : start]
    breaks = [match.end() for match in _BREAK.finditer(before)]
    clause = before[breaks[-1] :] if breaks else before
    for match in _NEGATOR.finditer(clause):
        rest = clause[match.end() :]
        if len(rest.split()) > _REACH or rest.count("/") > 3:
            continue
        if "," not in rest or (match[0] in ("no", "nil", "without", "denies") and _continues_list(rest)):
            return True
    return False


def _continues_list(rest: str) -> bool:
    """ "no drugs, alcohol or …": short items only; a verb after the comma starts something new."""
    return all(len(item.split()) <= 3 for item in rest.split(",")) and not re.search(
        r",\s*(?:he|she|i|they|my|its|mum|dad|just|the)\b", rest
    )
