"""The page in a visitor's own language: what to do in danger, how to leave, and a call with an interpreter.

Each language is one file in `translations/`. `reviewed: false` stays, and the page says so, until
somebody who speaks it signs the words with their name and the day.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from aiohttp import web

from gateway.channels.said import clean
from gateway.channels.webchat import visits
from gateway.channels.webchat.answers import Posted
from gateway.keys import SERVICES
from gateway.packs import deployed
from gateway.pages import PAGES
from gateway.services import Services
from triage.conversation.calling_back import Call, ask_for_call
from triage.desk_ports import StaleRecord
from triage.ports import Conversation

FOLDER = Path(__file__).parent / "translations"
FIELDS = ("phone", "caller", "hours")
KEY_LENGTH = 50
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


def _chosen(request: web.Request) -> Language:
    found = languages().get(request.match_info["code"])
    if found is None:
        raise web.HTTPNotFound
    return found


@routes.get("/in/{code:[a-z]{2}}")
async def show(request: web.Request) -> web.Response:
    return _page(request, _chosen(request))


def _page(request: web.Request, language: Language, status: int = 200, **more: Any) -> web.Response:
    """`key` marks the form, so that pressing twice, or loading the answer again, is asking once."""
    more = {"key": secrets.token_urlsafe(16), **more}
    return request.app[PAGES].response("webchat/language.html", status, language=language, **more)


@routes.post("/in/{code:[a-z]{2}}")
async def call_me(request: web.Request) -> web.Response:
    """A number that is safe to call becomes a request that an officer sees, with the language beside it.

    What is typed in words is screened like any message, also where the number is missing: 999 stands first on the answer
    where danger was heard, and where the screen could not be asked.
    """
    language, services, posted = _chosen(request), request.app[SERVICES], await visits.posted(request)
    await services.rates.one_start(request.remote or "")
    call, key = _call(language, posted), str(posted.get("key", ""))[:KEY_LENGTH]
    id_ = hashlib.sha256(f"call:{key}".encode()).hexdigest()[:32] if key else services.ids.new()
    reference, urgent = await _taken(services, call, id_)
    if not call.is_possible:
        typed = {name: str(posted.get(name, "")) for name in FIELDS}
        more = {"key": key} if key else {}
        return _page(request, language, 422, wrong=True, typed=typed, urgent=urgent, **more)
    return _page(request, language, reference=reference, urgent=urgent)


def _call(language: Language, posted: Posted) -> Call:
    """Nothing is cut off: what stands at the end of a long answer is screened too."""
    phone, caller, hours = (clean(str(posted.get(name, ""))) for name in FIELDS)
    return Call(language.code, language.english, phone, caller or None, hours or None)


async def _taken(services: Services, call: Call, id_: str) -> tuple[str | None, bool]:
    """The reference, and whether 999 comes first. Raises nothing of the bot's: what it could not hear yet is kept."""
    if not (call.is_possible or call.answers):
        return None, False
    threads, conversing = services.conversing.threads, services.conversing
    reference = await threads.run(_keep, services, call, id_)
    heard = await conversing.have_screened(id_)
    return reference, not heard or await threads.run(_danger, services, id_)


def _keep(services: Services, call: Call, id_: str) -> str | None:
    now, settings = services.clock.now(), services.settings
    conversation = Conversation(id_, CLOSED, "web", "family", now, authority=settings.authority, last_at=now)
    packs = deployed(settings.policies_dir)
    try:
        return ask_for_call(services.units, packs, conversation, call, ids=services.ids, at=now)
    except StaleRecord:  # the screen wrote down what it heard at that very moment
        return ask_for_call(services.units, packs, conversation, call, ids=services.ids, at=now)


def _danger(services: Services, id_: str) -> bool:
    with services.units() as unit:
        request = unit.requests.for_conversation(id_)
        return request is not None and request.danger != "none"
