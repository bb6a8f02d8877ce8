"""The real gateway, domain, packs, words and records behind the public HTTP API; only Rasa is left out.

What a message would be understood to mean is said by the test, word for word: so a table of hundreds of conversations is
held in seconds. The same service with the real Rasa in it is held in test_over_http.py and test_dialogues.py.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from actions.wiring import action_turn
from benchmarks.rehearsal import words
from gateway.channels.bot_client import BotMessage
from gateway.settings import Settings
from tests.seen import Seen
from triage.ports import Conversation, StoredMessage
from triage.turn import Say, Turn

BASE = "/api/v1/conversations"
HEARD_NOTHING = {
    "danger": "none",
    "uncertain": False,
    "danger_categories": [],
    "facts": [],
    "child_ages": [],
    "places": [],
}


@dataclass
class DomainBot:
    """In Rasa's place: each stored message becomes a turn of the domain, each answer is filled from the response files."""

    settings: Settings
    means: dict[str, Mapping[str, Any]] = field(
        default_factory=dict
    )  # what the words of a message are understood to mean

    def __post_init__(self) -> None:
        self._take = action_turn(self.settings).take

    async def turn(self, conversation: Conversation, message: StoredMessage) -> list[BotMessage]:
        says = await asyncio.to_thread(self._take, self._turn(conversation, message))
        return [shown(say, conversation) for say in says]

    async def forget(self, conversation_id: str) -> None:
        return None

    def _turn(self, conversation: Conversation, message: StoredMessage) -> Turn:
        payload, pressed = message.payload, message.payload.get("choice")
        typed = pressed is None and not payload.get("answers")
        heard = {**(HEARD_NOTHING if typed else {}), **self.means.get(message.text, {})}
        return Turn(
            conversation.id, message.id, message.text, datetime.now(UTC), conversation.channel, conversation.audience,
            str(heard.get("intent", "inform")), pressed, dict(payload.get("answers") or {}), heard,
        )  # fmt: skip


def shown(say: Say, conversation: Conversation) -> BotMessage:
    """The message as the bot's channel would send it."""
    audience = str(say.data.get("audience", conversation.audience))
    own = words().labels(say.response, audience=audience, channel=conversation.channel)
    offered = dict(say.choices) if say.choices is not None else dict(own)
    return BotMessage(
        text=words().text(say.response, audience=audience, channel=conversation.channel, values=say.values),
        kind=say.kind,
        choices=[{"id": one, "label": label} for one, label in offered.items()],
        form=say.form,
        data=say.data,
    )


@dataclass
class Talk(Seen):
    """One conversation over the API."""

    client: Any

    async def begin(self, **body: Any) -> Talk:
        answer = await self._post(BASE, body)
        self.id, self.token = answer["id"], answer["token"]
        return self

    async def send(self, **body: Any) -> Talk:
        await self._post(f"{BASE}/{self.id}/messages", body)
        return self

    async def _post(self, url: str, body: Mapping[str, Any]) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        response = await self.client.post(url, json=body, headers=headers)
        answer: dict[str, Any] = await response.json()
        assert response.status in (200, 201), answer
        self.hear(answer)
        return answer

    @property
    def question(self) -> str:
        return str(self.last["messages"][-1]["text"])
