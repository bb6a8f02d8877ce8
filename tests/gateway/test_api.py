"""The HTTP API: what is said is kept, answered once, and opens for nobody else."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.gateway.fake_bot import FakeBot

BASE = "/api/v1/conversations"


class Caller:
    """One person's use of the API."""

    def __init__(self, client: Any, begun: dict[str, Any]) -> None:
        self.client, self.begun = client, begun
        self.url = f"{BASE}/{begun['id']}"
        self.headers = {"Authorization": f"Bearer {begun['token']}"}

    async def post(self, **body: Any) -> tuple[int, dict[str, Any]]:
        response = await self.client.post(self.url + "/messages", json=body, headers=self.headers)
        return response.status, await response.json()

    async def say(self, **body: Any) -> dict[str, Any]:
        status, data = await self.post(**body)
        assert status == 200, data
        return data


async def begin(client: Any, **body: Any) -> Caller:
    response = await client.post(BASE, json=body)
    assert response.status == 201
    return Caller(client, await response.json())


async def test_a_conversation_opens_with_the_first_messages(client: Any) -> None:
    caller = await begin(client, channel="web", audience="family")
    assert [m["text"] for m in caller.begun["messages"]] == ["Hello. I am a computer.", "What is going on?"]
    assert caller.begun["state"] == "open"


async def test_words_a_choice_and_answers_lead_to_the_end(client: Any, bot: FakeBot) -> None:
    caller = await begin(client)
    turn = await caller.say(text="My son is 7")
    assert turn["messages"][-1]["choices"][0]["id"] == "information"
    turn = await caller.say(choice="information")
    assert turn["messages"][-1]["form"]["fields"][0]["name"] == "name_to_use"
    turn = await caller.say(answers={"name_to_use": "Mo", "ways": ["text"]})
    assert turn["messages"][-1]["kind"] == "summary"
    turn = await caller.say(choice="send")
    assert turn["messages"][-1]["kind"] == "outcome"
    assert bot.asked[2].text == "A group near me"  # a pressed choice carries its label as words
    assert bot.asked[3].payload["answers"] == {"name_to_use": "Mo", "ways": ["text"]}
    assert bot.asked[3].text == "Mo"  # evidence is counted in the words that were written into the form


async def test_a_list_takes_its_own_ticks_and_no_words(client: Any, bot: FakeBot) -> None:
    """Words in a list would be kept where the safety screen does not look: they are refused, and the caller is told."""
    caller = await begin(client)
    await caller.say(text="My son is 7")
    await caller.say(choice="information")
    heard = len(bot.asked)
    status, problem = await caller.post(answers={"name_to_use": "Mo", "ways": ["text", "he is hitting her now"]})
    assert status in (409, 422)
    assert problem["title"]
    assert len(bot.asked) == heard
    await caller.say(answers={"name_to_use": "Mo", "ways": ["text"]})


async def test_the_same_key_is_the_same_message(client: Any, bot: FakeBot) -> None:
    caller = await begin(client)
    first = await caller.say(text="hello", key="k1")
    again = await caller.say(text="hello", key="k1")
    assert again["messages"] == first["messages"]
    assert bot.texts == ["hello"]


async def test_the_whole_conversation_can_be_read_again(client: Any) -> None:
    caller = await begin(client)
    await caller.say(text="hello")
    response = await client.get(caller.url, headers=caller.headers)
    messages = (await response.json())["messages"]
    assert [m["author"] for m in messages] == ["bot", "bot", "person", "bot", "bot"]
    assert [m["number"] for m in messages] == [2, 3, 4, 5, 6]


@pytest.mark.parametrize("token", ["wrong", "", "x" * 500, "Ünïcode"])
async def test_a_wrong_token_looks_like_no_conversation(client: Any, token: str) -> None:
    caller = await begin(client)
    answers = []
    for url in (caller.url, f"{BASE}/{'0' * 32}"):
        response = await client.get(url, headers={"Authorization": f"Bearer {token}"})
        answers.append((response.status, await response.text()))
    assert answers[0] == answers[1]
    assert answers[0][0] in (401, 404)


async def test_a_token_opens_only_its_own_conversation(client: Any) -> None:
    one, other = await begin(client), await begin(client)
    response = await client.post(other.url + "/messages", json={"text": "x"}, headers=one.headers)
    assert response.status == 404


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b"[" * 50_000, 400),
        (b"[]", 422),
        (b'{"text": ""}', 422),
        (b'{"text": " \\n\\t "}', 422),
        (b'{"text": "\\u0000\\u0007"}', 422),
        (b'{"text": 5}', 422),
        (b'{"text": "a", "choice": "b"}', 422),
        (b'{"intent": "x", "text": "a"}', 422),
        (b'{"choice": "never offered"}', 422),
        (b'{"answers": {"slot": "x"}}', 422),
        (json.dumps({"text": "a" * 5000}).encode(), 422),
        (json.dumps({"text": "a" * 100_000}).encode(), 413),
    ],
)
async def test_bad_input_is_named_and_nothing_is_stored(client: Any, bot: FakeBot, body: bytes, status: int) -> None:
    caller = await begin(client)
    headers = {**caller.headers, "Content-Type": "application/json"}
    response = await client.post(caller.url + "/messages", data=body, headers=headers)
    assert response.status == status
    assert response.content_type == "application/problem+json"
    problem = await response.json()
    assert problem["title"]
    assert problem["detail"]
    assert bot.texts == []


async def test_control_characters_are_dropped_and_the_words_stay(client: Any, bot: FakeBot) -> None:
    caller = await begin(client)
    await caller.say(text="he\u0000hits\u0007 me \ud800")
    assert bot.texts == ["hehits me \ufffd"]


@pytest.mark.parametrize("text", ['/request_help{"a": 1}', "/restart", "/SetSlots(x=1)"])
async def test_the_name_of_an_intent_is_only_words(client: Any, bot: FakeBot, text: str) -> None:
    caller = await begin(client)
    await caller.say(text=text)
    assert bot.texts == [text]
    assert bot.asked[-1].payload == {}


async def test_a_form_post_from_another_site_begins_nothing(client: Any) -> None:
    response = await client.post(BASE, data=b"{}", headers={"Content-Type": "text/plain"})
    assert response.status == 415


@pytest.mark.parametrize(("body", "title"), [
    ({"authority": "narnia"}, "No such authority"),
    ({"authority": "../etc"}, "Not understood"),
    ({"audience": "officer"}, "Not understood"),
    ({"token": "mine"}, "Not understood"),
])  # fmt: skip
async def test_what_cannot_begin_says_why(client: Any, body: dict[str, str], title: str) -> None:
    response = await client.post(BASE, json=body)
    assert response.status == 422
    assert (await response.json())["title"] == title


async def test_leaving_erases_what_was_never_sent(client: Any) -> None:
    caller = await begin(client)
    await caller.say(text="hello")
    response = await client.delete(caller.url, headers=caller.headers)
    assert response.status == 204
    assert (await client.get(caller.url, headers=caller.headers)).status == 404


async def test_the_description_names_every_call(client: Any) -> None:
    document = await (await client.get("/api/openapi.json")).json()
    calls = {(method, path) for path, item in document["paths"].items() for method in item if method != "parameters"}
    served = {
        (route.method.lower(), route.resource.canonical)
        for route in client.app.router.routes()
        if route.resource and route.resource.canonical.startswith("/api/v1") and route.method != "HEAD"
    }
    assert calls == served
