from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from benchmarks.desk_kit import Browser, SignIn, gateway_with, make_console
from gateway.console.mount import fact_meanings
from records.bootstrap import migrate


@pytest.fixture(scope="session")
def blank_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrated once; each test copies it."""
    path = tmp_path_factory.mktemp("blank") / "frontdoor.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(blank_database: Path, tmp_path: Path) -> str:
    target = tmp_path / "frontdoor.db"
    with closing(sqlite3.connect(blank_database)) as blank, closing(sqlite3.connect(target)) as new:
        blank.backup(new)
    return f"sqlite:///{target}"


@pytest.fixture
def console(sqlite_url: str):
    return make_console(sqlite_url)


@pytest.fixture
def desk(console: Any):
    """The console with the meanings of the real vocabulary, so that every fact can be corrected."""
    object.__setattr__(console, "fact_meanings", fact_meanings(console.policies_dir / "facts.yml"))
    return console


@pytest.fixture
async def sign_in(console: Any) -> SignIn:
    """A new browser for each sign-in, so that two officers can work side by side."""
    clients: list[TestClient[Any, Any]] = []

    async def enter(officer: str) -> Browser:
        client = TestClient(TestServer(gateway_with(console)))
        await client.start_server()
        clients.append(client)
        return await Browser(client).sign_in(officer)

    yield enter
    for client in clients:
        await client.close()


@pytest.fixture
def docs() -> Path:
    return Path(__file__).resolve().parents[2] / "docs"
