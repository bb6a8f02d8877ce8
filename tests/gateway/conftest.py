"""The real gateway on SQLite, with a fake bot behind it."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
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
Start = Callable[..., Awaitable[Client]]


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


@pytest.fixture
async def start(bot: FakeBot, blank_database: Path, tmp_path: Path) -> AsyncIterator[Start]:
    """Starts a gateway with some settings changed: `client = await start(message_rate="2/minute")`."""
    copy(blank_database, tmp_path / "frontdoor.db")
    clients: list[Client] = []

    async def begin(**changes: Any) -> Client:
        defaults: dict[str, Any] = {"data_dir": tmp_path, "authority": "warwickshire", "bot_patience_s": 0.3}
        app = await build_app(Settings(**(defaults | changes)), lambda _settings, _http: bot)
        clients.append(TestClient(TestServer(app)))
        await clients[-1].start_server()
        return clients[-1]

    yield begin
    for client in clients:
        await client.close()


@pytest.fixture
async def client(start: Start) -> Client:
    return await start()
