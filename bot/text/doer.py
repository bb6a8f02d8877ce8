"""Whether somebody who works with children is the one that did it, or the one that was told, saw it, or is only named.

"She told her teacher that dad hits her" names a teacher and a blow, and says nothing against the teacher. The words of one
sentence are read for three things: who was told, who stands as the subject before the deed, and whom a "by" names after it.
Where it stays unclear, the one who works with children is taken to have done it: a duty is then proposed and a person looks.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import pairwise

from bot.text.patterns import Phrase, classes, lexicon

_SENTENCE_END = re.compile(r"[.!?;\n]")
DEED = "staff_deed"
"""The class of words in phrases for what staff may have done."""

MODIFIERS = 4
"""Words that may stand between "told" and whom: "told her new year four teacher"."""

SPEAKING_REACH = 4
"""Words before "to" in which a word of speaking is looked for: "reported it straight away to"."""


def accuses(plain: str, phrase: Phrase, match: re.Match[str]) -> bool:
    """Whether what a phrase found holds, if it is one that names a deed of staff. Other phrases hold as they are."""
    if DEED not in phrase.source:
        return True
    before = _units(plain[_sentence_start(plain, match.start()) : match.start()])
    within, after = _units(match[0]), _units(_SENTENCE_END.split(plain[match.end() :], maxsplit=1)[0])
    place = range(len(before), len(before) + len(within))
    return staff_did_it([*before, *within, *after], place, _one_word("staff"), _one_word(DEED))


def staff_did_it(words: Sequence[str], places: range, staff: Collection[str], deeds: Collection[str]) -> bool:
    """Whether one of `staff` is said to have done one of `deeds`, both at `places` of a sentence in plain words."""
    people, done = ([n for n in places if words[n] in kind] for kind in (staff, deeds))
    return any(_did(words, one, deed) if one < deed else _by(words, deed, one) for deed in done for one in people)


def _did(words: Sequence[str], one: int, deed: int) -> bool:
    """The person first: "the coach texts her"."""
    if _suffered(words, deed) or _only_reported(words, one, deed) or _writes_to_parents(words, deed):
        return False
    if _was_told(words, one) and not _answered_back(words[one + 1 : deed]):
        return False
    return not _another_did(words, one, deed)


def _by(words: Sequence[str], deed: int, one: int) -> bool:
    """The deed first: "was grabbed round the neck by his new TA", but not "hit by mum and comforted by his TA"."""
    between = words[deed + 1 : one]
    if between.count("by") != 1 or _kind("reports").intersection(between):
        return False
    named = between[between.index("by") + 1 :]
    return len(named) <= MODIFIERS and not (_adults() | {"and", "while", "but"}).intersection(named)


def _suffered(words: Sequence[str], deed: int) -> bool:
    """ "was hit": whoever stands before it did not do it."""
    before = _skipped(words, deed - 1, _kind("adverbs"))
    return words[deed] in _kind("suffered") and before >= 0 and words[before] in _kind("passive")


def _only_reported(words: Sequence[str], one: int, deed: int) -> bool:
    """ "the nurse recorded inappropriate touching": a deed as a thing that is passed on."""
    return words[deed] in _kind("things") and bool(_kind("passes_on").intersection(words[one + 1 : deed]))


def _writes_to_parents(words: Sequence[str], deed: int) -> bool:
    """ "the TA texts his mum": word about the day."""
    rest = (word for word in words[deed + 1 :] if word not in _kind("articles"))
    return words[deed] in _kind("writes") and next(rest, "") in _kind("parents")


def _was_told(words: Sequence[str], one: int) -> bool:
    """ "told her teacher", "disclosed it to the nurse"; not "told me her teacher", "told her the teacher"."""
    for place in range(one - 1, max(one - 2 - MODIFIERS, -1), -1):
        word = words[place]
        if word in _kind("tells"):
            return True
        if word in _kind("to_whom"):
            return bool(_kind("speaks").intersection(words[max(place - SPEAKING_REACH, 0) : place]))
        told_another = word == "her" and words[place + 1] in _kind("articles")
        if told_another or word in _kind("no_listener") or word in _adults():
            return False
    return False


def _answered_back(between: Sequence[str]) -> bool:
    """ "told the coach to stop touching", "told sir no but he grabbed me": who was told is who did it."""
    pairs = set(pairwise(between))
    turned = any((turn, he) in pairs for turn in ("and", "but", "then", "so", "yet") for he in ("he", "she", "they"))
    refused = " ".join(between[:2]).startswith(("no ", "stop ", "not ", "to stop"))
    return (refused or turned) and not _adults().intersection(between)


def _another_did(words: Sequence[str], one: int, deed: int) -> bool:
    return _next_to_it(words, one, deed) or any(
        words[place] in _adults() and _begins_a_clause(words, one, place) for place in range(one + 1, deed)
    )


def _next_to_it(words: Sequence[str], one: int, deed: int) -> bool:
    """Somebody else stands right before the deed: "teacher rang, dad hit him", "TA says he kicked"."""
    place = _skipped(words, deed - 1, _kind("adverbs") | _kind("helping_verbs"))
    if place <= one:
        return False
    word = words[place]
    if word in ("who", "that", "which"):
        return any(words[n] in _adults() | _children() for n in range(one + 1, place))
    if word in ("he", "she", "they"):
        return _is_somebody_else(words, one, place, deed)
    whose_coach = words[one + 1] in ("who", "that", "with") and word in _children()
    return word in _adults() | _children() | _kind("first_persons") and not whose_coach


def _is_somebody_else(words: Sequence[str], one: int, place: int, deed: int) -> bool:
    """Whether he, she or they is not the one who works with children: "sir says he loves me" is, "TA saw he kicked" is not."""
    if place - 1 <= one or words[deed] in _kind("endearments"):
        return False
    several = words[one] in _kind("several") and words[place] != "they"
    return several or words[place - 1] in _kind("reports") | _kind("links")


def _begins_a_clause(words: Sequence[str], one: int, place: int) -> bool:
    before = _skipped(words, place - 1, _kind("articles") | _kind("kin_words") | _adults())
    return before > one and words[before] in _kind("reports") | _kind("links")


def _skipped(words: Sequence[str], place: int, passed_over: Collection[str]) -> int:
    while place >= 0 and words[place] in passed_over:
        place -= 1
    return place


def _sentence_start(plain: str, place: int) -> int:
    return max((match.end() for match in _SENTENCE_END.finditer(plain, 0, place)), default=0)


def _units(plain: str) -> list[str]:
    """Words, "foster dad" and "alone with" being one each."""
    return [re.sub(r"\W+", " ", unit) for unit in _unit().findall(plain)]


@lru_cache(1)
def _unit() -> re.Pattern[str]:
    several = [words for name in ("staff", DEED) for words in _one_word(name) if " " in words]
    joined = (re.escape(words).replace(r"\ ", r"\W+") for words in sorted(several, key=len, reverse=True))
    return re.compile("|".join(rf"\b{words}\b" for words in joined) + r"|\w+")


@lru_cache(None)
def _one_word(name: str) -> frozenset[str]:
    return frozenset(map(str, classes()[name]))


@lru_cache(None)
def _kind(name: str) -> frozenset[str]:
    return frozenset(str(lexicon("doer")[name]).split())


@lru_cache(1)
def _adults() -> frozenset[str]:
    named = [str(word) for kind in ("parent", "partner") for word in classes()[kind] if " " not in str(word)]
    return frozenset(named) - {"carer", "carers"} | _kind("adults")


@lru_cache(1)
def _children() -> frozenset[str]:
    pronouns = {"he", "she", "they", "him", "her", "them"}
    return frozenset(str(word) for word in classes()["child"] if " " not in str(word)) - pronouns | _kind("children")
