"""Who leaves is forgotten by the bot too: at once, or as soon as it is back. Nobody waits for it."""

from __future__ import annotations

import asyncio
from typing import Any

from gateway.keys import SERVICES
from tests.gateway.fake_bot import FakeBot
from tests.gateway.test_api import Caller, begin


async def leave(caller: Caller) -> int:
    response = await caller.client.delete(caller.url, headers=caller.headers)
    return response.status


async def until_forgotten(bot: FakeBot) -> list[str]:
    async with asyncio.timeout(2):
        while not bot.forgotten:
            await asyncio.sleep(0.01)
    return bot.forgotten


async def test_leaving_and_forgetting_reaches_the_bot(client: Any, bot: FakeBot) -> None:
    caller = await begin(client)
    assert await leave(caller) == 204
    assert await until_forgotten(bot) == [caller.url.rsplit("/", 1)[-1]]


async def test_a_bot_that_is_down_holds_nobody_up_and_forgets_when_it_is_back(client: Any, bot: FakeBot) -> None:
    caller = await begin(client)
    bot.down = True
    assert await leave(caller) == 204
    delivery = client.app[SERVICES].delivery
    await delivery.take_up()
    assert bot.forgotten == []
    bot.down = False
    await delivery.take_up()
    assert len(bot.forgotten) == 1
    await delivery.take_up()
    assert len(bot.forgotten) == 1


async def test_what_is_still_to_be_answered_is_answered_before_it_is_forgotten(client: Any, bot: FakeBot) -> None:
    caller = await begin(client)
    bot.down = True
    await caller.say(text="he has a knife")
    assert await leave(caller) == 200
    bot.down = False
    await client.app[SERVICES].delivery.take_up()
    assert bot.texts == ["he has a knife"]
    assert len(await until_forgotten(bot)) == 1


async def test_the_exit_is_forgotten_by_the_bot_too(client: Any, bot: FakeBot) -> None:
    conversing = client.app[SERVICES].conversing
    begun = await conversing.begin("web", "family", "warwickshire")
    await conversing.leave(begun.exchange.held.conversation.id, begun.token)
    assert await until_forgotten(bot) == [begun.exchange.held.conversation.id]
