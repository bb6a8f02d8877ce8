"""Collect what Rasa says in one turn, in the shape that the gateway shows."""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import OutputChannel

from bot.runtime.showing import shown_message


class RepliesChannel(OutputChannel):
    """`shown`: the messages; `complete`: whether the turn's action took part (False: only local lines)."""

    def __init__(self, channel: str) -> None:
        self.channel = channel
        self.shown: list[dict[str, Any]] = []
        self.complete = False

    def name(self) -> str:
        """The channel that the person uses: Rasa chooses channel-specific responses by it."""
        return self.channel

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        if message.get("custom"):
            self.complete = True
        self.shown.append(shown_message(message))
