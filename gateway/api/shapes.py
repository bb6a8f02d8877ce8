"""The bodies of the API: what may be sent, checked by pydantic, and what is answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from gateway.channels.store import Exchange, Held, Unread
from gateway.channels.transcript import shown
from triage.ports import Standing, StoredMessage

Audience = Literal["family", "young_person", "professional"]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,19}$")]
Key = Annotated[str, StringConstraints(min_length=1, max_length=50, pattern=r"^[A-Za-z0-9_.:-]+$")]
Answer = str | bool | int | list[str] | None


class NewConversation(BaseModel):
    model_config = ConfigDict(extra="forbid")

    channel: Name = "web"
    audience: Audience = "family"
    authority: Name | None = None
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")] = "en"


class NewMessage(BaseModel):
    """One of the three. `key` makes a repeat harmless: the same key again is the same message."""

    model_config = ConfigDict(extra="forbid")

    text: str | None = None
    choice: Annotated[str, StringConstraints(max_length=120)] | None = None
    answers: Annotated[dict[str, Answer], Field(max_length=60)] | None = None
    key: Key | None = None


def message_data(message: StoredMessage) -> dict[str, Any]:
    """A message of the service, in the public shape."""
    payload = message.payload
    data: dict[str, Any] = {
        "id": message.id,
        "text": message.text,
        "choices": list(payload.get("choices") or ()),
        "kind": payload.get("kind", "statement"),
    }
    if payload.get("form"):
        data["form"] = payload["form"]
    if payload.get("data"):
        data["data"] = payload["data"]
    return data


def transcript_data(message: StoredMessage) -> dict[str, Any]:
    return {**message_data(message), "author": message.author, "number": message.number, "at": message.at.isoformat()}


def request_data(request: Standing | None, audience: str) -> dict[str, Any]:
    """What the person may know of the request. The level is for professionals only."""
    if request is None:
        return {}
    data: dict[str, Any] = {"reference": request.reference} if request.reference else {}
    if request.route:
        data["route"] = request.route.value
    if request.level and audience == "professional":
        data["level"] = request.level.value
    return data


def standing(held: Held | Unread) -> dict[str, Any]:
    return {
        "state": held.conversation.state,
        "request": request_data(held.request, held.conversation.audience),
    }


def exchange_data(exchange: Exchange) -> dict[str, Any]:
    return {"messages": _messages(exchange.replies), **standing(exchange.held)}


def _messages(messages: Sequence[StoredMessage]) -> list[dict[str, Any]]:
    return [message_data(m) for m in messages]


def conversation_data(held: Held) -> dict[str, Any]:
    conversation = held.conversation
    return {
        "id": conversation.id,
        "channel": conversation.channel,
        "audience": conversation.audience,
        "messages": [transcript_data(m) for m in shown(held.messages)],
        **standing(held),
    }
