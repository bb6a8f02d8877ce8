"""How old the children in a message are, in completed years; an unborn baby is -1.

A number is an age where its own words say so ("7yo", "aged 4"), where a child or a pronoun leads to it ("my lad is 11",
"she's four"), where it stands in a list with one that is, or where it stands alone between commas. Adults, durations,
times, counts and the past ("when i was 14", "since he was 3") are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.text import age_words as words
from bot.text.found import Found, distinct
from bot.text.numbers import whole

UNBORN = -1
OLDEST_CHILD = 17
_RECEPTION = 4
_BEFORE, _AFTER = 60, 40
"""Characters around a number that show what it is."""
_BETWEEN = 30
"""Characters between two ages of one list."""
_SAYS_ITS_AGE = 10
"""Who is younger does not open a message with a bare age."""
_WEEKS_OF_A_BABY = 23
"""More weeks or days than these are a stretch of time, unless they are said to be an age."""
_WEEKS_OF_PREGNANCY = range(4, 43)
_NOT_THEIR_AGE = (words.UNDER, words.BOYFRIEND_BEFORE, words.RANGE_BEFORE, words.ANIMAL_BEFORE)


@dataclass(frozen=True)
class _Candidate:
    start: int
    end: int
    years: int
    young: bool
    sure: bool
    barred: bool


def find_ages(folded: str) -> list[Found[int]]:
    """Every child's age in a text that was folded by `fold`, in the order it was written."""
    spoken = _accepted(folded, list(_candidates(folded)))
    by_class = [
        a for a in _school_years(folded) if not any(s.value in (a.value, a.value + 1, a.value - 1) for s in spoken)
    ]
    return sorted([*spoken, *by_class, *_babies(folded, spoken)], key=lambda found: found.start)


def child_ages(folded: str) -> list[int]:
    return distinct([found.value for found in find_ages(folded)])


def _candidates(folded: str) -> Iterator[_Candidate]:
    for match in words.AGE.finditer(folded):
        before = folded[max(0, match.start() - _BEFORE) : match.start()]
        yield _candidate(match, before, folded[match.end() : match.end() + _AFTER])


def _candidate(match: re.Match[str], before: str, after: str) -> _Candidate:
    number, young = whole(match["n"]), match["young"]
    years = _years(number, young)
    led = _is_led(before, after)
    spoken = bool(words.OLD.search((match["years"] or "") + (young or "")))
    return _Candidate(
        start=match.start(),
        end=match.end(),
        years=max(0, years - 1) if _not_yet(match, before, after) else years,
        young=bool(young),
        sure=spoken or _opens_as_a_teenager(match, before) or (led and _sure_lead(match, before, after)),
        barred=_barred(match, before, after, number, spoken, led),
    )


def _is_led(before: str, after: str) -> bool:
    leads = (words.LED_BY_CHILD, words.LED_BY_PRONOUN, words.AGED_BEFORE)
    return any(lead.search(before) for lead in leads) or _just_had_a_birthday(before, after)


def _opens_as_a_teenager(match: re.Match[str], before: str) -> bool:
    """ "13f here" """
    return bool(match["teen"] and not before.strip())


def _years(number: int, young: str | None) -> int:
    if not young:
        return number
    return number // 12 if _in_months(young) else 0


def _in_months(unit: str) -> bool:
    return unit.strip(" -").startswith("m")


def _sure_lead(match: re.Match[str], before: str, after: str) -> bool:
    """A lead-in makes a bare number an age, but a bare unit ("for 3 weeks") needs a child right before it."""
    if match["young"]:
        leads = (words.LED_BY_CHILD_ALONE, words.AGED_BEFORE, words.LED_BY_PRONOUN_ALONE)
        return any(lead.search(before) for lead in leads)
    if match["n"] == "one" and not match["years"]:
        return bool(words.ONE_ENDS.match(after))
    return True


def _not_yet(match: re.Match[str], before: str, after: str) -> bool:
    return bool(
        not match["young"]
        and (words.NEARLY.search(before) or (words.SOON.search(after) and not words.TURNED.search(before)))
    )


def _barred(match: re.Match[str], before: str, after: str, number: int, spoken: bool, led: bool) -> bool:
    """A number that is no child's age now, whatever leads to it."""
    if _is_pronoun(match, before, after) or _too_old(match, number, spoken) or _of_the_past(before, after):
        return True
    if any(bar.search(before) for bar in _NOT_THEIR_AGE):
        return True
    if spoken or _opens_as_a_teenager(match, before):
        return False
    return _is_a_quantity(match, before, after, led)


def _too_old(match: re.Match[str], number: int, spoken: bool) -> bool:
    if not match["young"]:
        return number > OLDEST_CHILD
    return number > _WEEKS_OF_A_BABY and not spoken and not _in_months(match["young"])


def _of_the_past(before: str, after: str) -> bool:
    """ "when he was 3", but not "when he turned 3" nor "he was seven in March" """
    told = words.PAST.search(before) and not words.TURNS_NEAR.search(before[-12:])
    return bool(told) and not _just_had_a_birthday(before, after)


def _is_a_quantity(match: re.Match[str], before: str, after: str, led: bool) -> bool:
    unit = (match["young"] or match["years"] or "").strip(" -")
    if words.QUANTITY_AFTER.search(unit + after) or words.QUANTITY_AFTER.search(after):
        return True
    if not unit and words.STREET_AFTER.match(after):
        return True
    if unit and words.TIME_BEFORE.search(before):
        return True
    return bool(not led and words.COUNT_BEFORE.search(before))


def _just_had_a_birthday(before: str, after: str) -> bool:
    """ "He was seven in March" is his age now; "when he was seven" is the past."""
    return bool(words.WAS_BEFORE.search(before) and words.SINCE_A_BIRTHDAY.match(after))


def _is_pronoun(match: re.Match[str], before: str, after: str) -> bool:
    """ "the little one", "my two": words that are no numbers here."""
    if match["n"] not in ("one", "two") or match["years"] or match["young"]:
        return False
    ends = words.NUMBER_ENDS.match(after)
    return bool(words.NOT_A_NUMBER.search(before) or (match["n"] == "one" and not ends))


def _accepted(folded: str, candidates: list[_Candidate]) -> list[Found[int]]:
    """Sure ones, ones in a list with a sure one, and ones that stand alone between marks."""
    chains: list[list[_Candidate]] = []
    for candidate in candidates:
        if chains and not chains[-1][-1].barred and _linked(folded, chains[-1][-1], candidate):
            chains[-1].append(candidate)
        else:
            chains.append([candidate])
    return [Found(c.start, c.end, c.years) for chain in chains for c in _of_chain(folded, chain)]


def _linked(folded: str, left: _Candidate, right: _Candidate) -> bool:
    between = folded[left.end : right.start]
    return len(between) <= _BETWEEN and bool(words.SEPARATOR.match(between))


def _of_chain(folded: str, chain: list[_Candidate]) -> list[_Candidate]:
    kept = [c for c in chain if not c.barred]
    if not kept:
        return []
    if any(c.sure for c in kept):
        return kept
    return kept if _stands_alone(folded, chain) and len(kept) == len(chain) else []


def _stands_alone(folded: str, chain: list[_Candidate]) -> bool:
    before, after = folded[: chain[0].start], folded[chain[-1].end :]
    if len(chain) == 1 and chain[0].young:
        return False
    if chain[0].years >= _SAYS_ITS_AGE and _opens_with_an_age(before, after):
        return True
    return bool(words.ALONE_BEFORE.search(before) and words.ALONE_AFTER.match(after))


def _opens_with_an_age(before: str, after: str) -> bool:
    """ "16 last week", "only just 15." """
    if not words.OPENS_UNSAID.fullmatch(before):
        return False
    return bool(words.OPENS_WITH_AGE.match(after) or (before.strip() and words.ALONE_AFTER.match(after)))


def _school_years(folded: str) -> Iterator[Found[int]]:
    for match in words.SCHOOL_YEAR.finditer(folded):
        if words.UNDER.search(folded[: match.start()]):
            continue
        for number in [match["n"], *_more_classes(match)]:
            yield Found(match.start(), match.end(), whole(number) + 4)
    for match in words.BIRTHDAY.finditer(folded):
        years = int(match["had"]) if match["had"] else int(match["soon"]) - 1
        yield Found(match.start(), match.end(), years)
    for match in words.RECEPTION_CLASS.finditer(folded):
        yield Found(match.start(), match.end(), _RECEPTION)


def _more_classes(match: re.Match[str]) -> list[str]:
    """ "Years 3 and 5" are two classes; "Year 5, 9" is one, with the age of a child in it."""
    more = re.findall(r"\d+", match["more"])
    if re.match(r"(?:school\s)?(?:years|yrs)\b", match.group()):
        return more
    own_age = {whole(match["n"]) + 4, whole(match["n"]) + 5}
    return [number for number in more if int(number) not in own_age]


def _babies(folded: str, spoken: list[Found[int]]) -> Iterator[Found[int]]:
    for match in words.YEAR_AND_A_HALF.finditer(folded):
        yield Found(match.start(), match.end(), 1)
    for match in words.NEWBORN.finditer(folded):
        if not any(found.value == 0 for found in spoken):
            yield Found(match.start(), match.end(), 0)
            break
    for match in words.PREGNANT.finditer(folded):
        before, after = folded[max(0, match.start() - 30) : match.start()], folded[match.end() : match.end() + 20]
        if not words.NOT_PREGNANT.search(before) and not words.AFTER_NOT_PREGNANT.search(after):
            yield Found(match.start(), match.end(), UNBORN)
            return
    if words.MATERNITY.search(folded):
        for match in words.WEEKS_GONE.finditer(folded):
            if int(match[1]) in _WEEKS_OF_PREGNANCY and not words.BABY_BEFORE.search(folded[: match.start(1)]):
                yield Found(match.start(1), match.end(), UNBORN)
                return
