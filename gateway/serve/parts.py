"""The three processes: what starts each, and how to see that it is ready."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Part:
    """One process. `health` answers 200 once it can do its work, and refuses a key that is not its own."""

    name: str
    command: tuple[str, ...]
    health: str
    env: Mapping[str, str]
    log: Path


FRUGAL = {"MALLOC_ARENA_MAX": "2", "MALLOC_TRIM_THRESHOLD_": "131072"}
"""For the bot: give memory that loading needed back to the system, instead of keeping it for threads that never come."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that is decided before anything starts."""

    root: Path
    data_dir: Path
    database_url: str
    bot_python: Path
    model: Path
    host: str
    port: int
    bot_port: int
    actions_port: int
    key: str
    officer_demo: bool

    @property
    def address(self) -> str:
        return f"http://{self.host}:{self.port}"

    @property
    def logs(self) -> Path:
        return self.data_dir / "logs"

    def shared_env(self) -> dict[str, str]:
        """What all parts are told. The key travels in the environment, never on a command line."""
        return {
            "FRONTDOOR_BOT_KEY": self.key,
            "FRONTDOOR_BOT_URL": f"http://127.0.0.1:{self.bot_port}",
            "FRONTDOOR_ACTIONS_URL": f"http://127.0.0.1:{self.actions_port}",
            "FRONTDOOR_ACTIONS_PORT": str(self.actions_port),
            "FRONTDOOR_DATA_DIR": str(self.data_dir),
            "FRONTDOOR_DATABASE_URL": self.database_url,
            "FRONTDOOR_TRACKERS": str(self.data_dir / "trackers.db"),
            "FRONTDOOR_OFFICER_DEMO": "true" if self.officer_demo else "false",
            "FRONTDOOR_HOST": self.host,
            "FRONTDOOR_PORT": str(self.port),
            "PYTHONUNBUFFERED": "1",
        }

    def parts(self) -> tuple[Part, Part, Part]:
        env = self.shared_env()
        bot = (
            str(self.bot_python),
            "-m",
            "bot.launch",
            "run",
            "--model",
            str(self.model),
            "--port",
            str(self.bot_port),
        )
        return (
            Part(
                "bot",
                bot,
                f"{env['FRONTDOOR_BOT_URL']}/webhooks/frontdoor/health",
                {**FRUGAL, **env},
                self.logs / "bot.log",
            ),
            Part(
                "actions",
                (sys.executable, "-m", "actions.server"),
                f"{env['FRONTDOOR_ACTIONS_URL']}/health",
                env,
                self.logs / "actions.log",
            ),
            Part(
                "gateway",
                (sys.executable, "-m", "gateway.app"),
                f"{self.address}/health",
                env,
                self.logs / "gateway.log",
            ),
        )
