"""The real gateway on SQLite, with a fake bot behind it."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from gateway.app import build_app
from gateway.settings import Settings
from records.bootstrap import migrate
from tests.gateway.fake_bot import FakeBot

Client = TestClient[Any, Any]


@pytest.fixture
def bot() -> FakeBot:
    return FakeBot()


@pytest.fixture(scope="session")
def blank_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrated once; each test copies it."""
    path = tmp_path_factory.mktemp("blank") / "frontdoor.db"
    migrate(f"sqlite:///{path}")
    return path


def copy(source: Path, target: Path) -> None:
    """Through SQLite itself: part of a database may still be in its journal."""
    with closing(sqlite3.connect(source)) as blank, closing(sqlite3.connect(target)) as new:
        blank.backup(new)


class Gateways:
    """Starts gateways on one database: `client = await start(message_rate="2/minute")`."""

    def __init__(self, bot: FakeBot, folder: Path) -> None:
        self._bot, self._folder = bot, folder
        self._clients: list[Client] = []

    async def __call__(self, **changes: Any) -> Client:
        defaults: dict[str, Any] = {"data_dir": self._folder, "authority": "warwickshire", "bot_patience_s": 0.3}
        app = await build_app(Settings(**(defaults | changes)), lambda _settings, _http: self._bot, rooms=())
        self._clients.append(TestClient(TestServer(app)))
        await self._clients[-1].start_server()
        return self._clients[-1]

    again = __call__

    async def close(self) -> None:
        for client in self._clients:
            await client.close()


@pytest.fixture
async def start(bot: FakeBot, blank_database: Path, tmp_path: Path) -> AsyncIterator[Gateways]:
    copy(blank_database, tmp_path / "frontdoor.db")
    gateways = Gateways(bot, tmp_path)
    yield gateways
    await gateways.close()


@pytest.fixture
async def client(start: Gateways) -> Client:
    return await start()
