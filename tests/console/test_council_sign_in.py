"""Signing in with the council's account, against a provider that this test runs itself and can make lie."""

from __future__ import annotations

import base64
import hashlib
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from joserfc import jwt
from joserfc.jwk import RSAKey

from benchmarks.desk_kit import gateway_with, make_console
from triage.permissions import Officer, Role

CLIENT = "front-door"
KEY, OTHER_KEY = RSAKey.generate_key(2048, {"kid": "k1"}), RSAKey.generate_key(2048, {"kid": "k1"})


@dataclass
class Provider:
    """A small OpenID Connect provider. `lies` overrides claims; `key` signs; what it was asked is remembered."""

    issuer: str = ""
    subject: str = "s-123"
    lies: dict[str, Any] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: KEY)
    algorithm: str = "RS256"
    asked: dict[str, str] = field(default_factory=dict)
    traded: dict[str, str] = field(default_factory=dict)

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/.well-known/openid-configuration", self.about)
        app.router.add_get("/keys", self.keys)
        app.router.add_post("/token", self.token)
        return app

    async def about(self, request: web.Request) -> web.Response:
        return web.json_response({
            "issuer": self.issuer, "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token", "jwks_uri": f"{self.issuer}/keys",
            "id_token_signing_alg_values_supported": ["RS256"],
        })  # fmt: skip

    async def keys(self, request: web.Request) -> web.Response:
        return web.json_response({"keys": [KEY.as_dict(private=False)]})

    async def token(self, request: web.Request) -> web.Response:
        self.traded = dict(await request.post())
        digest = hashlib.sha256(self.traded.get("code_verifier", "").encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != self.asked["code_challenge"]:
            return web.json_response({"error": "invalid_grant"}, status=400)
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "sub": self.subject, "name": "Ola Nowak", "iat": now,
                  "exp": now + 300, "nonce": self.asked["nonce"], **self.lies}  # fmt: skip
        claims = {name: value for name, value in claims.items() if value is not None}
        id_token = jwt.encode({"alg": self.algorithm, "kid": "k1"}, claims, self.key)
        return web.json_response({"access_token": "a", "token_type": "Bearer", "id_token": id_token})


@pytest.fixture
async def provider():
    made = Provider()
    async with TestServer(made.app()) as server:
        made.issuer = str(server.make_url("")).rstrip("/")
        yield made


@pytest.fixture
async def desk(provider, sqlite_url):
    console = make_console(sqlite_url, demo=False, issuer=provider.issuer, client_id=CLIENT)
    with console.units() as unit:
        officer = Officer("s-123", "Ola Nowak", frozenset({Role.OFFICER}))
        unit.desk.officers.save(officer, console.event("test", "officer.saved", "officer:s-123"))
        unit.commit()
    async with TestClient(TestServer(gateway_with(console))) as client:
        yield console, client


async def attempt(provider: Provider, client: TestClient, **query: str) -> Any:
    """Leave for the council and come back with a code. Anything in `query` replaces what comes back."""
    away = await client.get("/console/sign-in/council", allow_redirects=False)
    sent = urlsplit(away.headers["Location"])
    provider.asked = {name: values[0] for name, values in parse_qs(sent.query).items()}
    back = {"code": "c", "state": provider.asked["state"], **query}
    return await client.get("/console/sign-in/council/back", params=back, allow_redirects=False)


async def test_a_known_account_comes_in_with_pkce_state_and_nonce(provider, desk):
    _, client = desk
    answer = await attempt(provider, client)
    assert answer.headers["Location"] == "/console"
    assert provider.asked["code_challenge_method"] == "S256"
    assert len(provider.asked["nonce"]) > 20
    assert len(provider.traded["code_verifier"]) >= 43
    page = await (await client.get("/console")).text()
    assert "Ola Nowak" in page


async def test_an_account_that_nobody_entered_here_has_no_place(provider, desk):
    _, client = desk
    provider.subject = "somebody-else"
    assert (await attempt(provider, client)).status == 403


async def test_the_first_administrator_is_the_one_named_and_only_while_nobody_is_entered(provider, sqlite_url):
    console = make_console(
        sqlite_url, demo=False, issuer=provider.issuer, client_id=CLIENT, first_administrator="s-123"
    )
    async with TestClient(TestServer(gateway_with(console))) as client:
        provider.subject = "stranger"
        assert (await attempt(provider, client)).status == 403
        provider.subject = "s-123"
        assert (await attempt(provider, client)).headers["Location"] == "/console/officers"


LIES = {
    "another audience": {"lies": {"aud": "another-client"}},
    "another audience with our azp": {"lies": {"aud": ["another-client"], "azp": CLIENT}},
    "another issuer": {"lies": {"iss": "https://evil.example"}},
    "another nonce": {"lies": {"nonce": "replayed"}},
    "no nonce": {"lies": {"nonce": None}},
    "an old token": {"lies": {"exp": 1_000_000_000}},
    "no end": {"lies": {"exp": None}},
    "no subject": {"lies": {"sub": None}},
    "another key": {"key": OTHER_KEY},
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES.keys())
async def test_a_token_that_lies_is_refused_and_the_refusal_is_on_record(provider, desk, lie):
    console, client = desk
    for name, value in lie.items():
        setattr(provider, name, value)
    answer = await attempt(provider, client)
    assert answer.status == 403
    assert "frontdoor_officer" not in answer.cookies
    with console.units() as unit:
        assert unit.desk.trail.count(text="sign_in.refused") == 1


@pytest.mark.parametrize(
    "query", [{"state": "forged"}, {"state": ""}, {"state": "é🦆"}, {"error": "access_denied", "code": ""}]
)
async def test_what_does_not_belong_to_this_attempt_is_refused(provider, desk, query):
    _, client = desk
    answer = await attempt(provider, client, **query)
    assert answer.status == 403
    assert "frontdoor_officer" not in answer.cookies


async def test_coming_back_without_having_left_is_refused(provider, desk):
    _, client = desk
    answer = await client.get("/console/sign-in/council/back?code=c&state=s", allow_redirects=False)
    assert answer.status == 403


async def test_a_provider_that_is_down_gives_a_plain_answer(provider, sqlite_url):
    console = make_console(sqlite_url, demo=False, issuer="http://127.0.0.1:9", client_id=CLIENT)
    async with TestClient(TestServer(gateway_with(console))) as client:
        answer = await client.get("/console/sign-in/council", allow_redirects=False)
        assert answer.status == 503
        assert "cannot be reached" in await answer.text()
