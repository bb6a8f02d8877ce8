"""The contract with the bot's channel, against a real HTTP server that plays the bot."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from gateway.channels.bot_client import CONVERSATIONS, PATH, BotClient, BotUnavailable
from triage.ports import Conversation, StoredMessage

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
CONVERSATION = Conversation("c1", "", "web", "family", NOW)


def said(data: Any) -> dict[str, Any]:
    return {"text": json.dumps(data), "content_type": "application/json"}


class PlayedBot:
    def __init__(self) -> None:
        self.answer = said({"messages": [{"text": "Hello", "choices": [{"id": "a", "label": "A"}]}]})
        self.bodies: list[Any] = []
        self.keys: list[str | None] = []
        self.delay_s = 0.0
        self.forgotten: list[str] = []
        self.forget_status = 204

    async def handle(self, request: web.Request) -> web.Response:
        self.bodies.append(await request.json())
        self.keys.append(request.headers.get("X-Frontdoor-Key"))
        await asyncio.sleep(self.delay_s)
        return web.Response(**self.answer)

    async def forget(self, request: web.Request) -> web.Response:
        self.keys.append(request.headers.get("X-Frontdoor-Key"))
        self.forgotten.append(request.match_info["id"])
        return web.Response(status=self.forget_status)


@pytest.fixture
def played() -> PlayedBot:
    return PlayedBot()


@pytest.fixture
async def bot(played: PlayedBot) -> AsyncIterator[BotClient]:
    app = web.Application()
    app.router.add_post(PATH, played.handle)
    app.router.add_delete(CONVERSATIONS + "{id}", played.forget)
    server = TestServer(app)
    await server.start_server()
    async with aiohttp.ClientSession() as http:
        yield BotClient(http, f"http://127.0.0.1:{server.port}", "the key", timeout_s=0.5)
    await server.close()


def message(text: str = "hello", **payload: Any) -> StoredMessage:
    return StoredMessage("m1", "c1", 1, "person", text, NOW, payload)


async def test_one_message_goes_as_the_contract_says(bot: BotClient, played: PlayedBot) -> None:
    [reply] = await bot.turn(CONVERSATION, message("/greet", choice=None))
    assert (reply.text, reply.choices[0].label) == ("Hello", "A")
    assert played.keys == ["the key"]
    assert played.bodies == [
        {"sender": "c1", "text": "/greet", "message_id": "m1", "channel": "web", "audience": "family",
         "choice": None, "answers": None}
    ]  # fmt: skip


async def test_choices_and_answers_travel_beside_the_words(bot: BotClient, played: PlayedBot) -> None:
    await bot.turn(CONVERSATION, message("Yes", choice="yes"))
    await bot.turn(CONVERSATION, message("", answers={"worries": ["neglect"]}))
    assert played.bodies[0]["choice"] == "yes"
    assert played.bodies[1]["answers"] == {"worries": ["neglect"]}


@pytest.mark.parametrize("answer", [
    said({"messages": []}),
    said({"other": 1}),
    said([1]),
    {"text": "<html>"},
    {"status": 500},
    {"status": 401},
    {"body": b"\xff"},
    said({"messages": [{"text": 5}]}),
])  # fmt: skip
async def test_whatever_cannot_be_shown_counts_as_no_answer(bot: BotClient, played: PlayedBot, answer: Any) -> None:
    played.answer = answer
    with pytest.raises(BotUnavailable):
        await bot.turn(CONVERSATION, message())


async def test_no_answer_in_time_and_nobody_there_are_the_same(bot: BotClient, played: PlayedBot) -> None:
    played.delay_s = 2
    with pytest.raises(BotUnavailable):
        await bot.turn(CONVERSATION, message())
    nobody = BotClient(bot.http, "http://127.0.0.1:9", "k", timeout_s=1)
    with pytest.raises(BotUnavailable):
        await nobody.turn(CONVERSATION, message())


async def test_what_a_person_said_is_not_in_the_error(bot: BotClient, played: PlayedBot) -> None:
    played.answer = said({"messages": [{"text": {"said": "he hits me"}}]})
    with pytest.raises(BotUnavailable) as caught:
        await bot.turn(CONVERSATION, message("he hits me"))
    assert "hits" not in str(caught.value) + str(caught.value.__cause__)


async def test_forgetting_names_the_conversation_and_shows_the_key(bot: BotClient, played: PlayedBot) -> None:
    await bot.forget("c1")
    assert (played.forgotten, played.keys) == (["c1"], ["the key"])


@pytest.mark.parametrize("status", [403, 404, 500, 503])
async def test_a_bot_that_does_not_forget_is_never_taken_for_one_that_did(
    bot: BotClient, played: PlayedBot, status: int
) -> None:
    played.forget_status = status
    with pytest.raises(BotUnavailable):
        await bot.forget("c1")
