"""Does it look like a phone number, or an email? A light look: what is typed is kept either way."""

from __future__ import annotations

import re

DIGITS = range(10, 16)
"""From the shortest number in the country, with its 0, to the longest that E.164 allows."""
PHONE = re.compile(r"\+?\d[\d ()-]{8,}\d")
NEARLY_A_PHONE = re.compile(r"\+?\d[\d ()-]{3,}\d")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
NEARLY_AN_EMAIL = re.compile(r"\S*@\S*")
EXTENSION = re.compile(r"\b(?:ext(?:ension)?|x)\.? *\d+ *$", re.I)


def looks_like_phone(words: str) -> bool:
    return sum(c.isdigit() for c in EXTENSION.sub("", words)) in DIGITS


def looks_like_email(words: str) -> bool:
    return words.count("@") == 1 and EMAIL.fullmatch(words.strip()) is not None


def phone_in(text: str) -> str | None:
    """A number, or else what was surely meant as one: five digits or more that are no time and no age."""
    found = PHONE.search(text) or next(
        (near for near in NEARLY_A_PHONE.finditer(text) if sum(c.isdigit() for c in near.group()) >= 5), None
    )
    return found.group().strip() if found else None


def email_in(text: str) -> str | None:
    found = EMAIL.search(text) or NEARLY_AN_EMAIL.search(text)
    return found.group().strip(",;.") or None if found else None
