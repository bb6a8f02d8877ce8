"""The page in a visitor's own language: what to do in danger, how to leave, and a call with an interpreter.

Each language is one file in `translations/`. `reviewed: false` stays, and the page says so, until
somebody who speaks it signs the words with their name and the day.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from aiohttp import web

from gateway.channels.said import clean
from gateway.channels.webchat import visits
from gateway.channels.webchat.answers import Posted
from gateway.keys import SERVICES
from gateway.pages import PAGES
from gateway.services import Services
from policies.engine import PolicySet
from triage.conversation.calling_back import Call, ask_for_call
from triage.conversation.plausible import looks_like_phone
from triage.ports import Conversation

FOLDER = Path(__file__).parent / "translations"
LONGEST = 120  # characters of one field
CLOSED = "-"  # no token opens this conversation: there is nothing to come back to

routes = web.RouteTableDef()


@dataclass(frozen=True, slots=True)
class Language:
    """`reviewed` is false, or who signed the words and when."""

    code: str
    name: str
    english: str
    dir: str
    reviewed: bool | str
    words: Mapping[str, str]


@lru_cache(maxsize=1)
def languages() -> Mapping[str, Language]:
    """By code, in the order of their names in English."""
    found = [Language(code=path.stem, **yaml.safe_load(path.read_text("utf-8"))) for path in FOLDER.glob("*.yml")]
    return {one.code: one for one in sorted(found, key=lambda one: one.english)}


@lru_cache(maxsize=1)
def _policies(folder: Path) -> PolicySet:
    return PolicySet.load(folder)


def _chosen(request: web.Request) -> Language:
    found = languages().get(request.match_info["code"])
    if found is None:
        raise web.HTTPNotFound
    return found


@routes.get("/in/{code:[a-z]{2}}")
async def show(request: web.Request) -> web.Response:
    return request.app[PAGES].response("webchat/language.html", language=_chosen(request))


@routes.post("/in/{code:[a-z]{2}}")
async def call_me(request: web.Request) -> web.Response:
    """A number that is safe to call becomes a request that an officer sees, with the language beside it."""
    language, services, posted = _chosen(request), request.app[SERVICES], await visits.posted(request)
    await services.rates.one_start(request.remote or "")
    call = _call(language, posted)
    if not looks_like_phone(call.phone):
        typed = {name: str(posted.get(name, "")) for name in ("phone", "caller", "hours")}
        return request.app[PAGES].response("webchat/language.html", 422, language=language, wrong=True, typed=typed)
    reference = await asyncio.to_thread(_keep, services, call)
    return request.app[PAGES].response("webchat/language.html", language=language, reference=reference)


def _call(language: Language, posted: Posted) -> Call:
    phone, caller, hours = (clean(str(posted.get(name, "")))[:LONGEST] for name in ("phone", "caller", "hours"))
    return Call(language.code, language.english, phone, caller or None, hours or None)


def _keep(services: Services, call: Call) -> str:
    now, settings = services.clock.now(), services.settings
    conversation = Conversation(
        services.ids.new(), CLOSED, "web", "family", now, authority=settings.authority, last_at=now
    )
    packs = _policies(settings.policies_dir)
    return ask_for_call(services.units, packs, conversation, call, ids=services.ids, at=now)
