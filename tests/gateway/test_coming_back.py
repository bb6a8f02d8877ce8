"""Somebody is called away from the page, and goes on tomorrow on another phone."""

from __future__ import annotations

import re
from typing import Any

from tests.gateway.web_visitor import Visitor


async def a_code(client: Any) -> str:
    """What somebody gets who has begun a story and must stop."""
    visitor = await Visitor(client).begin()
    await visitor.send(text="My son is 7 and will not sleep")
    later = Visitor(client, "/come-back-later")
    await later.get()
    await later.send()
    (code,) = re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", later.words)
    return code


async def go_on(client: Any, code: str) -> Visitor:
    visitor = Visitor(client, "/come-back")
    return await visitor._take(await client.post("/come-back", data={"code": code}))


async def test_the_conversation_goes_on_where_it_stopped(client: Any) -> None:
    visitor = await go_on(client, await a_code(client))
    assert visitor.url == "/chat"
    assert "will not sleep" in visitor.words


async def test_taking_a_code_shuts_the_page(client: Any) -> None:
    await a_code(client)
    visitor = await Visitor(client).get()
    assert visitor.url == "/closed"


async def test_a_wrong_code_shows_nothing_and_says_what_to_do(client: Any) -> None:
    visitor = await go_on(client, "AAAA-BBBB-CCCC")
    assert visitor.status == 422
    assert "letter by letter" in visitor.words


async def test_opening_the_link_does_not_use_the_code_up(client: Any) -> None:
    code = await a_code(client)
    for _ in range(2):
        assert code in (await Visitor(client).get(f"/come-back?code={code}")).html
    assert (await go_on(client, code)).url == "/chat"


async def test_a_code_in_the_address_is_escaped(client: Any) -> None:
    visitor = await Visitor(client).get("/come-back?code=%22%3E%3Cscript%3E")
    assert "<script>" not in visitor.html.split("</head>")[1]


async def test_after_a_quick_exit_the_code_opens_nothing(client: Any) -> None:
    code = await a_code(client)
    assert (await go_on(client, code)).url == "/chat"
    again = await Visitor(client, "/come-back-later").get()
    await again.send()
    (second,) = re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", again.words)
    assert (await go_on(client, second)).url == "/chat"
    await client.post("/exit")
    assert (await go_on(client, second)).status == 422


async def test_the_code_is_given_only_to_a_form_of_this_visit(client: Any) -> None:
    await Visitor(client).begin()
    response = await client.post("/come-back-later", data={"form_token": "forged"})
    assert response.status == 403
