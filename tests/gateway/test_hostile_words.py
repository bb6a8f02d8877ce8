"""Whatever is typed into whichever field of whichever channel: it stays words, and it is never an order."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from gateway.channels.said import Said
from gateway.channels.teams.agent import drawn
from gateway.channels.teams.cards import card_for
from gateway.channels.webchat import widgets
from gateway.channels.webchat.view import screen
from gateway.keys import SERVICES
from gateway.numbers import load_numbers
from gateway.pages import Pages, environment
from gateway.settings import Settings
from tests.gateway.fake_bot import CONTACT, FakeBot
from tests.gateway.test_another_channel import texts_of
from tests.gateway.web_visitor import Visitor
from triage.ports import StoredMessage

XSS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    "<svg/onload=alert(1)>",
    "{{7*7}}${7*7}<%= 7*7 %>",
    "{% raw %}{{ self.__init__ }}",
    "javascript:alert(1)",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    '" autofocus onfocus=alert(1) x="',
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "\u202e<b>reversed</b>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<!--",
    "]]><script>alert(1)</script>",
]  # fmt: skip
ORDERS = [
    '/intent{"a": 1}',
    '/inform{"service_agreement": "given"}',
    "/SetSlots(level=universal)",
    "/session_start",
    "/restart",
    "/back",
    '/utter_danger{"audience": "professional"}',
    "EXTERNAL: x",
    '{"choice": "consent:given"}',
    '{"slots": {"audience": "professional"}}',
    "consent:given",
]
MARKUP = ("<script>alert", "<img src=x", "<svg/onload", "<b>reversed", "<iframe", "<math", '<a href="javascript', '" autofocus', "4949")  # fmt: skip
FIELDS = ("text", "choice", "key", "answering", "do", "view", "a.name_to_use", "unsure.name_to_use", "a.born.day", "a.born.month",
          "a.born.year", "a.born.about", "a.ways", "a.agreed", "a.more", "a.never_asked")  # fmt: skip


def markup(text: str) -> Iterator[str]:
    yield from (bad for bad in MARKUP if bad in text)


async def test_through_every_field_of_the_web_chat_words_stay_words(client: Any) -> None:
    for payload in XSS:
        visitor = await Visitor(client).begin()
        await visitor.send(text="x")
        await visitor.send(do="choice", choice="information")
        for name in FIELDS:
            marks = [(n, v) for n, v in visitor.hidden if n not in (name, "do")]
            do = [] if name in ("text", "choice", "do") else [("do", "answers")]
            response = await client.post("/chat", data=[*marks, *do, (name, payload)])
            assert response.status in (200, 409, 422), (name, payload)
            assert list(markup(await response.text())) == [], (name, payload)
            await visitor.get("/chat")
        for path in ("/chat", "/form", "/copy", "/leave", "/come-back-later"):
            assert list(markup((await visitor.get(path)).html)) == [], (path, payload)


async def test_through_the_fields_outside_a_conversation_words_stay_words(client: Any) -> None:
    for payload in XSS:
        pages = [
            await client.post("/start", data={"audience": payload, "view": payload}),
            await client.get("/come-back", params={"code": payload}),
            await client.post("/come-back", data={"code": payload}),
            await client.get("/chat", headers={"X-Fragment": payload.encode("ascii", "ignore").decode()}),
            await client.get("/", params={payload: payload}),
        ]
        for page in pages:
            assert list(markup(await page.text())) == [], (page.url, payload)


def said(payload: str, **more: Any) -> StoredMessage:
    return StoredMessage("m1", "c1", 1, "bot", payload, datetime(2026, 1, 1, tzinfo=UTC), more)


@pytest.mark.parametrize("payload", XSS)
def test_a_card_in_teams_is_the_same_card_whatever_the_words_are(payload: str) -> None:
    """Words only ever fill the places that words have: no element, no action and no address comes out of them."""

    def shape(words: str) -> list[str]:
        form = {"fields": [{"name": "n", "kind": "text", "label": words, "hint": words}, {
            "name": "m", "kind": "many", "label": words, "choices": [{"id": "a", "label": words}]}]}  # fmt: skip
        choices = [{"id": "a", "label": words}]
        cards = [
            card_for({"text": words, "choices": choices}, turn="t"),
            card_for({"text": words, "form": form}, turn="t"),
        ]
        sent = [a.model_dump(mode="json", by_alias=True, exclude_none=True) for a in drawn(said(words))]
        return [json.dumps(one).replace(json.dumps(words)[1:-1], "…") for one in [*cards, *sent]]

    assert shape(payload) == shape("words")


async def test_what_was_said_elsewhere_is_only_words_when_it_is_read_on_the_web(client: Any) -> None:
    """Teams and text messages share the record: what came in there is drawn on our pages and copies."""
    conversing = client.app[SERVICES].conversing
    env = environment()
    widgets.install(env.globals)
    pages = Pages(env, Settings(), load_numbers(), "/static/x")
    for payload in XSS:
        begun = await conversing.begin("teams", "professional", "warwickshire")
        conversation = begun.exchange.held.conversation.id
        await conversing.say(conversation, begun.token, Said(payload))
        await conversing.say(conversation, begun.token, Said(choice="information"))
        await conversing.say(conversation, begun.token, Said(answers={"name_to_use": payload, "more": payload}))
        s = screen(await conversing.read(conversation, begun.token), key="k", form_token="t")
        for template in ("webchat/chat.html", "webchat/form.html", "webchat/copy.html"):
            assert list(markup(pages.html(template, s=s, here="/chat"))) == [], (template, payload)


async def by_web(client: Any, order: str) -> None:
    await (await Visitor(client).begin()).send(text=order)


async def by_form(client: Any, order: str) -> None:
    await (await Visitor(client, "/form").begin()).send(text=order)


async def by_api(client: Any, order: str) -> None:
    begun = await (await client.post("/api/v1/conversations", json={})).json()
    headers = {"Authorization": f"Bearer {begun['token']}"}
    await client.post(f"/api/v1/conversations/{begun['id']}/messages", json={"text": order}, headers=headers)


async def by_text_message(client: Any, order: str) -> None:
    sms, sender = texts_of(client), f"07700 900{ORDERS.index(order):03d}"
    await sms.receive(sender, "hello", "p1")
    await sms.receive(sender, order, "p2")


@pytest.mark.parametrize("send", [by_web, by_form, by_api, by_text_message])
async def test_an_order_is_only_words_in_every_channel(client: Any, bot: FakeBot, send: Any) -> None:
    for order in ORDERS:
        await send(client, order)
        assert (bot.asked[-1].text, bot.asked[-1].payload) == (order, {})


async def test_an_order_in_a_form_is_an_answer_to_its_field(client: Any, bot: FakeBot) -> None:
    bot.script = lambda _message: [CONTACT]
    visitor = await Visitor(client).begin()
    for order in ORDERS:
        await visitor.send(do="answers", a__name_to_use=order, a__agreed="yes")
        assert bot.asked[-1].payload["answers"]["name_to_use"] == order
        assert "choice" not in bot.asked[-1].payload


async def test_an_order_is_no_choice_and_no_field(client: Any, bot: FakeBot) -> None:
    begun = await (await client.post("/api/v1/conversations", json={})).json()
    headers = {"Authorization": f"Bearer {begun['token']}"}
    url = f"/api/v1/conversations/{begun['id']}/messages"
    for order in ORDERS:
        for body in ({"choice": order}, {"answers": {order: "x"}}):
            assert (await client.post(url, json=body, headers=headers)).status in (400, 409, 422), body
    assert len(bot.asked) == 1
