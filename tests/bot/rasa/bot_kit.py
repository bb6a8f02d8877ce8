"""A real Rasa agent in this process: the trained model, our stores and words, and an action that a test writes."""

from __future__ import annotations

import asyncio
import copy
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
from rasa.core.agent import Agent
from rasa.utils.endpoints import EndpointConfig

from bot.components.channel import user_message
from bot.components.replies import RepliesChannel
from bot.runtime.locks import ConversationLocks
from bot.runtime.requests import IncomingTurn
from bot.runtime.tracker_store import BoundedTrackerStore
from bot.runtime.words import Words

Say = dict[str, Any]
OPENING = {"response": "utter_opening", "custom": {"kind": "statement", "values": {}}}
DANGER_WORDS = "hitting"


def understood(words: str) -> dict[str, Any]:
    """Stands for `bot.text.understand`: danger where the word is, a topic where a question mark is."""
    danger = "immediate_danger" if DANGER_WORDS in words else "none"
    intent = "question_privacy" if words.endswith("?") else "inform"
    return {"danger": danger, "uncertain": "maybe" in words, "intent": intent, "intent_confidence": 0.9, "read": words}


def opening(call: dict[str, Any]) -> list[Say]:
    return [copy.deepcopy(OPENING)]


@dataclass
class Actions(EndpointConfig):
    """The action server of a test: remembers its calls, answers with what `says` gives, or is down."""

    says: Callable[[dict[str, Any]], list[Say]] = opening
    down: bool = False
    calls: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__("http://actions.invalid/webhook")

    async def request(self, method: str = "post", subpath: str | None = None, content_type: str | None = None,
                      compress: bool = False, **kwargs: Any) -> dict[str, Any]:  # fmt: skip
        if self.down:
            raise aiohttp.ClientConnectionError("nobody is there")
        self.calls.append(copy.deepcopy(kwargs["json"]))
        return {
            "events": [{"event": "followup", "name": "action_listen"}],
            "responses": self.says(kwargs["json"]),
        }

    @property
    def last(self) -> dict[str, Any]:
        message: dict[str, Any] = self.calls[-1]["tracker"]["latest_message"]
        return message


@dataclass
class Bot:
    """Says one turn at a time to the agent, as the gateway would."""

    agent: Agent
    actions: Actions
    sender: str = "c1"
    number: int = 0

    def anew(self) -> Bot:
        """Another conversation with the same agent; its actions are up and have been called by nobody."""
        self.actions.calls, self.actions.down = [], False
        self.actions.says = opening
        return Bot(self.agent, self.actions, sender=uuid.uuid4().hex)

    def turn(self, text: str = "", **told: Any) -> RepliesChannel:
        return asyncio.run(self.turn_soon(text, **told))

    async def turn_soon(self, text: str = "", **told: Any) -> RepliesChannel:
        self.number += 1
        turn = IncomingTurn(sender=self.sender, text=text, message_id=f"m{self.number}", **told)
        replies = RepliesChannel(turn.channel)
        await self.agent.handle_message(user_message(turn, replies))
        return replies


def make_bot(model: Path | str, store_path: str = ":memory:", action_endpoint: EndpointConfig | None = None) -> Bot:
    actions = Actions()
    agent = Agent.load(
        model_path=str(model),
        generator=Words(),
        tracker_store=BoundedTrackerStore(None, path=store_path),
        lock_store=ConversationLocks(),
        action_endpoint=action_endpoint or actions,
    )
    return Bot(agent, actions)


def lines(replies: RepliesChannel) -> list[str]:
    return [message["text"] for message in replies.shown]
