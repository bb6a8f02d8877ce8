"""Talks to the bot's channel (docs/explanation/how-a-turn-works.md). Only the gateway knows the key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import quote

import aiohttp
from pydantic import BaseModel, ValidationError

from triage.ports import Conversation, StoredMessage

PATH = "/webhooks/frontdoor/webhook"
CONVERSATIONS = "/webhooks/frontdoor/conversations/"


class BotUnavailable(Exception):
    """The bot did not answer, or not in a way that can be shown. The message stays kept."""


class Choice(BaseModel):
    id: str
    label: str


class BotMessage(BaseModel):
    """One message of the bot, as its channel answers it."""

    text: str = ""
    kind: str = "statement"
    choices: list[Choice] = []
    form: dict[str, Any] | None = None
    data: dict[str, Any] = {}


class _Answer(BaseModel):
    messages: list[BotMessage]
    complete: bool = True  # False: the actions were down, so nothing was noted and the turn must be taken again


class Bot(Protocol):
    async def turn(self, conversation: Conversation, message: StoredMessage) -> list[BotMessage]: ...
    async def forget(self, conversation_id: str) -> None: ...


@dataclass(frozen=True, slots=True)
class BotClient:
    http: aiohttp.ClientSession
    url: str
    key: str
    timeout_s: float

    async def turn(self, conversation: Conversation, message: StoredMessage) -> list[BotMessage]:
        """The bot's answer to one stored message. Raises BotUnavailable and nothing else."""
        try:
            return _messages(await self._post(envelope(conversation, message)))
        except (TimeoutError, aiohttp.ClientError, ValueError) as error:
            raise BotUnavailable(f"{type(error).__name__}: the bot gave no usable answer") from error

    async def forget(self, conversation_id: str) -> None:
        """Have the bot leave nothing of a conversation in its own store. Raises BotUnavailable and nothing else."""
        try:
            async with self.http.delete(self.url + CONVERSATIONS + quote(conversation_id, safe=""), **self._sent()):
                return
        except (TimeoutError, aiohttp.ClientError, ValueError) as error:
            raise BotUnavailable(f"{type(error).__name__}: the bot did not forget") from error

    async def _post(self, body: Mapping[str, Any]) -> bytes:
        async with self.http.post(self.url + PATH, json=body, **self._sent()) as response:
            return await response.read()

    def _sent(self) -> dict[str, Any]:
        return {
            "headers": {"X-Frontdoor-Key": self.key},
            "timeout": aiohttp.ClientTimeout(total=self.timeout_s, connect=2),
            "raise_for_status": True,
        }


def envelope(conversation: Conversation, message: StoredMessage) -> dict[str, Any]:
    return {
        "sender": conversation.id,
        "text": message.text,
        "message_id": message.id,
        "channel": conversation.channel,
        "audience": conversation.audience,
        "choice": message.payload.get("choice"),
        "answers": message.payload.get("answers") or None,
    }


def _messages(body: bytes) -> list[BotMessage]:
    """Raises ValueError (pydantic's is one) where the answer is empty or of another shape."""
    try:
        answer = _Answer.model_validate_json(body)
    except ValidationError as error:
        # without the input: it holds what a person said
        raise ValueError(f"{error.error_count()} faults in the bot's answer") from None
    if not answer.complete or not answer.messages:
        raise ValueError("the bot answered with nothing, or only with what needs no action")
    return answer.messages
