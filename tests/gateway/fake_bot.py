"""A bot for tests: says what its script says, counts what it is asked, and can be down, slow or silent."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from gateway.channels.bot_client import BotMessage, BotUnavailable
from triage.ports import Conversation, StoredMessage

Script = Callable[[StoredMessage], list[dict[str, Any]]]

WANTS = {
    "text": "What would help?",
    "kind": "question",
    "choices": [
        {"id": "information", "label": "A group near me"},
        {"id": "short_help", "label": "A talk with somebody"},
        {"id": "ongoing_help", "label": "Somebody alongside us"},
        {"id": "not_known", "label": "I don’t know"},
    ],
}
LONG = "We ask everyone this. Is any of this happening? Tick all that fit, or say that none does."
WORRIES = {
    "text": LONG,
    "kind": "question",
    "choices": [
        {"id": "neglect", "label": "Nobody cooks or washes"},
        {"id": "missing", "label": "A child goes missing"},
        {"id": "no_worries_like_these", "label": "None of these"},
        {"id": "not_said", "label": "I’d rather not say"},
    ],
    "form": {
        "fields": [
            {"name": "worries", "kind": "many", "label": LONG, "options": [
                ["no_worries_like_these", "None of these"],
                ["neglect", "Nobody cooks or washes"],
                ["missing", "A child goes missing"],
            ]}
        ]
    },
}  # fmt: skip
READY = {
    "text": "Please check.\nWhat would help: A group near me\nShall we send this?",
    "kind": "summary",
    "choices": [
        {"id": "change:wants", "label": "Change what would help"},
        {"id": "send", "label": "Send it"},
        {"id": "leave", "label": "Do not send it"},
    ],
    "data": {"lines": [{"step": "wants", "label": "What would help", "answer": "A group near me"}]},
}
CONTACT = {
    "text": "How can we reach you?",
    "kind": "question",
    "form": {
        "fields": [
            {"name": "name_to_use", "kind": "text", "label": "utter_label_contact_name", "required": True},
            {"name": "born", "kind": "date", "label": "When was the child born?"},
            {"name": "ways", "kind": "many", "label": "Which ways are safe?", "options": [["call", "Call"], ["text", "Text"]]},
            {"name": "agreed", "kind": "yes_no", "label": "May we speak to the school?", "required": True},
            {"name": "more", "kind": "long_text", "label": "Anything else?"},
        ]
    },
    "choices": [{"id": "not_said", "label": "I’d rather not say"}],
}  # fmt: skip


def journey(message: StoredMessage) -> list[dict[str, Any]]:
    """A short conversation: hello, a story, a choice, a form, a summary, an end; danger first, always."""
    if "knife" in message.text:
        return [{"text": "Call 999 now.", "kind": "safety"}]
    if "worries" in message.text:
        return [WORRIES]
    match message.payload:
        case {"choice": "start"}:
            return [{"text": "Hello. I am a computer."}, {"text": "What is going on?", "kind": "question"}]
        case {"choice": "send"}:
            return [{"text": "Sent. Your number is AB-123.", "kind": "outcome"}]
        case {"choice": "change:wants"}:
            return [WANTS]
        case {"choice": _}:
            return [{"text": "Thank you."}, CONTACT]
        case {"answers": _}:
            return [READY]
        case _:
            return [{"text": f"You said: {message.text}"}, WANTS]


class FakeBot:
    def __init__(self, script: Script = journey) -> None:
        self.script = script
        self.asked: list[StoredMessage] = []
        self.forgotten: list[str] = []
        self.down = False
        self.poison: str | None = None  # a message that the bot cannot take
        self.delay_s = 0.0

    async def turn(self, conversation: Conversation, message: StoredMessage) -> list[BotMessage]:
        if self.down or message.text == self.poison:
            raise BotUnavailable("down for the test")
        if self.delay_s:
            await asyncio.sleep(self.delay_s)
        self.asked.append(message)
        return [BotMessage.model_validate(m) for m in self.script(message)]

    async def forget(self, conversation_id: str) -> None:
        if self.down:
            raise BotUnavailable("down for the test")
        self.forgotten.append(conversation_id)

    @property
    def texts(self) -> list[str]:
        return [m.text for m in self.asked if m.text]
