"""Which of the offered choices somebody means who types instead of pressing. Pure text, no rules about people."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

WORD = re.compile(r"[a-z0-9']+")
COMMON = frozenset(
    "a an and any are as at be by can do does for from had has have he her him his i in is it its me my no not now of on or our "  # noqa: SIM905  # a list of forty words in quotes is hard to read
    "she so some that the their them they this to us was we will with would yes you your there just very really who".split()
)

UNKNOWN = frozenset({"not_known", "not_said", "skip"})
"""Choices that tell nothing. "He does not know our address" has their words and not their meaning: they are only taken
from a short message that says so (`unknown_word`), never from a likeness."""

YES = re.compile(
    r"^(y|ye|yes|yeah|yep|yup|yea|aye|sure|ok|okay|of course|correct|right|true|definitely|absolutely|that's right|thats right|"
    r"please do|go ahead|fine|i do|i am|it is|they do|she does|he does|we do)\b"
)
NO = re.compile(
    r"^(n|no|nope|nah|not really|not at all|none|nothing|never|i don't|i do not|i'm not|i am not|they don't|she doesn't|he doesn't|no one|nobody|neither)\b"
)
NOT_KNOWN = re.compile(
    r"(?<!\bhe )(?<!\bshe )(?<!\bthey )(?<!\bdad )(?<!\bmum )(?<!\bparents )\b(don'?t know|do not know|dunno|not sure|unsure|no idea|can'?t say|unknown|who knows|idk)\b|^\?+$"
)
NOT_SAID = re.compile(
    r"\b(rather not|prefer not|not saying|won'?t say|don'?t want to (say|answer|tell|talk about)|none of your business|skip|pass)\b"
)


def tidy(text: str) -> str:
    return " ".join(text.replace("’", "'").casefold().split()).strip(" .!,;:\"'()")


def says_yes(text: str) -> bool:
    return bool(YES.match(tidy(text)))


def says_no(text: str) -> bool:
    return bool(NO.match(tidy(text)))


def unknown_word(text: str) -> str | None:
    """`not_known` or `not_said`, where a short message says so."""
    plain = tidy(text)
    if len(plain.split()) > 9:
        return None
    if NOT_SAID.search(plain):
        return "not_said"
    return "not_known" if NOT_KNOWN.search(plain) else None


def exact(text: str, labels: Mapping[str, str]) -> str | None:
    """The choice whose label, name or number was typed."""
    plain = tidy(text)
    if plain.isdecimal() and 1 <= int(plain) <= len(labels):
        return list(labels)[int(plain) - 1]
    return next((c for c, label in labels.items() if plain in {tidy(label), c, c.replace("_", " ")}), None)


def best(text: str, labels: Mapping[str, str]) -> str | None:
    """The one choice that the text plainly means: its label, its number, or most of its telling words."""
    plain = tidy(text)
    return exact(text, labels) or _clear_winner(
        sorted(((_overlap(plain, label), c) for c, label in labels.items() if c not in UNKNOWN), reverse=True)
    )


def several(text: str, labels: Mapping[str, str]) -> tuple[str, ...]:
    """All choices whose label the text names, for lists where several may fit."""
    plain = tidy(text)
    one = best(text, labels)
    parts = [part.strip() for part in re.split(r"[,;/]|\band\b", plain) if part.strip()]
    named = [choice for part in parts if (choice := best(part, labels))]
    inside = [choice for choice, label in labels.items() if len(tidy(label)) > 3 and tidy(label) in plain]
    return tuple(dict.fromkeys([*inside, *named, *([one] if one else [])]))


def _clear_winner(scores: Sequence[tuple[float, str]]) -> str | None:
    if not scores or scores[0][0] < 0.5:
        return None
    runner_up = scores[1][0] if len(scores) > 1 else 0.0
    return scores[0][1] if scores[0][0] > runner_up else None


def _stems(text: str) -> set[str]:
    return {_stem(word) for word in WORD.findall(text.casefold()) if word not in COMMON}


def _stem(word: str) -> str:
    for ending in ("ing", "ed", "es", "s", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def _overlap(text: str, label: str) -> float:
    """How much of the label's telling words the text has."""
    said, offered = _stems(text), _stems(label)
    return len(said & offered) / len(offered) if offered else 0.0
