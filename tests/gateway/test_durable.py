"""Nothing that a person says is lost: not when the bot is down, slow or wrong, not when the gateway is started again."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

from gateway.keys import SERVICES
from tests.gateway.fake_bot import FakeBot
from tests.gateway.test_api import Caller, begin
from triage.facts import Fact, Status
from triage.ports import AuditEvent, StoredMessage
from triage.request import Level, Proposal, RequestForService, Route

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


async def retry(client: Any) -> int:
    return await client.app[SERVICES].delivery.take_up()


async def texts(caller: Caller) -> list[str]:
    response = await caller.client.get(caller.url, headers=caller.headers)
    return [m["text"] for m in (await response.json())["messages"]]


async def test_with_the_bot_down_the_person_gets_the_numbers_and_the_message_is_kept(client: Any, bot: FakeBot) -> None:
    caller = await begin(client)
    bot.down = True
    turn = await caller.say(text="he hits me")
    [message] = turn["messages"]
    assert message["kind"] == "safety"
    for number in ("999", "01926 414144", "01926 886922"):
        assert number in message["text"]
    assert "Your message is kept" in message["text"]
    assert "he hits me" in await texts(caller)


async def test_when_the_bot_is_back_the_kept_message_is_answered(client: Any, bot: FakeBot) -> None:
    caller = await begin(client)
    bot.down = True
    await caller.say(text="first")
    await caller.say(text="second")
    bot.down = False
    assert await retry(client) == 1
    assert bot.texts == ["first", "second"]
    assert "You said: second" in await texts(caller)


async def test_writing_again_brings_what_was_kept_along_in_order(client: Any, bot: FakeBot) -> None:
    caller = await begin(client)
    bot.down = True
    await caller.say(text="first")
    bot.down = False
    turn = await caller.say(text="second")
    assert bot.texts == ["first", "second"]
    assert turn["messages"][0]["text"] == "You said: second"


async def test_a_conversation_begun_while_the_bot_is_down_goes_on_later(client: Any, bot: FakeBot) -> None:
    bot.down = True
    caller = await begin(client)
    assert caller.begun["messages"][0]["kind"] == "safety"
    bot.down = False
    await retry(client)
    assert "What is going on?" in await texts(caller)


async def test_a_slow_answer_arrives_after_the_fallback_words(start: Any, bot: FakeBot) -> None:
    client = await start(bot_patience_s=0.05)
    caller = await begin(client)
    bot.delay_s = 0.3
    turn = await caller.say(text="slow", key="k")
    assert turn["messages"][0]["kind"] == "safety"
    async with asyncio.timeout(20):
        while "You said: slow" not in await texts(caller):
            await asyncio.sleep(0.05)
    again = await caller.say(text="slow", key="k")
    assert again["messages"][0]["text"] == "You said: slow"
    assert bot.texts == ["slow"]


async def test_a_gateway_started_again_takes_up_what_it_left(start: Any, bot: FakeBot) -> None:
    first = await start()
    caller = await begin(first)
    bot.down = True
    await caller.say(text="left behind")
    await first.close()
    bot.down = False
    second = await start.again()
    for _ in range(50):
        if bot.texts:
            break
        await asyncio.sleep(0.05)
    assert bot.texts == ["left behind"]
    caller.client = second
    assert "You said: left behind" in await texts(caller)


async def test_what_an_officer_writes_meanwhile_is_no_answer_of_the_bot(start: Any, bot: FakeBot) -> None:
    """The words before it are not screened yet: a gateway that is started again has them screened all the same."""
    first = await start()
    caller = await begin(first)
    bot.down = True
    await caller.say(text="left behind")
    with first.app[SERVICES].units() as unit:
        line = StoredMessage("o1", caller.begun["id"], 0, "officer", "I read along.", NOW)
        unit.conversations.add_message(line, AuditEvent(NOW, "officer:ada", "statement.sent", "conversation:c"))
        unit.commit()
    await first.close()
    bot.down = False
    await start.again()
    for _ in range(50):
        if bot.texts:
            break
        await asyncio.sleep(0.05)
    assert bot.texts == ["left behind"]


async def test_one_message_that_the_bot_cannot_take_does_not_hold_up_the_others(client: Any, bot: FakeBot) -> None:
    stuck, waiting = await begin(client), await begin(client)
    bot.down = True
    await stuck.say(text="poison")
    await waiting.say(text="hello")
    bot.down = False
    bot.poison = "poison"
    await retry(client)
    await retry(client)
    assert bot.texts == ["hello"]


async def test_two_presses_at_the_same_moment_are_one_message(client: Any, bot: FakeBot) -> None:
    caller = await begin(client)
    turns = await asyncio.gather(*(caller.say(text="once", key="k") for _ in range(5)))
    assert all(turn["messages"] == turns[0]["messages"] for turn in turns)
    assert bot.texts == ["once"]


async def test_messages_sent_together_are_answered_one_after_the_other(client: Any, bot: FakeBot) -> None:
    caller = await begin(client)
    bot.delay_s = 0.02
    await asyncio.gather(*(caller.say(text=f"message {n}") for n in range(6)))
    said = await texts(caller)
    assert sorted(t for t in said if t.startswith("message")) == [f"message {n}" for n in range(6)]
    assert len(bot.texts) == 6


def noted(client: Any, caller: Caller, **more: Any) -> RequestForService:
    """A request as the actions note it during a turn."""
    request = RequestForService("r1", caller.begun["id"], NOW, "web", "family", story="he shouts", **more)
    request = request.note(Fact("neglect", True, Status.INFERRED, "parent", NOW))
    with client.app[SERVICES].units() as unit:
        unit.requests.save(request, AuditEvent(NOW, "person", "request.noted", "request:r1"))
        unit.commit()
    return request


def kept_request(client: Any) -> RequestForService | None:
    with client.app[SERVICES].units() as unit:
        found: RequestForService | None = unit.requests.get("r1")
        return found


async def test_leaving_erases_what_was_noted_as_well(client: Any) -> None:
    caller = await begin(client)
    noted(client, caller)
    assert (await client.delete(caller.url, headers=caller.headers)).status == 204
    assert kept_request(client) is None


async def test_a_sign_of_danger_stays_for_staff_when_the_person_leaves(client: Any) -> None:
    caller = await begin(client)
    noted(client, caller, danger="safeguarding_concern")
    response = await client.delete(caller.url, headers=caller.headers)
    assert (await response.json())["forgotten"] is False
    assert kept_request(client) is not None
    assert (await client.get(caller.url, headers=caller.headers)).status == 404


async def test_what_was_sent_is_withdrawn_not_forgotten(client: Any) -> None:
    caller = await begin(client)
    noted(client, caller, sent_at=NOW, reference="AB-1")
    response = await client.delete(caller.url, headers=caller.headers)
    assert response.status == 409
    assert kept_request(client) is not None


async def test_the_person_is_told_the_reference_and_only_a_professional_the_level(client: Any) -> None:
    for audience, told in (("family", {"reference", "route"}), ("professional", {"reference", "route", "level"})):
        caller = await begin(client, audience=audience)
        proposal = Proposal(NOW, "p@1", NOW.date(), Level.EARLY_HELP, Route.EARLY_RESPONDERS, None, None, {})
        request = RequestForService(
            f"r-{audience}", caller.begun["id"], NOW, "web", audience, reference=f"X-{audience[:3]}", proposal=proposal
        )
        with client.app[SERVICES].units() as unit:
            unit.requests.save(request, AuditEvent(NOW, "person", "request.noted", "request:x"))
            unit.commit()
        turn = await caller.say(text="hello")
        assert set(turn["request"]) == told


async def test_leaving_with_an_unread_message_keeps_it_for_staff(client: Any, bot: FakeBot) -> None:
    """It might hold a sign of danger that nobody has read yet."""
    caller = await begin(client)
    bot.down = True
    await caller.say(text="unread")
    response = await client.delete(caller.url, headers=caller.headers)
    assert response.status == 200
    assert (await response.json())["forgotten"] is False
    assert (await client.get(caller.url, headers=caller.headers)).status == 404
    bot.down = False
    await retry(client)
    assert bot.texts == ["unread"]
