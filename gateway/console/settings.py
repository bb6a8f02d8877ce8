"""Settings of the console alone, from the environment (prefix FRONTDOOR_CONSOLE_)."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from gateway.console.services import ConsoleSettings
from gateway.settings import Settings

Words = Annotated[tuple[str, ...], NoDecode]


class ConsoleEnvironment(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="FRONTDOOR_CONSOLE_", extra="ignore", frozen=True)

    issuer: str = ""  # of the council's OpenID Connect provider
    client_id: str = ""
    client_secret: str = ""
    first_administrator: str = ""
    idle_minutes: int = 30
    longest_hours: int = 10
    blind_share: float = Field(default=0.0, ge=0, le=1)  # share of requests with a blind first look
    unopened_minutes: int = 60
    ring_again_minutes: int = 15
    alarm_emails: Words = ()  # in the order in which an alarm climbs
    webhook_url: str = ""
    webhook_key: str = ""
    case_system_url: str = ""  # of the case-management system's own receiver; see docs/how-to
    case_system_key: str = ""  # both sides sign with it
    case_system_on_decision: bool = False  # push as soon as it is decided for a service or a referral
    case_system_minutes: int = 60  # without a receipt for so long it rings
    smtp_host: str = ""
    smtp_port: int = 25
    mail_from: str = "frontdoor@localhost"

    @field_validator("alarm_emails", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(v.strip() for v in value.split(",") if v.strip()) if isinstance(value, str) else value


def console_settings(gateway: Settings) -> ConsoleSettings:
    own = ConsoleEnvironment()
    return ConsoleSettings(
        demo=gateway.officer_demo,
        secure_cookies=gateway.is_https,
        origin=gateway.public_url,
        issuer=own.issuer,
        client_id=own.client_id,
        client_secret=own.client_secret,
        first_administrator=own.first_administrator,
        idle=timedelta(minutes=own.idle_minutes),
        longest=timedelta(hours=own.longest_hours),
        blind_share=own.blind_share,
        unopened_after=timedelta(minutes=own.unopened_minutes),
        ring_again_after=timedelta(minutes=own.ring_again_minutes),
        first_ring=own.alarm_emails,
        webhook_url=own.webhook_url,
        webhook_key=own.webhook_key,
        case_system_url=own.case_system_url,
        case_system_key=own.case_system_key,
        case_system_on_decision=own.case_system_on_decision,
        case_system_takes_within=timedelta(minutes=own.case_system_minutes),
        smtp_host=own.smtp_host,
        smtp_port=own.smtp_port,
        mail_from=own.mail_from,
    )
