"""Yes and no where the answer weighs: what is plainly one of them; everything else is neither, and is asked again.

To a question of safety one of the two answers raises and the other lowers. The raising one counts as soon as it is said
clearly; the lowering one only where nothing stands beside it that could speak against it. Nothing is lowered by a guess.
"""

from __future__ import annotations

import re

from triage.conversation.likeness import tidy
from triage.conversation.meaning import meant

RAISES = {"danger_now": "yes", "informing_unsafe": "yes", "safe_to_talk": "no"}
"""The questions of safety, each with the answer that brings more care."""

YES = r"y|ye+|ye+s+|ye+a+h*|yh|yep|yup|aye|(?:definitely|absolutely|of course)(?! not)"
WHO = r"(?:i|we|they|he|she|it|that|everyone|everybody|all|(?:my|the|both|our) \w+)"
IS = r"(?:'?(?:m|re|s)| am| are| is)"
NOT_IN_DANGER = rf"(?:{WHO}{IS} )?not in (?:any |immediate |real )?danger"
NO = rf"n|no ?one|no+|nope|na+h+|none|nobody|(?:definitely|absolutely|of course) not|not (?:really|at all|any ?more)|never|{NOT_IN_DANGER}"
BEFORE = r"(?:(?:ok|okay|k|oh|um+|erm*|well|right|so|god|omg|please)[\s,.!-]+)*"
FIRST = re.compile(rf"{BEFORE}(?:(?P<yes>{YES})|(?P<no>{NO}))(?![\w'])[\s,.!?;:-]*(?P<rest>.*)")

QUIET = re.compile(
    rf"(?:(?:thanks|thank (?:you|god|goodness)|thankfully|sorry|(?:not )?(?:right |just )?now|(?:not )?at (?:the moment|present|all)"
    rf"|(?:not )?(?:currently|today|tonight)|of course not|not (?:really|that i know of)|(?:i|we) (?:don'?t|do not) think so|i think not"
    rf"|(?:no ?one|nobody|none of us|no)(?: else)?|(?:is|are)(?: in (?:any |immediate |real )?danger)?|{NOT_IN_DANGER}"
    rf"|{WHO}{IS} (?:all |both |just |absolutely )*(?:fine|ok|okay|good|safe|alright|all right|not)|{WHO} (?:isn'?t|aren'?t|is not|are not)"
    rf"|nothing(?: like that| to worry about)?|(?:don'?t|do not) worry)[\s,.!;-]*)*"
)
"""What stands beside a no and says nothing against it."""
AGAINST = re.compile(r"\b(?:but|though|although|however|except|unless)\b")
NOT_FOR_LONG = re.compile(r"\b(?:until|till|soon|coming|back|might|not for long|quick\w*|minutes?)\b")
"""Of somebody who can talk now, and who may not in a moment."""

WHOLE_YES = re.compile(
    r"(?:correct|true|that'?s (?:right|true)|me|i am|i'?m|it is|he is|she is|we are|they are|there is|(?:someone|somebody) is"
    r"|i do|we do|they do|he does|she does|my \w+ (?:is|are))(?: in danger)?(?: right)?(?: now)?"
)
"""Answers without the word, only where they are all that is said: "it is about a playgroup" is none."""

ASKS = re.compile(
    r"\b(?:(?<!know )where(?:'?s| is| are| can| do| could)|how (?:do|can|could) (?:i|we|you)|how (?:to|about)|how (?:much|long) (?:is|does|do|will)"
    r"|what(?:'?s| is| are) (?:the|a|your|there|on|available)|what (?:about|time|kind)|when(?:'?s| is| are| do| does| will)|which (?:is|are|one)"
    r"|(?:is|are) there (?:a|an|any|some)\w*|(?:do|does|did) (?:you|u) (?:have|know|do|run|offer)"
    r"|(?:can|could|would|will) (?:you|u|someone|somebody|anyone|i|we) (?:please |just |also )*"
    r"(?:tell|explain|show|recommend|join|ask|book|apply|have (?:a|the|some)|(?:give|find|get)(?: me| us)? (?:a|an|any|some|the|info|details|out))"
    r"|tell me|looking for (?:a|an|any|some|info|advice|groups?)|(?:want|wanted|like|need) to (?:know|ask)|wonder(?:ed|ing)|info|information)\b"
)
CRIES_FOR_HELP = re.compile(
    r"\b(?:get (?:\w+ )?(?:out|away|help|here)|help (?:me|us|him|her|them)|please help|hid(?:e|ing)|escape|police|ambulance|999|send|hurry|refuge|somewhere safe"
    r"|hurting|hitting)\b"
)


OPENS_A_QUESTION = re.compile(
    r"(?:is|are|can|could|do|does|did|will|would|should) (?:it|there|he|she|they|i|we|you|u|my|this|the)\b|(?:what|where|when|how|who|which|why)\b"
)


def asks(text: str) -> bool:
    """Whether the words ask for something of their own. A cry for help does not: it speaks of the danger."""
    plain = tidy(text)
    return bool(ASKS.search(plain)) and not CRIES_FOR_HELP.search(plain)


def only_no(text: str) -> bool:
    """Whether no is said, and nothing beside it that could weigh."""
    said, rest = _first(text)
    return said == "no" and bool(QUIET.fullmatch(rest))


def weighed(question: str, text: str) -> str | None:
    """The answer to a question of safety in somebody's own words: `yes`, `no`, or None where it must be asked again."""
    raising = RAISES[question]
    lowering = "no" if raising == "yes" else "yes"
    heard, (said, rest) = meant(question, text), _first(text)
    if said == raising:
        return None if asks(rest) or heard == lowering or _first(rest)[0] == lowering else raising
    if said == lowering and _unopposed(question, rest):
        return lowering
    if heard == raising or asks(text):
        return raising if heard == raising else None
    if heard == lowering:
        return None if _doubtful(text) else lowering
    return "yes" if WHOLE_YES.fullmatch(tidy(text)) else None


def _first(text: str) -> tuple[str | None, str]:
    """The clear yes or no with which the words begin, and what follows it."""
    found = FIRST.fullmatch(tidy(text))
    if not found:
        return None, ""
    return ("yes" if found["yes"] else "no"), found["rest"]


def _doubtful(text: str) -> bool:
    """Whether reassuring words are in a question, or have another side: "is it safe to …", "safe, but …"."""
    plain = tidy(text)
    return "?" in plain or bool(OPENS_A_QUESTION.match(plain) or AGAINST.search(plain))


def _unopposed(question: str, rest: str) -> bool:
    if question == "safe_to_talk":
        return not (AGAINST.search(rest) or NOT_FOR_LONG.search(rest) or asks(rest))
    return bool(QUIET.fullmatch(rest))
