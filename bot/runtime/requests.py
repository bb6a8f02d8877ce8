"""What the gateway sends for one turn, checked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

CHANNELS = ("web", "teams", "terminal", "phone", "api", "form")
LONGEST = 100_000
"""Characters of one message that are read; the gateway refuses longer ones with words of its own."""


class BadTurn(ValueError):
    """The body is not a turn. Says what was found and what is needed."""


@dataclass(frozen=True)
class IncomingTurn:
    """One turn as the gateway sent it. `text` is exactly what was typed, or the label of the pressed choice."""

    sender: str
    text: str
    message_id: str
    channel: str = "web"
    audience: str = "family"
    choice: str | None = None
    answers: dict[str, Any] = field(default_factory=dict)

    def metadata(self) -> dict[str, Any]:
        """What the actions and the rules read beside the words."""
        return {
            "message_id": self.message_id,
            "channel": self.channel,
            "audience": self.audience,
            "choice": self.choice,
            "answers": self.answers,
            "text": self.text,
        }


def incoming_turn(body: bytes) -> IncomingTurn:
    """Read and check one request body."""
    try:
        data = json.loads(body)
    except ValueError as error:
        raise BadTurn(f"The body is not JSON: {error}") from error
    if not isinstance(data, dict):
        raise BadTurn(f"The body is a {type(data).__name__}; an object is needed.")
    choice = data.get("choice")
    return IncomingTurn(
        sender=text_at(data, "sender", needed=True),
        text=text_at(data, "text")[:LONGEST],
        message_id=text_at(data, "message_id", needed=True),
        channel=text_at(data, "channel") or "web",
        audience=text_at(data, "audience") or "family",
        choice=None if choice is None else text_at(data, "choice"),
        answers=answers_of(data),
    )


def text_at(data: Mapping[str, Any], name: str, needed: bool = False) -> str:
    value = data.get(name)
    if value is None and not needed:
        return ""
    if not isinstance(value, str) or (needed and not value):
        raise BadTurn(f"'{name}' is {value!r:.40}; text is needed.")
    return value


def answers_of(data: Mapping[str, Any]) -> dict[str, Any]:
    answers = data.get("answers") or {}
    if not isinstance(answers, dict):
        raise BadTurn(f"'answers' is a {type(answers).__name__}; an object is needed.")
    return answers
