"""Names, phone numbers, e-mail addresses and identity numbers, so that a person can be told that they are not needed yet.

Names are what somebody says a name is ("her name is …", "Mrs …", "I'm …") and common first names written with a capital.
The record of the request keeps what the person wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import phonenumbers

from bot.text.found import LONGEST, Found
from bot.text.patterns import lexicon

_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_NHS_NUMBER = re.compile(r"\b\d{3}[ -]\d{3}[ -]\d{4}\b")
_NATIONAL_INSURANCE = re.compile(r"\b[A-CEGHJ-PR-TW-Z]{2}\s?\d{2}\s?\d{2}\s?\d{2}\s?[A-D]\b", re.I)
_NAME = r"[A-Z][a-z'’-]{1,20}(?:[ -][A-Z][a-z'’-]{1,20}){0,2}"
_NAMED = re.compile(
    rf"\b(?:[Mm]y name is|[Mm]y names|[Mm]y name's|[Nn]ame is|[Nn]ame:|named|called|known as|[Mm]r|[Mm]rs|[Mm]iss|[Mm]s|[Dd]r|mum to|dad to|nan to|[Ii]'?m|[Ii] am|[Tt]his is)\.?\s({_NAME})"
)
_CAPITAL = re.compile(r"\b[A-Z][a-z]{2,14}(?:['’]s)?\b")
_DATE_OF_BIRTH = re.compile(
    r"\b(?:dob|d\.o\.b\.?|born(?: on)?|date of birth)[:\s]{1,3}(\d{1,2}[/. -]\d{1,2}[/. -]\d{2,4})", re.I
)
_DIGITS_OF_A_PHONE = 9
"""Fewer are no number of a phone, and the search for one is slow."""


def find_private(text: str) -> list[Found[str]]:
    """Places of private details, each with its kind: phone, email, number, birth or name."""
    text = text[:LONGEST]
    return _apart([*_contacts(text), *_numbers(text), *_names(text)])


def _contacts(text: str) -> Iterator[Found[str]]:
    yield from (Found(m.start(), m.end(), "email") for m in _EMAIL.finditer(text))
    if _digits(text) >= _DIGITS_OF_A_PHONE:
        phones = phonenumbers.PhoneNumberMatcher(text, "GB", leniency=phonenumbers.Leniency.POSSIBLE)
        yield from (Found(m.start, m.end, "phone") for m in phones)


def _numbers(text: str) -> Iterator[Found[str]]:
    for pattern in (_NATIONAL_INSURANCE, _NHS_NUMBER):
        yield from (Found(m.start(), m.end(), "number") for m in pattern.finditer(text))
    yield from (Found(m.start(1), m.end(1), "birth") for m in _DATE_OF_BIRTH.finditer(text))


def _names(text: str) -> Iterator[Found[str]]:
    yield from (Found(m.start(1), m.end(1), "name") for m in _NAMED.finditer(text) if not _ordinary(m[1]))
    for m in _CAPITAL.finditer(text):
        if re.split("['’]", m[0])[0].lower() in _first_names():
            yield Found(m.start(), m.end(), "name")


def _apart(found: list[Found[str]]) -> list[Found[str]]:
    kept: list[Found[str]] = []
    for one in sorted(found, key=lambda f: (f.start, -f.end)):
        if not kept or kept[-1].end <= one.start:
            kept.append(one)
    return kept


def _digits(text: str) -> int:
    return sum(char.isdigit() for char in text)


def _ordinary(name: str) -> bool:
    """Words that follow "I'm" or "this is" with a capital and are no name."""
    return name.split()[0].lower() in _not_names()


@lru_cache(1)
def _first_names() -> frozenset[str]:
    return frozenset(lexicon("names")["first"])


@lru_cache(1)
def _not_names() -> frozenset[str]:
    return frozenset(lexicon("names")["not_names"])
