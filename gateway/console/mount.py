"""Mount the console on the gateway."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from aiohttp import web

from gateway.alerts.keeper import LAST_LOOK, heartbeat, watched
from gateway.calendar import EnglandWorkingDays
from gateway.console.app import console_app
from gateway.console.disposal import forget_in
from gateway.console.kill_switch import kill_switch
from gateway.console.services import Console, ConsoleSettings
from gateway.console.settings import console_settings
from gateway.services import Services


def setup(app: web.Application, services: Services) -> None:
    """Add /console to the gateway's application, on the gateway's own storage, clock and settings."""
    settings = console_settings(services.settings)
    console = make_console(services, settings)
    app[LAST_LOOK] = []
    desk = console_app(console)
    desk.router.add_get("/heartbeat", heartbeat(console, app[LAST_LOOK]))
    app.add_subapp("/console", desk)
    app.middlewares.append(kill_switch(console))
    app.cleanup_ctx.append(watched(console))


def make_console(services: Services, settings: ConsoleSettings) -> Console:
    return Console(
        units=services.units,
        clock=services.clock,
        ids=services.ids,
        calendar=EnglandWorkingDays(),
        settings=settings,
        fact_meanings=fact_meanings(services.settings.policies_dir / "facts.yml"),
        source_titles=source_titles(services.settings.policies_dir / "sources" / "register.yml"),
        policies_dir=services.settings.policies_dir,
        numbers=services.numbers,
        conversing=services.conversing,
        ring=services.bell.ring,
        forget_dialogue=forget_in(services.settings.data_dir / "trackers.db"),
    )


def fact_meanings(path: Path) -> dict[str, str]:
    """What each fact of the one vocabulary means, for the officer's eyes."""
    facts: dict[str, dict[str, Any]] = yaml.safe_load(path.read_text("utf-8"))["facts"]
    return {name: fact["means"] for name, fact in facts.items()}


def source_titles(path: Path) -> dict[str, str]:
    """The documents that reasons rest on, by the key that rules cite."""
    sources: dict[str, dict[str, Any]] = yaml.safe_load(path.read_text("utf-8"))["sources"]
    return {key: str(source["title"]) for key, source in sources.items()}
