"""Only Microsoft, for us, with a token that ends, from a tenant on the list."""

from __future__ import annotations

import logging
import time

import jwt
import pytest

from gateway.channels.teams.routes import PATH
from gateway.channels.teams.settings import TeamsSettings
from tests.gateway.teams.conftest import APP, FOREIGN, ISSUER, SERVICE, Key, activity

HOUR = 3600


async def test_a_signed_activity_of_a_known_tenant_is_answered(post):
    assert (await post()).status == 200


def now() -> int:
    return int(time.time())


@pytest.mark.parametrize(
    "claims",
    [
        pytest.param({"aud": "somebody-else"}, id="wrong audience"),
        pytest.param({"aud": ["a", "b"]}, id="a list of other audiences"),
        pytest.param({"exp": now() - HOUR}, id="expired"),
        pytest.param({"exp": None}, id="no expiry"),
        pytest.param({"nbf": now() + HOUR}, id="not yet valid"),
        pytest.param({"iss": "https://evil.example"}, id="unknown issuer"),
        pytest.param({"serviceurl": "https://evil.example/"}, id="another service's address in the token"),
    ],
)
async def test_a_token_with_wrong_claims_is_refused(post, key, claims):
    assert (await post(token=key.sign(**claims))).status == 401


async def test_no_header_is_refused(post):
    assert (await post(token=None)).status == 401


@pytest.mark.parametrize("header", ["Basic abc", "Bearer", "Bearer not-a-token", "Bearer a b"])
async def test_a_header_that_is_no_token_is_refused(post, header):
    assert (await post(token=None, headers={"Authorization": header})).status == 401


async def test_a_stranger_with_our_key_name_is_refused(post):
    assert (await post(token=Key("ours").sign())).status == 401


async def test_an_unknown_key_is_refused(post, key):
    assert (await post(token=key.sign(kid="theirs"))).status == 401


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
async def test_a_token_signed_in_another_way_is_refused(post, algorithm):
    claims = {"iss": ISSUER, "aud": APP, "exp": now() + HOUR, "serviceurl": SERVICE}
    secret = "" if algorithm == "none" else "a shared secret of some good length"
    token = jwt.encode(claims, secret or None, algorithm=algorithm, headers={"kid": "ours"})
    assert (await post(token=token)).status == 401


@pytest.mark.parametrize("address", ["https://evil.example/", "http://127.0.0.1/", "http://smba.trafficmanager.net/"])
async def test_an_answer_is_never_sent_to_another_address(post, address):
    assert (await post(activity(serviceUrl=address))).status == 401


async def test_a_foreign_tenant_is_refused(post):
    chat = {"id": "a:chat1", "tenantId": FOREIGN}
    response = await post(activity(conversation=chat))
    assert response.status == 403
    assert "organisation" in (await response.json())["error"]


async def test_a_chat_without_a_tenant_is_refused(post):
    assert (await post(activity(conversation={"id": "a:chat1"}))).status == 403


@pytest.mark.parametrize(
    "body",
    [{}, [], "text", {"type": "message"}, {**activity(), "conversation": "secret words"}, {**activity(), "type": 7}],
)
async def test_a_malformed_activity_is_a_400_and_its_content_reaches_no_log(post, caplog, body):
    caplog.set_level(logging.DEBUG)
    assert (await post(body)).status == 400
    assert "secret words" not in caplog.text


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[" * 50_000], ids=["nothing", "half", "no text", "too deep"])
async def test_what_is_no_json_is_a_400(teams, key, body):
    headers = {"Authorization": f"Bearer {key.sign()}", "Content-Type": "application/json"}
    assert (await teams.post(PATH, data=body, headers=headers)).status == 400


async def test_a_body_that_is_too_large_is_refused(post):
    assert (await post(activity(text="x" * 100_000))).status == 413


async def test_no_message_text_reaches_the_log(say, caplog):
    caplog.set_level(logging.DEBUG)
    await say(text="Kezia was hurt")
    assert "Kezia" not in caplog.text


def test_anonymous_mode_stays_on_loopback():
    with pytest.raises(ValueError, match="one machine only"):
        TeamsSettings(anonymous=True, host="0.0.0.0")


def test_the_channel_is_off_until_an_app_is_named():
    assert not TeamsSettings().is_on
