"""The action server's side of Rasa's own contract."""

from __future__ import annotations

import json
import zlib
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, ActionExecutionRejection, Tracker

from actions.server import make_app

MakeClient = Callable[[web.Application], Awaitable[TestClient]]
KEY = {"X-Frontdoor-Key": "the key"}


class Echo(Action):
    def name(self) -> str:
        return "action_echo"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[dict[str, Any]]:
        dispatcher.utter_message(text=tracker.latest_message["text"])
        return []


class Refuse(Action):
    def name(self) -> str:
        return "action_refuse"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[dict[str, Any]]:
        raise ActionExecutionRejection("action_refuse", "not now")


class Break(Action):
    def name(self) -> str:
        return "action_break"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[dict[str, Any]]:
        raise LookupError("the shelf is empty")


def call(action: str, text: str = "hello") -> dict[str, Any]:
    return {
        "next_action": action,
        "sender_id": "c1",
        "version": "3.6.21",
        "domain": {},
        "tracker": {"sender_id": "c1", "slots": {}, "latest_message": {"text": text}, "events": []},
    }


@pytest.fixture
async def client(aiohttp_client: MakeClient) -> TestClient:
    return await aiohttp_client(make_app(Echo(), Refuse(), Break(), key="the key"))


async def test_an_action_answers_with_events_and_responses(client: TestClient) -> None:
    answer = await client.post("/webhook", json=call("action_echo", "good day"), headers=KEY)
    body = await answer.json()
    assert (answer.status, body["events"], body["responses"][0]["text"]) == (200, [], "good day")


async def test_nobody_without_the_key_can_run_an_action(client: TestClient) -> None:
    for headers in ({}, {"X-Frontdoor-Key": "a guess"}, {"X-Frontdoor-Key": "caf\u00e9"}):
        answer = await client.post("/webhook", json=call("action_echo"), headers=headers)
        assert answer.status == 403


async def test_a_call_may_come_deflated(client: TestClient) -> None:
    packed = zlib.compress(json.dumps(call("action_echo", "packed")).encode())
    headers = {**KEY, "Content-Encoding": "deflate", "Content-Type": "application/json"}
    answer = await client.post("/webhook", data=packed, headers=headers)
    assert (await answer.json())["responses"][0]["text"] == "packed"


async def test_a_call_without_a_domain_is_served(client: TestClient) -> None:
    bare = {name: value for name, value in call("action_echo").items() if name != "domain"}
    assert (await client.post("/webhook", json=bare, headers=KEY)).status == 200


@pytest.mark.parametrize(
    ("action", "status", "error"),
    [("action_refuse", 400, "not now"), ("action_of_nobody", 404, "No registered action found")],
)
async def test_rasa_is_told_why_an_action_did_not_run(client: TestClient, action: str, status: int, error: str) -> None:
    answer = await client.post("/webhook", json=call(action), headers=KEY)
    body = await answer.json()
    assert (answer.status, body["action_name"]) == (status, action)
    assert error in body["error"]


async def test_an_action_that_breaks_is_an_error_and_not_an_empty_answer(client: TestClient) -> None:
    assert (await client.post("/webhook", json=call("action_break"), headers=KEY)).status == 500


async def test_health_needs_no_key(client: TestClient) -> None:
    assert (await client.get("/health")).status == 200


async def test_health_refuses_the_key_of_another_front_door(client: TestClient) -> None:
    assert (await client.get("/health", headers={"X-Frontdoor-Key": "theirs"})).status == 403
    assert (await client.get("/health", headers=KEY)).status == 200
