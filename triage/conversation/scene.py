"""One turn in progress: what came in, what is known, what is said back. Every change makes a new scene."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from triage import journeys
from triage.conversation.dialogue import Dialogue
from triage.facts import Evidence, Fact, Status, Value
from triage.ports import AuditEvent, Directory, Ids, Policies, Words, WorkingDays
from triage.request import RequestForService
from triage.routing import Settled, settle
from triage.turn import Say, Turn


@dataclass(frozen=True, slots=True)
class Ports:
    """What a turn needs from outside (triage.ports)."""

    policies: Policies
    ids: Ids
    directory: Directory
    calendar: WorkingDays
    words: Words


@dataclass(frozen=True)
class Scene:
    turn: Turn
    request: RequestForService
    dialogue: Dialogue
    ports: Ports
    said: tuple[Say, ...] = ()
    events: tuple[AuditEvent, ...] = field(default=())
    circumstances: Mapping[str, str] | None = None  # optional answers about the person: never part of the request

    # ---- what is known ---------------------------------------------------------------------
    @cached_property
    def known(self) -> dict[str, Value]:
        return self.request.facts.known()

    @cached_property
    def policy(self) -> Any:
        return self.ports.policies.for_authority(self.request.authority, on=self.turn.at.date())

    @cached_property
    def settled(self) -> Settled:
        """What would happen if nothing more were said."""
        floor = self.request.danger if "danger_in_words" in self.dialogue.told else "none"
        return settle(self.known, self.policy, on=self.turn.at.date(), danger=floor)

    @property
    def route(self) -> str:
        return self.settled.route

    @property
    def audience(self) -> str:
        """Whose words: family, young_person or professional."""
        return journeys.audience(self.request.audience, self.known.get("requester"))

    @property
    def professional(self) -> bool:
        return self.audience == "professional"

    @property
    def sent(self) -> bool:
        return self.request.sent_at is not None

    def answered(self, step: str) -> bool:
        return step in self.dialogue.answered

    # ---- what changes ------------------------------------------------------------------------
    def say(self, response: str, kind: str = "statement", **more: Any) -> Scene:
        return replace(self, said=(*self.said, Say(response, kind, **more)))

    def say_once(self, response: str, kind: str = "statement", **more: Any) -> Scene:
        if response in self.dialogue.told:
            return self
        return self.say(response, kind, **more).on(self.dialogue.tells(response))

    def on(self, dialogue: Dialogue) -> Scene:
        return replace(self, dialogue=dialogue)

    def with_request(self, **changes: Any) -> Scene:
        return replace(self, request=replace(self.request, **changes))

    def note(self, values: Mapping[str, Value | None], status: Status, evidence: Evidence | None = None) -> Scene:
        """Write facts down, as said by this person in this turn."""
        by = str(self.known.get("requester", self.request.audience))
        facts = [Fact(name, value, status, by, self.turn.at, evidence) for name, value in values.items()]
        return replace(self, request=self.request.note(*facts))

    def happened(self, action: str, why: str = "", **data: Any) -> Scene:
        event = AuditEvent(self.turn.at, "person", action, f"request:{self.request.id}", why, data)
        return replace(self, events=(*self.events, event))

    def whole_message(self) -> Evidence | None:
        """The message as evidence; a pressed choice has no words of its own."""
        if not self.turn.text or self.turn.choice:
            return None
        return Evidence(self.turn.message_id, 0, len(self.turn.text), self.turn.text)
