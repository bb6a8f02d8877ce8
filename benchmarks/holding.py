"""Hold conversations over HTTP and time each turn: with the stock bot, and with the whole front door."""

from __future__ import annotations

import time
import uuid
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import aiohttp

from benchmarks.stock_bot import SAID

LONGEST = 40
STORY = "My son is 8 and he will not sleep or go to school. It is getting worse. We live in Nuneaton. I am his mum."
PREFERRED = ("no_worries_like_these", "consent:given", "send", "contact:call", "daily_life", "ongoing_help", "several", "none", "yes", "no", "not_known")  # fmt: skip
Send = Callable[[Mapping[str, Any]], Awaitable[Any]]
"""Sends one turn of a conversation that has begun, and gives the answer."""
TYPED = {"ages": "8", "phone": "07700 900111", "email": "mum@example.org", "place": "Nuneaton", "postcode": "CV11 4AA"}


class Stopwatch:
    """Seconds of every turn, in order, and of what kind each was."""

    def __init__(self) -> None:
        self.turns: list[float] = []
        self.kinds: list[str] = []

    def restart(self) -> None:
        """What was timed so far does not count."""
        self.turns.clear()
        self.kinds.clear()

    def of_kind(self, kind: str) -> list[float]:
        return [seconds for seconds, of in zip(self.turns, self.kinds, strict=True) if of == kind]

    async def post(self, http: aiohttp.ClientSession, url: str, body: Any, **headers: str) -> Any:
        began = time.perf_counter()
        async with http.post(url, json=body, headers=headers) as response:
            answer = await response.json()
            if response.status >= 400:
                raise RuntimeError(f"{url}: {response.status} {answer}")
        self.turns.append(time.perf_counter() - began)
        self.kinds.append(kind_of(body))
        return answer


def kind_of(body: Mapping[str, Any]) -> str:
    """What is sent: a press, a filled-in form, words, or a beginning."""
    if "choice" in body:
        return "press send" if body["choice"] == "send" else "press"
    if "answers" in body:
        return "form"
    return "words" if "text" in body or "message" in body else "begin"


async def hold_stock(http: aiohttp.ClientSession, url: str, watch: Stopwatch) -> None:
    sender = uuid.uuid4().hex
    for text in SAID:
        answer = await watch.post(http, f"{url}webhook", {"sender": sender, "message": text})
        if not answer:
            raise RuntimeError(f"The stock bot had no answer to {text!r}.")


async def hold_journey(http: aiohttp.ClientSession, url: str, watch: Stopwatch) -> None:
    """A family's whole journey: told, asked, agreed, checked and sent."""
    send = await to_the_summary(http, url, watch)
    answer = await send({"choice": "send"})
    if answer["state"] != "sent":
        raise RuntimeError(f"Not sent; the last was: {answer['messages'][-1]['text'][:200]}")


async def to_the_summary(http: aiohttp.ClientSession, url: str, watch: Stopwatch) -> Send:
    """Up to check-your-answers."""
    send = await begin(http, url, watch)
    answer = await send({"text": STORY})
    for _ in range(LONGEST):
        if offers(answer, "send"):
            return send
        answer = await send(reply(answer))
    raise RuntimeError(f"No summary after {LONGEST} turns; the last was: {answer['messages'][-1]['text'][:200]}")


def offers(answer: Mapping[str, Any], choice: str) -> bool:
    return any(choice == one["id"] for message in answer["messages"] for one in message.get("choices") or ())


async def hold_long(http: aiohttp.ClientSession, url: str, watch: Stopwatch, turns: int) -> None:
    """One conversation of many turns of the same two kinds in turn: a line is opened again, and answered in words.

    Its words, its facts and its history all grow; what is asked, taken and shown stays the same.
    """
    send = await to_the_summary(http, url, watch)
    watch.restart()
    for turn in range(turns):
        await send({"choice": "change:impact"} if turn % 2 == 0 else {"text": "every day"})


async def begin(http: aiohttp.ClientSession, url: str, watch: Stopwatch) -> Send:
    opening = {"channel": "web", "audience": "family", "authority": "warwickshire"}
    begun = await watch.post(http, f"{url}/api/v1/conversations", opening)
    messages = f"{url}/api/v1/conversations/{begun['id']}/messages"

    async def send(body: Mapping[str, Any]) -> Any:
        return await watch.post(http, messages, body, Authorization=f"Bearer {begun['token']}")

    return send


def reply(answer: Mapping[str, Any]) -> dict[str, Any]:
    """What a person in a hurry would answer: the likeliest choice, a filled-in form, or a few words."""
    asked = [message for message in answer["messages"] if message.get("choices") or message.get("form")]
    if not asked:
        return {"text": "He is 8 and we live in Nuneaton."}
    offered = [choice["id"] for choice in asked[-1].get("choices") or ()]
    wanted = [one for one in PREFERRED if one in offered]
    if wanted:
        return {"choice": wanted[0]}
    if asked[-1].get("form"):
        return {"answers": {field["name"]: filled(field) for field in asked[-1]["form"]["fields"]}}
    return {"choice": offered[0]}


def filled(field: Mapping[str, Any]) -> Any:
    kind = field["kind"]
    if kind in ("one", "yes_no"):
        return field["choices"][0]["id"] if field.get("choices") else "yes"
    return [] if kind == "many" else TYPED.get(kind, "Leanne")
