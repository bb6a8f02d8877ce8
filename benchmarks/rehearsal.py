"""Hold a conversation in-process: the real domain, packs and words; storage, services and the calendar in memory."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from gateway.calendar import EnglandWorkingDays
from gateway.words import Words
from policies.engine import PolicySet
from triage.conversation import take_turn
from triage.ports import AuditEvent, Conversation, Service
from triage.request import RequestForService
from triage.turn import Say, Turn

ROOT = Path(__file__).resolve().parent.parent
MONDAY_MORNING = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@cache
def packs() -> PolicySet:
    return PolicySet.load(ROOT / "policies")


@cache
def words() -> Words:
    return Words.load(ROOT)


class Apart:
    """Optional answers about people, by request."""

    def __init__(self) -> None:
        self.kept: dict[str, dict[str, str]] = {}

    def keep(self, request_id: str, answers: Mapping[str, str], event: AuditEvent) -> None:
        self.kept[request_id] = dict(answers)

    def of(self, request_id: str) -> dict[str, str]:
        return self.kept.get(request_id, {})


class Memory:
    """A unit of work that keeps everything in two dictionaries; what is not committed is lost."""

    def __init__(self) -> None:
        self.kept_conversations: dict[str, Conversation] = {}
        self.kept_requests: dict[str, RequestForService] = {}
        self.events: list[AuditEvent] = []
        self.conversations = self
        self.equality = Apart()
        self.requests = MemoryRequests(self)

    def __call__(self) -> Memory:
        return self

    def __enter__(self) -> Memory:
        return self

    def __exit__(self, *exc: object) -> None:
        return None

    def commit(self) -> None:
        return None

    def blank(self, message_id: str, event: AuditEvent) -> None:
        self.events.append(event)

    def audit(self, event: AuditEvent) -> None:
        self.events.append(event)

    def get(self, conversation_id: str) -> Conversation | None:
        return self.kept_conversations.get(conversation_id)

    def add(self, conversation: Conversation, audit: AuditEvent) -> None:
        self.kept_conversations[conversation.id] = replace(conversation, version=1)
        self.events.append(audit)

    def save(self, conversation: Conversation, audit: AuditEvent) -> None:
        assert conversation.version == self.kept_conversations[conversation.id].version
        self.kept_conversations[conversation.id] = replace(conversation, version=conversation.version + 1)
        self.events.append(audit)


class MemoryRequests:
    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def get(self, request_id: str) -> RequestForService | None:
        return self._memory.kept_requests.get(request_id)

    def for_conversation(self, conversation_id: str) -> RequestForService | None:
        return next((r for r in self._memory.kept_requests.values() if r.conversation_id == conversation_id), None)

    def by_reference(self, reference: str) -> RequestForService | None:
        return next((r for r in self._memory.kept_requests.values() if r.reference == reference), None)

    def save(self, request: RequestForService, audit: AuditEvent) -> RequestForService:
        saved = replace(request, version=request.version + 1)
        self._memory.kept_requests[request.id] = saved
        self._memory.events.append(audit)
        return saved


class Counting:
    def __init__(self) -> None:
        self.number = 0

    def new(self) -> str:
        self.number += 1
        return uuid.UUID(int=self.number * 7919).hex


class OneGroup:
    """A directory with one group."""

    def find(self, *, limit: int, **wanted: Any) -> Sequence[Service]:
        return [Service("s1", "Stay and play", "A group for children under five.", "Open on Mondays.", fits_age=True)][
            :limit
        ]


@dataclass
class Talk:
    """One person and the conversation. `say` types, `press` presses, `fill` fills in a form."""

    audience: str = "family"
    authority: str | None = "warwickshire"
    channel: str = "web"
    at: datetime = MONDAY_MORNING
    memory: Memory = field(default_factory=Memory)
    id: str = "talk"
    last: list[Say] = field(default_factory=list)
    shown: list[Say] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        started = Conversation(self.id, "", self.channel, self.audience, self.at, authority=self.authority)
        self.memory.add(started, AuditEvent(self.at, "person", "conversation.started", f"conversation:{self.id}"))
        self.ids = Counting()

    def start(self) -> Talk:
        return self._turn(choice="start")

    def say(self, text: str, intent: str = "inform", **understanding: Any) -> Talk:
        plain = {
            "danger": "none",
            "uncertain": False,
            "danger_categories": [],
            "facts": [],
            "child_ages": [],
            "places": [],
        }
        return self._turn(text=text, intent=intent, understanding={**plain, **understanding})

    def press(self, choice: str) -> Talk:
        return self._turn(choice=choice, text=self.labels().get(choice, choice))

    def fill(self, **answers: Any) -> Talk:
        return self._turn(answers=answers, text="; ".join(map(str, answers.values())))

    def _turn(
        self, *, text: str = "", choice: str | None = None, intent: str = "inform",
        answers: dict[str, Any] | None = None, understanding: Mapping[str, Any] | None = None,
    ) -> Talk:  # fmt: skip
        self.at += timedelta(seconds=20)
        self.heard.append(choice or text)
        turn = Turn(
            self.id,
            f"m{len(self.heard)}",
            text,
            self.at,
            self.channel,
            self.audience,
            intent,
            choice,
            answers or {},
            dict(understanding or {}),
        )
        self.last = take_turn(
            turn,
            uow=self.memory,
            policies=packs(),
            ids=self.ids,
            directory=OneGroup(),
            calendar=EnglandWorkingDays(),
            words=words(),
        )
        self.shown += self.last
        return self

    # ---- what one sees ------------------------------------------------------------------------------
    @property
    def request(self) -> RequestForService:
        found = self.memory.requests.for_conversation(self.id)
        assert found is not None
        return found

    @property
    def asking(self) -> str | None:
        return dict(self.memory.kept_conversations[self.id].dialogue).get("asking")

    @property
    def route(self) -> str | None:
        return self.request.proposal.route.value if self.request.proposal else None

    @property
    def sent(self) -> bool:
        return self.request.sent_at is not None

    @property
    def over(self) -> bool:
        return self.sent or any(say.kind == "outcome" for say in self.shown)

    def responses(self) -> list[str]:
        return [say.response for say in self.last]

    def labels(self) -> dict[str, str]:
        """The choices on offer after the last turn, id to label."""
        offered: dict[str, str] = {}
        for say in self.last:
            own = words().labels(say.response, audience=self._audience(say), channel=self.channel)
            offered |= dict(say.choices) if say.choices is not None else dict(own)
        return offered

    def _audience(self, say: Say) -> str:
        return str(say.data.get("audience", self.audience))

    def text(self, says: Sequence[Say] | None = None) -> str:
        """Everything shown in the last turn, as a person reads it."""
        chosen = self.last if says is None else says
        return "\n".join(
            words().text(s.response, audience=self._audience(s), channel=self.channel, values=s.values) for s in chosen
        )

    def all_text(self) -> str:
        return self.text(self.shown)

    def unfilled(self) -> list[str]:
        return re.findall(r"\{\w+\}", self.all_text())
