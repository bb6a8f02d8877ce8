"""Hold a conversation in-process: the real domain, packs, words and calendar; storage and services in memory."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.in_memory import Counting, Memory, OneGroup
from gateway.calendar import EnglandWorkingDays
from gateway.words import Words
from policies.engine import PolicySet
from triage.conversation import take_turn
from triage.ports import AuditEvent, Conversation
from triage.request import RequestForService
from triage.turn import Say, Turn

ROOT = Path(__file__).resolve().parent.parent
MONDAY_MORNING = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)

NOTHING_READ: dict[str, Any] = {
    "danger": "none", "uncertain": False, "danger_categories": [], "facts": [], "child_ages": [], "places": [],
}  # fmt: skip
"""What the bot says of words in which it finds nothing."""


@cache
def packs() -> PolicySet:
    return PolicySet.load(ROOT / "policies")


@cache
def words() -> Words:
    return Words.load(ROOT)


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
        self.memory.conversations.add(
            started, AuditEvent(self.at, "person", "conversation.started", f"conversation:{self.id}")
        )
        self.ids = Counting()

    def start(self) -> Talk:
        return self._turn(choice="start")

    def say(self, text: str, intent: str = "inform", **understanding: Any) -> Talk:
        return self._turn(text=text, intent=intent, understanding={**NOTHING_READ, **understanding})

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
            self.id, f"m{len(self.heard)}", text, self.at, self.channel, self.audience, intent, choice,
            answers or {}, dict(understanding or {}),
        )  # fmt: skip
        self.last = take_turn(
            turn, uow=self.memory, policies=packs(), ids=self.ids, directory=OneGroup(),
            calendar=EnglandWorkingDays(), words=words(),
        )  # fmt: skip
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
