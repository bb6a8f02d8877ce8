"""The one way in: `POST /webhooks/frontdoor/webhook`, for the gateway only.

The contract is in docs/explanation/how-a-turn-works.md. Beside it:

    GET    /webhooks/frontdoor/                     200 as soon as the server answers
    GET    /webhooks/frontdoor/health               200 {"status": "ready"} once a model is loaded, else 503;
                                                    403 to somebody with another key, who took us for their own bot
    DELETE /webhooks/frontdoor/conversations/<id>   forget what the bot keeps of a conversation
"""

from __future__ import annotations

import hmac
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.shared.exceptions import InvalidConfigException
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.components.replies import RepliesChannel
from bot.runtime.payloads import as_plain_text
from bot.runtime.requests import BadTurn, IncomingTurn, incoming_turn
from bot.runtime.tracker_store import innermost

logger = logging.getLogger(__name__)
KEY_HEADER = "X-Frontdoor-Key"


class FrontDoorChannel(InputChannel):
    """Takes a turn from the gateway and answers with what is to be shown."""

    def __init__(self, key: str) -> None:
        if not key or key.startswith("${"):
            raise InvalidConfigException("FRONTDOOR_BOT_KEY is not set: only the gateway may talk to the bot.")
        self.key = key

    @classmethod
    def name(cls) -> str:
        return "frontdoor"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> FrontDoorChannel:
        return cls(key=str((credentials or {}).get("key") or ""))

    def knows(self, request: Request) -> bool:
        return hmac.compare_digest(request.headers.get(KEY_HEADER, "").encode(), self.key.encode())

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        channel = Blueprint("frontdoor", __name__)

        @channel.route("/", methods=["GET"])
        async def answers(request: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @channel.route("/health", methods=["GET"])
        async def health(request: Request) -> HTTPResponse:
            if KEY_HEADER in request.headers and not self.knows(request):
                return problem(403, "This is another front door's bot.")
            agent = getattr(request.app.ctx, "agent", None)
            ready = agent is not None and agent.is_ready()
            return response.json({"status": "ready" if ready else "no model"}, status=200 if ready else 503)

        @channel.route("/conversations/<conversation_id>", methods=["DELETE"])
        async def forget(request: Request, conversation_id: str) -> HTTPResponse:
            if not self.knows(request):
                return problem(403, "Only the gateway may talk to the bot.")
            innermost(request.app.ctx.agent.tracker_store).forget(conversation_id)
            return response.empty()

        @channel.route("/webhook", methods=["POST"])
        async def webhook(request: Request) -> HTTPResponse:
            if not self.knows(request):
                return problem(403, "Only the gateway may talk to the bot.")
            try:
                turn = incoming_turn(request.body)
            except BadTurn as error:
                return problem(400, str(error))
            replies = RepliesChannel(turn.channel)
            await on_new_message(user_message(turn, replies))
            return response.json({"messages": replies.shown, "complete": replies.complete})

        return channel


def user_message(turn: IncomingTurn, replies: RepliesChannel) -> UserMessage:
    return UserMessage(
        text=as_plain_text(turn.text),
        output_channel=replies,
        sender_id=turn.sender,
        input_channel=FrontDoorChannel.name(),
        message_id=turn.message_id,
        metadata=turn.metadata(),
    )


def problem(status: int, detail: str) -> HTTPResponse:
    return response.json({"status": status, "detail": detail}, status=status)
