"""Signing in with the council's account: OpenID Connect, authorisation code with PKCE; state, nonce and audience checked."""

from __future__ import annotations

import asyncio
import json
import secrets
from typing import Any
from urllib.parse import urlsplit

import httpx2
from aiohttp import web
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.base_client import BaseApp
from authlib.integrations.base_client.async_app import AsyncOAuth2Mixin
from authlib.integrations.base_client.async_openid import AsyncOpenIDMixin
from authlib.integrations.httpx_client import AsyncOAuth2Client
from joserfc.errors import JoseError

from gateway.console import sessions
from gateway.console.guard import CONSOLE
from gateway.console.services import Console
from gateway.console.signin import enter
from gateway.console.templating import render
from gateway.security.compare import same_secret
from triage.permissions import Officer, Role

ATTEMPT = "frontdoor_signing_in"
ATTEMPT_S = 600
CALLBACK = "/console/sign-in/council/back"


class CouncilAccount(AsyncOAuth2Mixin, AsyncOpenIDMixin, BaseApp):
    """Authlib's client without a web framework around it."""

    client_cls = AsyncOAuth2Client  # type: ignore[assignment]  # None in the base, for a class to fill in


PROVIDER: web.AppKey[CouncilAccount] = web.AppKey("provider", CouncilAccount)


def add_routes(app: web.Application) -> None:
    settings = app[CONSOLE].settings
    if not settings.issuer:
        return
    app[PROVIDER] = CouncilAccount(  # type: ignore[no-untyped-call]  # Authlib has no types
        None, name="council", client_id=settings.client_id, client_secret=settings.client_secret or None,
        server_metadata_url=settings.issuer.rstrip("/") + "/.well-known/openid-configuration",
        client_kwargs={"scope": "openid profile email", "code_challenge_method": "S256"},
    )  # fmt: skip
    app.router.add_get("/sign-in/council", leave_for_the_council)
    app.router.add_get("/sign-in/council/back", come_back)


async def leave_for_the_council(request: web.Request) -> web.Response:
    """A fresh state, nonce and verifier for this attempt, kept in a short-lived cookie that no script can read."""
    console, provider = request.app[CONSOLE], request.app[PROVIDER]
    nonce, state = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
    back = _back(console, request)
    try:
        made = await provider.create_authorization_url(back, nonce=nonce, state=state)  # type: ignore[no-untyped-call]  # as above
    except httpx2.HTTPError:
        return _refuse("The council's sign-in cannot be reached. Try again in a few minutes.", 503)
    response = web.Response(status=303, headers={"Location": made["url"]})
    kept = json.dumps({"state": state, "nonce": nonce, "verifier": made["code_verifier"]})
    response.set_cookie(
        ATTEMPT, kept, max_age=ATTEMPT_S, path="/console/sign-in", httponly=True, samesite="Lax",
        secure=console.settings.secure_cookies,
    )  # fmt: skip
    return response


async def come_back(request: web.Request) -> web.Response:
    console = request.app[CONSOLE]
    try:
        subject = await _subject(request)
    except (AuthlibBaseError, JoseError, httpx2.HTTPError, Refused) as error:
        await asyncio.to_thread(_note_refusal, console, type(error).__name__)
        return _refuse("The council's sign-in could not be checked. Start again.")
    officer = await asyncio.to_thread(_officer, console, subject)
    if officer is None:
        await asyncio.to_thread(_note_refusal, console, "no such officer")
        return _refuse("Your account is known to the council but has no place here. Ask an administrator.")
    token = await asyncio.to_thread(sessions.begin, console, officer, "council account")
    response = enter(console, token, officer)
    response.del_cookie(ATTEMPT, path="/console/sign-in")
    return response


class Refused(Exception):
    """What came back does not belong to an attempt that this browser began."""


async def _subject(request: web.Request) -> dict[str, Any]:
    console, provider = request.app[CONSOLE], request.app[PROVIDER]
    kept = _attempt(request)
    if not same_secret(request.query.get("state", ""), str(kept["state"])):
        raise Refused("state")
    if not request.query.get("code"):
        raise Refused("no code")
    token = await provider.fetch_access_token(  # type: ignore[no-untyped-call]  # as above
        _back(console, request), code=request.query["code"], code_verifier=kept["verifier"]
    )
    # the audience must be named: without this Authlib takes a token of another client whose azp is ours
    audience = {
        "iss": {"essential": True, "values": [console.settings.issuer]},
        "aud": {"essential": True, "value": console.settings.client_id},
        "exp": {"essential": True},
        "sub": {"essential": True},
    }
    parse = provider.parse_id_token
    claims = await parse(token, nonce=kept["nonce"], claims_options=audience)  # type: ignore[no-untyped-call]  # as above
    if claims is None:
        raise Refused("no id token")
    return dict(claims)


def _attempt(request: web.Request) -> dict[str, Any]:
    try:
        kept = json.loads(request.cookies.get(ATTEMPT, ""))
    except ValueError:
        raise Refused("no attempt") from None
    if not isinstance(kept, dict) or not {"state", "nonce", "verifier"} <= kept.keys():
        raise Refused("no attempt")
    return kept


def _officer(console: Console, claims: dict[str, Any]) -> Officer | None:
    """An account must have been entered here by an administrator: the council's sign-in alone gives no role.

    Exception: while nobody is entered, the one account named in the settings becomes the first administrator.
    """
    subject = str(claims["sub"])
    with console.units() as unit:
        officer = unit.desk.officers.get(subject)
        if officer is None and console.settings.first_administrator == subject and not unit.desk.officers.all():
            officer = Officer(subject, str(claims.get("name") or subject), frozenset({Role.ADMINISTRATOR}))
            event = console.event("system", "officer.saved", f"officer:{subject}", "first administrator")
            unit.desk.officers.save(officer, event)
            unit.commit()
    return officer if officer and officer.active else None


def _note_refusal(console: Console, why: str) -> None:
    with console.units() as unit:
        unit.audit(console.event("unknown", "sign_in.refused", "page:/console/sign-in", why))
        unit.commit()


def _back(console: Console, request: web.Request) -> str:
    origin = console.settings.origin or f"{request.scheme}://{request.host}"
    parts = urlsplit(origin)
    return f"{parts.scheme}://{parts.netloc}{CALLBACK}"


def _refuse(why: str, status: int = 403) -> web.Response:
    text = render("sign_in.html", accounts=(), oidc=True, problem=why)
    return web.Response(text=text, content_type="text/html", charset="utf-8", status=status)
