"""What the console is given: everything from outside comes in here, nothing is reached for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from gateway.calendar import EnglandWorkingDays, local_day
from gateway.channels.conversing import Conversing
from gateway.numbers import Numbers, load_numbers
from gateway.settings import ROOT
from gateway.units import Units
from triage.ports import AuditEvent, Clock, Ids


@dataclass(frozen=True, slots=True)
class ConsoleSettings:
    """Set by the council. `issuer` and the client make OpenID Connect; without them only demo accounts sign in."""

    demo: bool = False
    secure_cookies: bool = False
    origin: str = ""  # "https://help.example.gov.uk": empty means the Host header of the request itself
    issuer: str = ""
    client_id: str = ""
    client_secret: str = ""
    first_administrator: str = ""  # the subject who may enter the first officers
    idle: timedelta = timedelta(minutes=30)
    longest: timedelta = timedelta(hours=10)
    blind_share: float = 0.0  # share of requests whose first look hides the proposal
    unopened_after: timedelta = timedelta(hours=1)
    ring_again_after: timedelta = timedelta(minutes=15)
    first_ring: tuple[str, ...] = ()  # e-mail addresses, in the order in which alarms climb
    webhook_url: str = ""
    webhook_key: str = ""
    case_system_url: str = ""  # where decided requests are pushed; empty: nowhere
    case_system_key: str = ""
    case_system_on_decision: bool = False  # push without a press once it is decided for a service or a referral
    case_system_takes_within: timedelta = timedelta(hours=1)
    smtp_host: str = ""
    smtp_port: int = 25
    mail_from: str = "frontdoor@localhost"


@dataclass(frozen=True, slots=True)
class Console:
    units: Units
    clock: Clock
    ids: Ids
    calendar: EnglandWorkingDays
    settings: ConsoleSettings = field(default_factory=ConsoleSettings)
    fact_meanings: dict[str, str] = field(default_factory=dict)
    source_titles: dict[str, str] = field(default_factory=dict)  # of the register of sources, by key
    policies_dir: Path = ROOT / "policies"
    safety_case: Path = ROOT / "docs" / "safety-case.md"
    numbers: Numbers = field(default_factory=load_numbers)
    conversing: Conversing | None = None  # the chat's own use case, for what is typed in on the telephone
    ring: Callable[[str], None] = lambda conversation_id: None  # tells an open chat page that there is news
    forget_dialogue: Callable[[str], None] | None = None  # purges the bot's own store of one conversation

    def now(self) -> datetime:
        return self.clock.now()

    def today(self) -> date:
        return local_day(self.now())

    def event(self, actor: str, action: str, subject: str, why: str = "", /, **data: object) -> AuditEvent:
        return AuditEvent(at=self.now(), actor=actor, action=action, subject=subject, why=why, data=data)
