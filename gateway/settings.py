"""Settings of the gateway, from environment variables with the prefix FRONTDOOR_ (see docs/reference/settings.md)."""

from __future__ import annotations

import secrets
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import AliasChoices, BeforeValidator, Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from gateway.theme import contrast_with_white

ROOT = Path(__file__).resolve().parent.parent
READABLE_CONTRAST = 4.5  # WCAG 2.2, 1.4.3


def _split(value: object) -> object:
    return tuple(v.strip() for v in value.split(",") if v.strip()) if isinstance(value, str) else value


Words = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)]
"""Several words in one variable, with commas."""


class Settings(BaseSettings):
    """Everything that a council may set. Each has a default that is safe on one machine."""

    model_config = SettingsConfigDict(env_prefix="FRONTDOOR_", extra="ignore", frozen=True)

    # where
    host: str = "127.0.0.1"  # the address that the gateway listens on
    port: int = Field(default=8080, validation_alias=AliasChoices("FRONTDOOR_PORT", "PORT"))  # also read from PORT
    public_url: str = ""  # "https://help.example.gov.uk": makes cookies Secure and pins the Origin
    trusted_proxies: Words = ()  # addresses of the reverse proxy, whose X-Forwarded-… is believed
    data_dir: Path = Path.home() / ".local" / "share" / "frontdoor"  # database, logs and trained models of one machine
    database_url: str = ""  # postgresql+psycopg://…; without it, SQLite in the data folder
    redis_url: str = ""  # counts rate limits across several gateways; without it, in memory
    static_dir: Path = ROOT / ".build" / "static"  # the built styles and scripts
    policies_dir: Path = ROOT / "policies"  # facts.yml, sources/ and packs/

    # the other processes
    bot_url: str = "http://127.0.0.1:5005"  # where the bot listens: never open to the network
    bot_key: str = ""  # shared by gateway, bot and actions; `frontdoor serve` makes one at each start
    bot_patience_s: float = 8.0  # how long a person waits before the fallback words
    bot_timeout_s: float = 60.0  # how long a slow answer is still taken

    # who and how it looks
    authority: str | None = None  # whose pack and numbers stand until a place is known; one folder of packs/
    council_name: str = "Your council"  # on every page
    service_name: str = "Help for children and families"  # on every page; dull on purpose
    brand_colour: str = "#1f5a54"  # white words must be readable on it
    exit_url: str = "https://www.bbc.co.uk/weather"  # where “Exit this page” goes
    officer_demo: bool = False  # accounts without a password, on this very machine only

    # limits
    body_limit: int = 64 * 1024  # bytes of one request
    text_limit: int = 4000  # characters of one message
    message_rate: str = "240/minute"  # of one conversation
    start_rate: str = "60/minute"  # conversations begun from one address
    address_rate: str = "1200/minute"  # all requests that change something, from one address
    visit_hours: float = 24.0  # a chat page left open for longer is ended

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
