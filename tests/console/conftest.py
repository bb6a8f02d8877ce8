from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from benchmarks.desk_kit import Browser, SignIn, gateway_with, make_console


@pytest.fixture
def console(sqlite_url: str):
    return make_console(sqlite_url)


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
