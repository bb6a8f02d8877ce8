"""Teams without Microsoft: our own signing key, its key set on loopback, and a bot that says what the test tells it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import jwt
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm
from microsoft_agents.hosting.core import AnonymousTokenProvider, ConnectionManager
from microsoft_agents.hosting.core.authorization import _entra_issuers

from gateway.channels.bell import Bell
from gateway.channels.bot_client import BotMessage, BotUnavailable
from gateway.channels.conversing import Conversing
from gateway.channels.delivery import Delivery
from gateway.channels.returning import Returning
from gateway.channels.store import ConversationStore
from gateway.channels.teams.agent import FrontDoorAgent
from gateway.channels.teams.routes import PATH, add_routes
from gateway.channels.teams.settings import School, TeamsSettings
from gateway.channels.teams.threads import Thread
from gateway.channels.teams.words import TeamsWords
from gateway.security.rates import Rates
from gateway.settings import Settings
from records.bootstrap import migrate, unit_of_work_factory

APP, TENANT, FOREIGN = "11111111-aaaa-4bbb-8ccc-222222222222", "33333333-aaaa-4bbb-8ccc-444444444444", "55555555-a"
ISSUER = "https://api.botframework.com"
SERVICE = "https://smba.trafficmanager.net/uk/"


@dataclass
class Key:
    kid: str
    private: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))

    def public(self) -> dict[str, Any]:
        return {**RSAAlgorithm.to_jwk(self.private.public_key(), as_dict=True), "kid": self.kid, "use": "sig"}

    def sign(self, kid: str | None = None, **changes: Any) -> str:
        now = int(time.time())
        claims = {"iss": ISSUER, "aud": APP, "iat": now, "nbf": now - 10, "exp": now + 3600, "serviceurl": SERVICE}
        claims = {name: value for name, value in {**claims, **changes}.items() if value is not None}
        return jwt.encode(claims, self.private, algorithm="RS256", headers={"kid": kid or self.kid})


@pytest.fixture(scope="session")
def key() -> Key:
    return Key("ours")


@pytest.fixture
async def key_set(key: Key, monkeypatch: pytest.MonkeyPatch):
    app = web.Application()

    async def keys(_: web.Request) -> web.Response:
        return web.json_response({"keys": [key.public()]})

    app.router.add_get("/keys", keys)
    server = TestServer(app)
    await server.start_server()
    monkeypatch.setitem(_entra_issuers.BOTFRAMEWORK_JWKS_URIS, ISSUER, str(server.make_url("/keys")))
    yield server
    await server.close()


@dataclass
class ScriptedBot:
    """Answers each turn with the next messages of its script; remembers what it was told."""

    script: list[list[BotMessage]] = field(default_factory=list)
    heard: list[Any] = field(default_factory=list)
    down: bool = False

    async def turn(self, conversation: Any, message: Any) -> list[BotMessage]:
        if self.down:
            raise BotUnavailable("down for the test")
        self.heard.append(message)
        return self.script.pop(0) if self.script else [BotMessage(text="Thank you.")]

    async def forget(self, conversation_id: str) -> None:
        if self.down:
            raise BotUnavailable("down for the test")


class ThreadsInMemory:
    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], Thread] = {}

    def get(self, tenant: str, chat: str) -> Thread | None:
        return self.kept.get((tenant, chat))

    def put(self, thread: Thread) -> None:
        self.kept[(thread.tenant, thread.chat)] = thread


class Now:
    def now(self) -> datetime:
        return datetime.now(UTC)


class Ids:
    def new(self) -> str:
        return uuid4().hex


class OurTokens(AnonymousTokenProvider):
    """Stands for Microsoft's sign-in, which is out of reach: what we would sign our answers with."""

    async def get_access_token(self, resource_url: str, scopes: list[str], force_refresh: bool = False) -> str:
        return "a-token"


@pytest.fixture
def bot() -> ScriptedBot:
    return ScriptedBot([[BotMessage(text="Tell me what is going on.", kind="question")]])


@pytest.fixture
def settings() -> TeamsSettings:
    schools = {TENANT: School(name="Elm Primary", authority="warwickshire")}
    return TeamsSettings(app_id=APP, tenant_id=TENANT, tenants=(TENANT,), schools=schools)


@pytest.fixture
def message_rate() -> str:
    """A test may say otherwise."""
    return "1000/minute"


@pytest.fixture
async def teams(bot, settings, sqlite_url, key_set, message_rate, monkeypatch):
    migrate(sqlite_url)
    store = ConversationStore(unit_of_work_factory(sqlite_url), Now(), Ids())
    conversing = Conversing(store, Delivery(store, bot, Bell()), lambda _: "Ring 999 in danger. Kept.", 5)
    monkeypatch.setattr(
        "gateway.channels.teams.routes.connections",
        lambda _, known: ConnectionManager(lambda _: OurTokens(), {"SERVICE_CONNECTION": known}),
    )
    app = web.Application(client_max_size=64 * 1024)
    agent = FrontDoorAgent(
        conversing, ThreadsInMemory(), Returning(store.units, Now()), settings, TeamsWords(), "https://help.example",
        Rates.of(Settings(message_rate=message_rate)),
    )  # fmt: skip
    add_routes(app, agent, settings)
    async with TestClient(TestServer(app)) as client:
        client.store = store
        yield client


def activity(**changes: Any) -> dict[str, Any]:
    return {
        "type": "message", "id": uuid4().hex, "channelId": "msteams", "serviceUrl": SERVICE, "deliveryMode": "expectReplies",
        "from": {"id": "29:abc", "aadObjectId": "77777777-a", "name": "A. Teacher"},
        "recipient": {"id": "28:bot"},
        "conversation": {"id": "a:chat1", "tenantId": TENANT, "conversationType": "personal"},
        "text": "hello", **changes,
    }  # fmt: skip


@pytest.fixture
def post(teams, key) -> Callable[..., Any]:
    async def send(body: Any = None, token: str | None = "", headers: dict[str, str] | None = None):
        sent = {} if token is None else {"Authorization": f"Bearer {token or key.sign()}"}
        return await teams.post(PATH, json=activity() if body is None else body, headers={**sent, **(headers or {})})

    return send


@pytest.fixture
def say(post) -> Callable[..., Any]:
    """Send one activity; the texts and cards that come back."""

    async def exchange(**changes: Any) -> list[dict[str, Any]]:
        response = await post(activity(**changes))
        assert response.status == 200, await response.text()
        return (await response.json())["activities"]

    return exchange
