"""An invented desk, for tests and benchmarks: a real database, a clock that is moved by hand, a signed-in browser."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient

from gateway.calendar import EnglandWorkingDays
from gateway.console.app import console_app
from gateway.console.services import Console, ConsoleSettings
from records.bootstrap import migrate, unit_of_work_factory
from triage.consent import ConsentKind, ConsentRecord
from triage.desk_ports import DeskUnit
from triage.facts import Evidence, Fact, Status
from triage.ports import AuditEvent, Conversation, StoredMessage
from triage.request import Child, Level, Proposal, RequestForService, Route, SafeContact

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)  # a Friday
WORDS = "He hits me and the kids are hungry. We live in Nuneaton."


class MovingClock:
    def __init__(self, now: datetime = NOW) -> None:
        self.at = now

    def now(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)


class CountingIds:
    def __init__(self) -> None:
        self._numbers = itertools.count(1)

    def new(self) -> str:
        return f"id{next(self._numbers):06d}"


def make_console(database_url: str, **settings: Any) -> Console:
    migrate(database_url)
    return Console(
        units=unit_of_work_factory(database_url),
        clock=MovingClock(),
        ids=CountingIds(),
        calendar=EnglandWorkingDays(),
        settings=ConsoleSettings(**{"demo": True, **settings}),
        fact_meanings={"neglect": "basic needs are not being met"},
    )


def gateway_with(console: Console) -> web.Application:
    app = web.Application()
    app.add_subapp("/console", console_app(console))
    return app


def proposal(level: Level = Level.TARGETED, route: Route = Route.TARGETED_SUPPORT, **indication: Any) -> Proposal:
    reasons = [
        {"rule": "several_needs", "source": "s004", "clause": "4.2", "staff": "Several needs affect daily life.",
         "family": "Several things are hard at once.", "facts": ["neglect", "impact"]}
    ]  # fmt: skip
    kept = {"level": level.value, "could_be": [level.value], "reasons": reasons, "matters": ["carer_capacity"],
            "duties": [], "clocks": [], "label": "Level 3", **indication}  # fmt: skip
    return Proposal(
        NOW, "warwickshire@2018.1", NOW.date(), level, route, "strengthening_families_targeted", "propose", kept
    )


def a_request(number: int = 1, **changes: Any) -> RequestForService:
    words = changes.pop("words", WORDS)
    start = words.find("hungry")
    evidence = Evidence(f"m{number}-2", start, start + 6, "hungry") if start >= 0 else None
    request = RequestForService(
        id=f"r{number}", conversation_id=f"c{number}", created_at=NOW - timedelta(hours=2), channel="web",
        audience="family", authority="warwickshire", locality="nuneaton", place="Nuneaton",
        reference=f"FD-{number:04d}", state="sent", requester_role="parent", requester_name="Jo Marsh",
        children=(Child(1, "Kai", 7, voice="I want it to be quiet"),), strengths="Nan helps", wishes="Somebody to talk to",
        safe_contact=SafeContact(phone="07700 900123", safe_call=True, name_to_use="Jo"),
        sent_at=NOW - timedelta(hours=1), proposal=proposal(),
    )  # fmt: skip
    request = request.note(
        Fact("neglect", True, Status.INFERRED, "parent", NOW, evidence),
        Fact("impact", "daily_life", Status.STATED, "parent", NOW),
    ).agree(ConsentRecord(ConsentKind.SERVICE, "given", "parent with PR", NOW, "v1", "web"))
    return replace(request, **changes)


def keep(console: Console, request: RequestForService, words: str = WORDS) -> RequestForService:
    """Store a request with its conversation, as the conversation leaves it."""
    with console.units() as unit:
        saved = put(unit, request, words)
        unit.commit()
    return saved


def put(unit: DeskUnit, request: RequestForService, words: str = WORDS) -> RequestForService:
    number = request.id.removeprefix("r")

    def event(action: str) -> AuditEvent:
        return AuditEvent(NOW, "person", action, f"request:{request.id}", "test")

    begun = Conversation(request.conversation_id, f"hash{number}", request.channel, request.audience, NOW)
    unit.conversations.add(begun, event("conversation.begun"))
    for index, (author, text) in enumerate([("bot", "What is going on?"), ("person", words)], start=1):
        message = StoredMessage(f"m{number}-{index}", request.conversation_id, 0, author, text, NOW)
        unit.conversations.add_message(message, event("message.kept"))
    return unit.requests.save(request, event("request.sent"))


def stored(console: Console, request_id: str = "r1") -> RequestForService:
    with console.units() as unit:
        found = unit.requests.get(request_id)
    assert found is not None
    return found


def trail(console: Console, request_id: str = "r1") -> list[AuditEvent]:
    with console.units() as unit:
        return list(unit.desk.trail.of(f"request:{request_id}"))


@dataclass
class Browser:
    """A signed-in officer's browser: keeps the cookie, sends the form's token."""

    client: TestClient[Any, Any]
    csrf: str = ""

    async def sign_in(self, officer: str) -> Browser:
        answer = await self.client.post("/console/sign-in", data={"officer": officer}, allow_redirects=False)
        assert answer.status == 303, await answer.text()
        page = await self.client.get("/console")
        self.csrf = token_in(await page.text())
        return self

    async def get(self, path: str) -> ClientResponse:
        return await self.client.get(path, allow_redirects=False)

    async def post(self, path: str, **form: str) -> ClientResponse:
        return await self.client.post(path, data={"csrf": self.csrf, **form}, allow_redirects=False)

    async def decide(self, console: Console, request_id: str = "r1", **form: str) -> ClientResponse:
        """Open the request, as an officer must, and decide on the version that was shown."""
        await self.get(f"/console/requests/{request_id}")
        version = str(stored(console, request_id).version)
        return await self.post(f"/console/requests/{request_id}/decision", **{"version": version, **form})


def token_in(page: str) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found, "the page has no form of a signed-in officer"
    return found.group(1)


SignIn = Callable[[str], Any]
