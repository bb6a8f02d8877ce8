"""One turn of a conversation: what came in, and what is said back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Turn:
    """What one message brought, already understood.

    `understanding` is the plain data of `bot.text.understand` (docs/explanation/how-a-turn-works.md);
    empty for a pressed choice or a filled-in form.
    """

    conversation_id: str
    message_id: str
    text: str
    at: datetime
    channel: str
    audience: str
    intent: str
    choice: str | None = None
    answers: dict[str, Any] = field(default_factory=dict)
    understanding: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Say:
    """One thing to say: the name of a response in `bot/domain/responses/`, never the words themselves.

    `kind` is question | statement | safety | summary | outcome. `values` fill the response's {slots}.
    `choices` limits or replaces the response's own buttons: (id, name of the choice's words or plain label).
    `form` asks for several fields at once: {"fields": [{"name", "kind", "label": response name, …}]}.
    """

    response: str
    kind: str = "statement"
    values: dict[str, str] = field(default_factory=dict)
    choices: tuple[tuple[str, str], ...] | None = None
    form: dict[str, Any] | None = None
    data: dict[str, Any] = field(default_factory=dict)
