"""The aggregate: a request for service, with its household, facts, consents, proposal and decision."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from triage.consent import ConsentRecord
from triage.facts import Fact, FactBook


class Level(StrEnum):
    """Level of need, in order. A pack maps its own labels onto these."""

    UNIVERSAL = "universal"
    EARLY_HELP = "early_help"
    TARGETED = "targeted"
    CHILD_IN_NEED = "child_in_need"
    SIGNIFICANT_HARM = "significant_harm"
    IMMEDIATE_DANGER = "immediate_danger"


class Route(StrEnum):
    INFORMATION = "information"
    EARLY_RESPONDERS = "early_responders"
    TARGETED_SUPPORT = "targeted_support"
    MASH_REFERRAL = "mash_referral"
    EMERGENCY = "emergency"
    EXISTING_WORKER = "existing_worker"
    OTHER_AUTHORITY = "other_authority"


@dataclass(frozen=True, slots=True)
class Child:
    """One child or unborn baby. `age` is completed years, -1 unborn, None unknown.

    `one_of`: names and ages were told, and not which name has which age. Then `age` is None, and each of these children
    carries the same ages, lowest first: nothing is paired by a guess.
    """

    number: int
    name: str | None = None
    age: int | None = None
    due: date | None = None
    school: str | None = None
    voice: str | None = None  # what the child says or wants, in words
    one_of: tuple[int, ...] = ()


def ages_of(children: Iterable[Child]) -> tuple[int, ...]:
    """Every age that was told, once for each child, whether or not it is known whose it is."""
    there = tuple(children)
    unpaired = next((child.one_of for child in there if child.one_of), ())
    return (*(child.age for child in there if child.age is not None), *unpaired)


@dataclass(frozen=True, slots=True)
class SafeContact:
    """How the person may be reached. Every channel is no until they said yes (law.md D03)."""

    phone: str | None = None
    email: str | None = None
    name_to_use: str | None = None
    hours: str | None = None
    safe_call: bool = False
    safe_text: bool = False
    safe_voicemail: bool = False
    safe_email: bool = False
    safe_letter: bool = False
    must_not_know: str | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """The engine's indication with its route, put before an officer. Never a decision.

    `indication` is the engine's answer as plain data (level, could_be, route, offer, consent, duties,
    reasons with citations, facts that still matter, clocks), kept whole so that it can be replayed.
    """

    at: datetime
    pack: str  # "warwickshire@2018.2"
    on: date
    level: Level
    route: Route
    offer: str | None
    consent_outcome: str | None
    indication: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Decision:
    """What an officer decided, and why."""

    at: datetime
    officer: str
    action: str  # confirm | override | hold | ask | transfer | no_further_action
    level: Level
    route: Route
    reason: str
    opened_at: datetime
    proposal_at: datetime | None = None
    blind: bool = False


@dataclass(frozen=True, slots=True)
class RequestForService:
    """Everything about one request. Immutable: use `with_…`/`replace`, then save through a unit of work."""

    id: str
    conversation_id: str
    created_at: datetime
    channel: str
    audience: str  # family | professional
    authority: str | None = None
    locality: str | None = None
    place: str | None = None
    reference: str | None = None
    state: str = "draft"  # see triage.lifecycle
    language: str = "en"
    requester_role: str = "unknown"
    requester_name: str | None = None
    anonymous: bool = False
    do_not_tell_family: bool = False
    danger: str = "none"  # immediate_danger | safeguarding_concern | none: raised, never lowered by a later message
    danger_categories: tuple[str, ...] = ()
    children: tuple[Child, ...] = ()
    household: tuple[dict[str, str], ...] = ()
    facts: FactBook = field(default_factory=FactBook)
    consents: tuple[ConsentRecord, ...] = ()
    safe_contact: SafeContact = field(default_factory=SafeContact)
    concerns: tuple[str, ...] = ()
    strengths: str | None = None
    wishes: str | None = None
    story: str | None = None
    sent_at: datetime | None = None
    proposal: Proposal | None = None
    decisions: tuple[Decision, ...] = ()
    assigned_to: str | None = None
    opened_at: datetime | None = None
    version: int = 0  # for concurrent edits: the store refuses a stale save

    def note(self, *facts: Fact) -> RequestForService:
        return replace(self, facts=self.facts.note(*facts))

    def agree(self, *records: ConsentRecord) -> RequestForService:
        return replace(self, consents=self.consents + records)

    @property
    def decision(self) -> Decision | None:
        return self.decisions[-1] if self.decisions else None
