"""Settings of the console alone, from the environment (prefix FRONTDOOR_CONSOLE_)."""

from __future__ import annotations

from datetime import timedelta

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from gateway.console.services import ConsoleSettings
from gateway.settings import Settings, Words


class ConsoleEnvironment(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="FRONTDOOR_CONSOLE_", extra="ignore", frozen=True)

    issuer: str = ""  # of the council's OpenID Connect provider
    client_id: str = ""  # ours at that provider
    client_secret: str = ""  # ours at that provider
    first_administrator: str = ""  # `sub` of the account that may come in while no officer is entered
    idle_minutes: int = 30  # after so long without a click a session ends
    longest_hours: int = 10  # after so long it ends in any case
    blind_share: float = Field(default=0.0, ge=0, le=1)  # share of requests with a blind first look
    unopened_minutes: int = 60  # a request that nobody has opened for so long rings
    ring_again_minutes: int = 15  # an alarm that nobody has taken rings again, for the next person
    alarm_emails: Words = ()  # in the order in which an alarm climbs
    webhook_url: str = ""  # of another system that hears of requests, decisions and alarms, in ids and codes
    webhook_key: str = ""  # signs what goes there
    case_system_url: str = ""  # of the case-management system's own receiver; see docs/how-to
    case_system_key: str = ""  # both sides sign with it
    case_system_on_decision: bool = False  # push as soon as it is decided for a service or a referral
    case_system_minutes: int = 60  # without a receipt for so long it rings
    smtp_host: str = ""  # mail server for alarms; empty: no e-mail
    smtp_port: int = 25  # of the mail server
    mail_from: str = "frontdoor@localhost"  # sender of alarms

    @model_validator(mode="after")
    def _signed(self) -> ConsoleEnvironment:
        """What leaves is signed, or it does not leave: with an empty key anybody could say that they are we."""
        for name in ("webhook", "case_system"):
            if getattr(self, f"{name}_url") and not getattr(self, f"{name}_key"):
                wanted = f"FRONTDOOR_CONSOLE_{name.upper()}"
                raise ValueError(f"{wanted}_URL needs {wanted}_KEY: a long random word that both sides know")
        return self


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
