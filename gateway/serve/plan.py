"""From settings to a plan: ports, key, model, data folder."""

from __future__ import annotations

import secrets
from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict

from gateway.serve.model import model_path
from gateway.serve.parts import Plan
from gateway.serve.ports import claim, private_port
from gateway.settings import ROOT, Settings


class NoBotEnvironment(Exception):
    """The bot's Python is not there. Says what to do."""


class NotOnLoopback(Exception):
    """Demo officers were asked for on an address that others can reach."""


class ServeSettings(BaseSettings):
    """What only `frontdoor serve` needs to know."""

    model_config = SettingsConfigDict(env_prefix="FRONTDOOR_", extra="ignore", frozen=True)

    bot_port: int | None = None
    actions_port: int | None = None
    bot_python: Path = ROOT / ".venv-bot" / "bin" / "python"


def make_plan(settings: Settings, serving: ServeSettings, *, officer_demo: bool = False, root: Path = ROOT) -> Plan:
    """Decide everything, or say in one line why not. Starts nothing."""
    if not serving.bot_python.exists():
        raise NoBotEnvironment(f"No Python for the bot at {serving.bot_python}. Run `make setup` first.")
    demo = officer_demo or settings.officer_demo
    if demo and settings.host not in ("127.0.0.1", "localhost"):
        raise NotOnLoopback(f"Demo officers are for this machine only; FRONTDOOR_HOST is {settings.host}.")
    data_dir = settings.data_dir.expanduser().resolve()
    return Plan(
        root=root,
        data_dir=data_dir,
        database_url=settings.database,
        bot_python=serving.bot_python,
        model=model_path(root, data_dir),
        host=settings.host,
        port=claim(settings.port, what="the front door", setting="PORT", host=settings.host),
        bot_port=private_port(serving.bot_port, usual=5005, what="the bot", setting="FRONTDOOR_BOT_PORT"),
        actions_port=private_port(
            serving.actions_port, usual=5055, what="the actions", setting="FRONTDOOR_ACTIONS_PORT"
        ),
        key=settings.bot_key or secrets.token_urlsafe(32),
        officer_demo=demo,
    )
