"""What Teams sends, checked before the SDK sees it: a malformed activity is a 400, and its content reaches no log."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from gateway.channels.ticking import NOTHING, ticked

_MENTION = re.compile(r"<at>.*?</at>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^>]{0,200}>")


class _Account(BaseModel):
    model_config = ConfigDict(extra="ignore")
    id: str = Field(min_length=1, max_length=500)


class _Conversation(_Account):
    tenant_id: str | None = Field(None, alias="tenantId", max_length=100)


class _Envelope(BaseModel):
    """The least that an activity must hold for us to answer it."""

    model_config = ConfigDict(extra="ignore")
    type: str = Field(min_length=1, max_length=60)
    channel_id: str = Field(alias="channelId", min_length=1, max_length=60)
    service_url: str = Field(alias="serviceUrl", min_length=1, max_length=500)
    conversation: _Conversation
    sender: _Account | None = Field(None, alias="from")


class MalformedActivity(Exception):
    """The body is no activity. The message names the fields at fault, never their values."""


def check_envelope(body: Any) -> None:
    """Raises MalformedActivity with the names of the fields that are missing or wrong."""
    try:
        _Envelope.model_validate(body)
    except ValidationError as error:
        fields = sorted({".".join(str(part) for part in problem["loc"]) or "body" for problem in error.errors()})
        raise MalformedActivity(", ".join(fields)) from None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person said or pressed in Teams. `fault`: why it cannot be taken, in words."""

    text: str
    choice: str | None = None
    answers: dict[str, Any] | None = None
    turn: str | None = None
    fault: str | None = None


def plain_words(text: str | None) -> str:
    """The words alone: Teams wraps them in HTML and puts our own @mention in front."""
    without_mention = _MENTION.sub(" ", text or "")
    return html.unescape(_TAG.sub(" ", without_mention)).strip()


def answer_from_card(value: Any) -> Answer | None:
    """The answer in a pressed or filled-in card, or None where it is not one of our cards."""
    data = value.get("action", {}).get("data") if isinstance(value, dict) and "action" in value else value
    if not isinstance(data, dict) or not isinstance(data.get("turn"), str):
        return None
    turn, choice = data["turn"], data.get("choice")
    if isinstance(choice, str):
        label = data.get("label")
        return Answer(text=label if isinstance(label, str) else choice, choice=choice, turn=turn)
    answers = {name: given for name, given in data.items() if name != "turn" and isinstance(given, str)}
    return Answer(text="", answers=answers, turn=turn)


def understood(answer: Answer, question: Mapping[str, Any]) -> Answer:
    """The answer in terms of the question on its card: lists as lists, empty fields absent, a choice with its words.

    Teams joins the ticks of a list with commas; taken as one word they would be none of the list's.
    """
    if answer.choice is not None:
        labels = {c["id"]: c["label"] for c in question.get("choices") or ()}
        return replace(answer, text=labels.get(answer.choice, answer.text))
    fields = {f["name"]: f for f in (question.get("form") or {}).get("fields", ())}
    read = {name: _given(field, (answer.answers or {}).get(name, "")) for name, field in fields.items()}
    given = {name: value for name, (value, _) in read.items() if value is not None}
    wrong = next((f"{fields[name]['label']} {words}" for name, (_, words) in read.items() if words), None)
    strangers = {name: value for name, value in (answer.answers or {}).items() if name not in fields}
    nothing = NOTHING if fields and not given else None
    return replace(answer, answers=strangers | given, fault=wrong or nothing)


def _given(field: Mapping[str, Any], typed: str) -> tuple[Any, str | None]:
    if field["kind"] == "many":
        return ticked(field, [one for one in typed.split(",") if one])
    return typed.strip() or None, None
