"""Settings of the gateway, from environment variables with the prefix FRONTDOOR_ (see docs/reference/settings.md)."""

from __future__ import annotations

import secrets
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import AliasChoices, Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from gateway.theme import contrast_with_white

ROOT = Path(__file__).resolve().parent.parent
READABLE_CONTRAST = 4.5  # WCAG 2.2, 1.4.3

Words = Annotated[tuple[str, ...], NoDecode]


class Settings(BaseSettings):
    """Everything that a council may set. Each has a default that is safe on one machine."""

    model_config = SettingsConfigDict(env_prefix="FRONTDOOR_", extra="ignore", frozen=True)

    # where
    host: str = "127.0.0.1"
    port: int = Field(default=8080, validation_alias=AliasChoices("FRONTDOOR_PORT", "PORT"))
    public_url: str = ""  # "https://help.example.gov.uk": makes cookies Secure and pins the Origin
    trusted_proxies: Words = ()  # addresses of the reverse proxy, whose X-Forwarded-… is believed
    data_dir: Path = Path.home() / ".local" / "share" / "frontdoor"
    database_url: str = ""
    redis_url: str = ""  # counts rate limits across several gateways; without it, in memory
    static_dir: Path = ROOT / ".build" / "static"
    policies_dir: Path = ROOT / "policies"

    # the other processes
    bot_url: str = "http://127.0.0.1:5005"
    bot_key: str = ""
    bot_patience_s: float = 8.0  # how long a person waits before the fallback words
    bot_timeout_s: float = 60.0  # how long a slow answer is still taken

    # who and how it looks
    authority: str | None = None
    council_name: str = "Your council"
    service_name: str = "Help for children and families"
    brand_colour: str = "#1f5a54"
    exit_url: str = "https://www.bbc.co.uk/weather"
    officer_demo: bool = False

    # limits
    body_limit: int = 64 * 1024
    text_limit: int = 4000
    message_rate: str = "240/minute"  # of one conversation
    start_rate: str = "60/minute"  # conversations begun from one address
    address_rate: str = "1200/minute"  # all requests that change something, from one address
    visit_hours: float = 24.0  # a chat page left open for longer is ended

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(v.strip() for v in value.split(",") if v.strip()) if isinstance(value, str) else value

    @field_validator("brand_colour")
    @classmethod
    def _readable(cls, colour: str) -> str:
        if contrast_with_white(colour) < READABLE_CONTRAST:
            raise ValueError(f"white words on {colour} cannot be read by everybody: choose a darker colour")
        return colour

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.data_dir / 'frontdoor.db'}"

    @property
    def is_https(self) -> bool:
        return self.public_url.startswith("https://")

    @cached_property
    def launch_key(self) -> str:
        """The key shared with the bot; a gateway started alone makes one that nobody else knows."""
        return self.bot_key or secrets.token_urlsafe(32)
