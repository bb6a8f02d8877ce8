"""What one posted form says: a choice, answers, or words, with the faults that the person can put right. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gateway.channels.said import Said, clean, clean_answers
from gateway.channels.transcript import Asked
from gateway.channels.webchat import answers
from gateway.channels.webchat.answers import Posted

KEY_LENGTH = 50
OUT_OF_DATE = "That page was out of date, so nothing was sent from it. Here is the question now."


@dataclass(frozen=True, slots=True)
class Reading:
    """Either something said, or why nothing was."""

    said: Said | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    notice: str = ""


def read(posted: Posted, asked: Asked, text_limit: int) -> Reading:
    key = str(posted.get("key", ""))[:KEY_LENGTH] or None
    is_choice = posted.get("do") == "choice" or "choice" in posted
    if is_choice or posted.get("do") == "answers":
        if posted.get("answering") != str(asked.number):
            return Reading(notice=OUT_OF_DATE)
        return _choice(posted, asked, key) if is_choice else _answers(posted, asked, key)
    return _words(str(posted.get("text", "")), text_limit, key)


def _choice(posted: Posted, asked: Asked, key: str | None) -> Reading:
    choice = str(posted.get("choice", ""))
    if asked.label(choice) is None:
        return Reading(errors={"choice": "Choose an answer, or answer in your own words"})
    return Reading(Said(choice=choice, key=key))


def _answers(posted: Posted, asked: Asked, key: str | None) -> Reading:
    filled = answers.read(asked.fields, posted)
    if filled.errors:
        return Reading(errors=filled.errors)
    return Reading(Said(answers=clean_answers(filled.answers), key=key))


def _words(text: str, limit: int, key: str | None) -> Reading:
    words = clean(text)
    if not words:
        return Reading(errors={"text": "Write something first"})
    if len(words) > limit:
        return Reading(errors={"text": f"That is {len(words)} characters long. {limit} fit: send it in parts"})
    return Reading(Said(words, key=key))
