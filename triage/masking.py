"""Words without who and where: names, places, numbers, dates and contact details become [name], [place], [number] …

Rather too much than too little; a person reads what is left. Ages and times of day ("she is 15", "at 3.15") and short
numbers ("999", "20 tablets") stay: danger is told by them, and a person is not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]{0,6}"
_STREET = r"(?:road|street|avenue|lane|close|drive|crescent|terrace|court|gardens|way|grove|place|rd|st|ave)"
_DIGIT = r"(?:oh|zero|nought|one|two|three|four|five|six|seven|eight|nine|double|triple)"
_DOT = r" ?(?:\(dot\)|\[dot\]| dot ) ?"
_BY_SHAPE = (
    ("[contact]", re.compile(r"(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w.-]{1,100}|(?<!\w)@\w{2,40}")),
    ("[contact]", re.compile(rf"\b[\w.+-]{{1,64}}(?:{_DOT}[\w-]{{1,63}}){{0,4}} ?(?:\(at\)|\[at\]| at ) ?[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{1,4}}", re.I)),
    ("[place]", re.compile(r"\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b", re.I)),
    ("[number]", re.compile(r"\b[a-z]{2} ?\d{2} ?\d{2} ?\d{2} ?[a-d]\b", re.I)),
    ("[date]", re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b|\b\d{1,2}/\d{1,2}\b|\b\d{4}-\d{2}-\d{2}\b")),
    ("[date]", re.compile(rf"\b\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH}\b(?:,? \d{{2,4}}\b)?", re.I)),
    ("[date]", re.compile(rf"\b{_MONTH} (?:the )?\d{{1,2}}(?:st|nd|rd|th)?\b(?:,? \d{{4}}\b)?", re.I)),
    ("[place]", re.compile(rf"\b\d{{1,4}}[a-z]?,? (?:[a-z'’]{{1,30}} ){{1,3}}{_STREET}\b", re.I)),
    ("[place]", re.compile(rf"\b(?:[A-Z][a-z'’]{{1,30}} ){{1,3}}(?:{_STREET}|{_STREET.title()})\b")),
    ("[number]", re.compile(r"\+?\(?\d(?:[ ().-]{0,3}\d){5,}")),
    ("[number]", re.compile(r"\d{4,}")),
    ("[number]", re.compile(rf"\b{_DIGIT}(?:[ ,-]{{1,2}}{_DIGIT}){{4,}}\b", re.I)),
)  # fmt: skip
_NAMED = re.compile(
    r"\b((?i:name is|names|name's|called|named|known as|mr|mrs|miss|ms|dr|sir)\.? )(?!(?i:and|or|the|me|my|him|her|them|us|you|"
    r"it|a|an|for|names|on|out|by|in|to|at|after|off|round|school|home|work|days?)\b)"
    r"([^\W\d_][\w'’-]{1,30}(?: [A-Z][\w'’-]{1,30})*)"
)
_INSIDE_A_SENTENCE = re.compile(r"(?<=[\w,;)\]'’–-] )[^\W\d_][\w'’-]*")
_SEVERAL = re.compile(r"\[name\](?: \[name\])+")
_STAY = frozenset(re.findall(r"\w+", """
    i mum mummy mom mam dad daddy nan nana gran granny grandma grandad auntie aunt uncle god christmas easter eid ramadan
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december facebook snapchat tiktok instagram whatsapp childline samaritans
    mr mrs miss ms dr sir
"""))  # fmt: skip
_ORDINARY = frozenset(re.findall(r"\w+", """
    amber ama daisy dean grace holly hope ion jack jade jean lily mark mason mia poppy rob rose ruby summer will willow
"""))  # fmt: skip
"""First names that are everyday words: a name only with a capital."""


def mask(words: str, *, names: Iterable[str] = (), places: Iterable[str] = (), first_names: Iterable[str] = ()) -> str:
    """`names` and `places` of the request go however they are written; `first_names` are those that people commonly have."""
    text = _plain_letters(words)
    for instead, pattern in _BY_SHAPE:
        text = pattern.sub(instead, text)
    text = _without(text, places, "[place]")
    text = _without(text, names, "[name]")
    common = {name.casefold() for name in first_names}
    text = _without(text, common - _ORDINARY, "[name]")
    text = _without(text, [name.capitalize() for name in common & _ORDINARY], "[name]", re.NOFLAG)
    text = _NAMED.sub(lambda found: found[1] + ("[name]" if _is_a_name(found[2]) else found[2]), text)
    text = _INSIDE_A_SENTENCE.sub(_name_with_a_capital, text)
    return _SEVERAL.sub("[name]", text)


def name_parts(*names: str | None) -> list[str]:
    """Each name whole, and each of its parts."""
    return [part for name in names if name for part in (name, *re.split(r"[\s-]+", name)) if len(part) > 1]


def capitals(text: str | None) -> list[str]:
    """Words with a capital of what somebody wrote about the household: they may be names."""
    return [word for word in re.findall(r"\b[A-Z][a-z]+\b", text or "") if _is_a_name(word)]


def _plain_letters(words: str) -> str:
    """Look-alike letters as the plain ones, and no signs that cannot be seen: a number stays a number."""
    return "".join(c for c in unicodedata.normalize("NFKC", words) if unicodedata.category(c) != "Cf")


def _without(text: str, known: Iterable[str], instead: str, flags: re.RegexFlag = re.I) -> str:
    longest_first = sorted({re.escape(one.strip()) for one in known if len(one.strip()) > 1}, key=len, reverse=True)
    if not longest_first:
        return text
    return re.sub(rf"(?<!\w)(?:{'|'.join(longest_first)})(?:['’]?s)?(?!\w)", instead, text, flags=flags)


def _name_with_a_capital(found: re.Match[str]) -> str:
    """Shah, McDonald, O'Brien; not DSL, GPs or I'm."""
    word, of = re.fullmatch(r"(.+?)((?:['’]s)?)", found[0]).groups()  # type: ignore[union-attr]  # it matches every word
    capital = word[0].isupper() and (word[1:2].islower() or (word[1:2] in ("'", "’") and word[2:3].isupper()))
    return f"[name]{of}" if capital and _is_a_name(word) else found[0]


def _is_a_name(words: str) -> bool:
    return re.split(r"[\s'’-]", words)[0].casefold() not in _STAY
