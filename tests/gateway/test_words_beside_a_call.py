"""What somebody types beside the number to call is a message like any other: screened in their language, and never lost.

Only Rasa is left out: what the words are understood to mean is said by the test. The same words through the real screen stand
in tests/conversations/test_danger_over_http.py.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from benchmarks.desk_kit import Browser
from benchmarks.rehearsal import MONDAY_MORNING
from gateway.app import build_app
from gateway.channels.bot_client import BotMessage, BotUnavailable
from gateway.channels.webchat.languages import languages
from gateway.console.asking import may_be_joined
from gateway.keys import SERVICES
from gateway.settings import Settings
from tests.conversations.http_without_rasa import DomainBot
from tests.gateway.conftest import copy
from triage.conversation.calling_back import wants_only_a_call
from triage.ports import Conversation, StoredMessage
from triage.request import RequestForService

NOW = {"danger": "immediate_danger", "uncertain": False, "danger_categories": ["violence_in_progress"]}
BEATS_ME = "on mnie bije, boję się"
HITS_US = "he hits us when he comes home"
MEANS: dict[str, dict[str, Any]] = {
    BEATS_ME: {**NOW, "danger_evidence": [[0, 12, "violence_in_progress"]]},
    HITS_US: {
        "danger": "safeguarding_concern", "uncertain": False, "danger_categories": ["physical_abuse"],
        "facts": [
            {"name": "physical_harm", "value": True, "start": 3, "end": 10},
            {"name": "profession", "value": "police", "start": 0, "end": 2},
        ],
    },
    "nie mogę już": {"danger": "none", "uncertain": True, "danger_categories": []},
}  # fmt: skip
NUMBER = "07700 900123"


class CallBot(DomainBot):
    """The domain's bot, which may be away, and counts what it was asked."""

    away = False

    async def turn(self, conversation: Conversation, message: StoredMessage) -> list[BotMessage]:
        if self.away:
            raise BotUnavailable("away for the test")
        self.asked = [*getattr(self, "asked", []), message.text]
        means = next((heard for words, heard in MEANS.items() if words in message.text), {})
        self.means = {**self.means, message.text: means}
        return await super().turn(conversation, message)


@dataclass
class House:
    client: Any
    bot: CallBot

    async def asks(self, code: str = "pl", **fields: str) -> SimpleNamespace:
        answer = await self.client.post(f"/in/{code}", data={"phone": NUMBER, **fields})
        page = unescape(await answer.text())
        found = re.search(r'<strong dir="ltr">([^<]+)<', page)
        return SimpleNamespace(status=answer.status, page=page, reference=found[1] if found else None)

    def request(self, reference: str) -> RequestForService:
        with self.client.app[SERVICES].units() as unit:
            return unit.requests.by_reference(reference)

    def chat(self, request: RequestForService) -> tuple[Conversation, list[StoredMessage]]:
        with self.client.app[SERVICES].units() as unit:
            return unit.conversations.get(request.conversation_id), unit.conversations.messages(request.conversation_id)

    def requests(self) -> list[RequestForService]:
        with self.client.app[SERVICES].units() as unit:
            rows = unit.connection.exec_driver_sql("select conversation_id from requests").scalars()
            return [unit.requests.for_conversation(id_) for id_ in rows]


@pytest.fixture
async def house(blank_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    copy(blank_database, tmp_path / "f.db")
    monkeypatch.setattr("gateway.alerts.keeper.LOOK_EVERY_S", 0.05)
    monkeypatch.setattr("gateway.app.RETRY_EVERY_S", 0.05)
    settings = Settings(
        data_dir=tmp_path, database_url=f"sqlite:///{tmp_path}/f.db", authority="warwickshire", officer_demo=True,
        bot_patience_s=20.0,
    )  # fmt: skip
    bot = CallBot(settings)
    app = await build_app(settings, lambda _settings, _http: bot, rooms=("gateway.console",))
    async with TestClient(TestServer(app)) as client:
        yield House(client, bot)


def says_999_first(page: str, code: str = "pl") -> bool:
    """In the person's language, before the thanks or the form, with a number to press."""
    start = page.index('<main class="govuk-main-wrapper"')
    main, danger = page[start:], languages()[code].words["danger"]
    alert = main.find('role="alert"')
    return 0 <= alert < main.find(danger) < main.find("<h1") and 'href="tel:999"' in main[: main.find("<h1")]


async def test_danger_in_any_field_puts_999_first_in_their_language(house: House) -> None:
    for fields in ({"caller": BEATS_ME}, {"hours": BEATS_ME}, {"phone": f"{NUMBER} {BEATS_ME}"}):
        asked = await house.asks(**fields)
        assert asked.status == 200
        assert says_999_first(asked.page), fields
        assert house.request(asked.reference).danger == "immediate_danger"


async def test_each_language_has_its_own_words_for_it(house: House) -> None:
    for code in languages():
        assert says_999_first((await house.asks(code, hours=BEATS_ME)).page, code), code


async def test_officers_are_alarmed_and_the_proposal_is_an_emergency(house: House) -> None:
    asked = await house.asks(hours=BEATS_ME)
    assert house.request(asked.reference).proposal.route == "emergency"
    ada = await Browser(house.client).sign_in("ada")
    for _ in range(200):
        if "Immediate danger" in (queue := await (await ada.get("/console")).text()):
            break
        await asyncio.sleep(0.05)
    assert "Immediate danger" in queue
    assert asked.reference in queue


async def test_a_harm_without_danger_now_is_put_before_the_officer_and_nothing_else_is_believed(house: House) -> None:
    asked = await house.asks(hours=HITS_US)
    request = house.request(asked.reference)
    assert (request.danger, request.danger_categories) == ("safeguarding_concern", ("physical_abuse",))
    assert request.facts.known() == {"physical_harm": True}, "no profession is read out of a name and an hour"
    assert says_999_first(asked.page), "nobody can be asked whether it is now, so the page says what to do if it is"


async def test_a_doubt_that_nobody_can_be_asked_about_is_a_concern(house: House) -> None:
    asked = await house.asks(hours="nie mogę już")
    assert house.request(asked.reference).danger == "safeguarding_concern"


async def test_ordinary_words_alarm_nobody(house: House) -> None:
    asked = await house.asks(caller="Ewa", hours="po 17")
    request = house.request(asked.reference)
    assert house.bot.asked == ["Ewa\npo 17"]
    assert (request.danger, request.safe_contact.name_to_use, request.safe_contact.hours) == ("none", "Ewa", "po 17")
    assert 'role="alert"' not in asked.page
    assert languages()["pl"].words["danger"] in asked.page, "it stands there in any case"


async def test_a_bare_number_is_no_words(house: House) -> None:
    asked = await house.asks()
    assert not hasattr(house.bot, "asked")
    assert house.chat(house.request(asked.reference))[1] == []


async def test_while_the_bot_is_away_the_request_is_kept_marked_and_screened_later(house: House) -> None:
    house.bot.away = True
    asked = await house.asks(hours=BEATS_ME)
    request = house.request(asked.reference)
    assert (request.state, request.danger) == ("sent", "none")
    assert says_999_first(asked.page), "what could not be heard is answered as if it were danger"
    ada = await Browser(house.client).sign_in("ada")
    page = unescape(await (await ada.get(f"/console/requests/{request.id}")).text())
    assert BEATS_ME in page
    assert "Not screened for danger yet" in page
    house.bot.away = False
    for _ in range(200):
        page = await (await ada.get(f"/console/requests/{request.id}")).text()
        if "Not screened for danger yet" not in page:
            break
        await asyncio.sleep(0.05)
    assert "Not screened for danger yet" not in page
    assert house.request(asked.reference).danger == "immediate_danger"


async def test_words_without_a_number_are_heard_too(house: House) -> None:
    """Somebody in danger does not fill in a form well: the page asks for the number, and says 999 before that."""
    asked = await house.asks(phone="", hours=BEATS_ME)
    assert asked.status == 422
    assert says_999_first(asked.page)
    [draft] = house.requests()
    assert (draft.state, draft.danger, draft.sent_at) == ("draft", "immediate_danger", None)


async def test_the_number_that_comes_after_makes_one_request_of_it_and_lowers_nothing(house: House) -> None:
    key = re.search(r'name="key" value="([^"]+)"', await (await house.client.get("/in/pl")).text())[1]
    first = await house.asks(phone="", hours=BEATS_ME, key=key)
    assert f'name="key" value="{key}"' in first.page
    second = await house.asks(hours=BEATS_ME, key=key)
    [request] = house.requests()
    assert request.reference == second.reference
    assert (request.state, request.danger, request.proposal.route) == ("sent", "immediate_danger", "emergency")
    assert house.bot.asked == [BEATS_ME], "the same words are one message"


async def test_pressing_twice_is_one_message_with_one_answer(house: House) -> None:
    key = re.search(r'name="key" value="([^"]+)"', await (await house.client.get("/in/pl")).text())[1]
    answers = await asyncio.gather(*(house.asks(hours=BEATS_ME, key=key) for _ in range(3)))
    assert all(says_999_first(answer.page) for answer in answers)
    [request] = house.requests()
    _, messages = house.chat(request)
    assert [m.text for m in messages if m.author == "person"] == [BEATS_ME]
    assert len({m.payload["in_reply_to"] for m in messages if m.author == "bot"}) == 1
    assert len(house.bot.asked) == 1


async def test_nothing_is_cut_off_before_it_is_heard(house: House) -> None:
    long = "rano albo wieczorem, " * 60 + BEATS_ME
    asked = await house.asks(hours=long)
    assert says_999_first(asked.page)
    assert house.chat(house.request(asked.reference))[1][0].text == long


async def test_nobody_is_written_to_in_a_chat_that_nobody_can_read(house: House) -> None:
    """Screening gives the conversation a dialogue; it stays a wish for a call, before and after."""
    for fields in ({}, {"hours": "po 17"}, {"hours": BEATS_ME}):
        request = house.request((await house.asks(**fields)).reference)
        conversation, _ = house.chat(request)
        assert wants_only_a_call(conversation)
        assert not may_be_joined(conversation)
    ada = await Browser(house.client).sign_in("ada")
    page = await (await ada.get(f"/console/requests/{request.id}")).text()
    assert "/take-over" not in page
    assert (await ada.post(f"/console/requests/{request.id}/say", words="Hello?")).status == 404


def test_one_from_before_this_was_written_down_stays_one() -> None:
    old = Conversation("c1", "-", "web", "family", MONDAY_MORNING, state="sent")
    assert wants_only_a_call(old)
    assert not wants_only_a_call(replace(old, state="open")), "a chat that was just begun has no dialogue either"
