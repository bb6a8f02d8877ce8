"""Somebody telephones: the operator types into the very same conversation, with the very same questions and rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import web

from gateway.channels.conversing import Conversing
from gateway.channels.said import Said
from gateway.channels.store import NoSuchConversation, NotOffered
from gateway.channels.transcript import asked, shown
from gateway.console.visit import NotFound, Route, Visit
from triage.deciding import ChoiceIncomplete
from triage.permissions import Permission
from triage.ports import StoredMessage

AUDIENCES = {"family": "Somebody of the family", "professional": "A professional"}


def start(visit: Visit) -> web.Response:
    return visit.page("phone.html", audiences=AUDIENCES)


def begin(visit: Visit) -> web.Response:
    audience = visit.form.get("audience", "")
    if audience not in AUDIENCES:
        raise ChoiceIncomplete({"audience": "Say who is calling."})
    authority = visit.form.get("authority", "").strip() or None
    begun = visit.wait_for(_conversing(visit).begin("phone", audience, authority))
    id_ = begun.exchange.held.conversation.id
    _note(visit, id_, "call.begun")
    return _page(visit, id_, begun.token)


def say(visit: Visit) -> web.Response:
    """What the caller said or chose. The page's own key makes a repeated send the same message."""
    form, id_ = visit.form, visit.path["conversation_id"]
    said = Said(form.get("text", ""), form.get("choice") or None, _answers(visit), form.get("key"))
    if said.is_blank:
        raise ChoiceIncomplete({"text": "Type what the caller says, or press one of the answers."})
    try:
        visit.wait_for(_conversing(visit).say(id_, form.get("token", ""), said))
    except (NoSuchConversation, NotOffered):
        raise NotFound from None
    return _page(visit, id_, form.get("token", ""))


def _answers(visit: Visit) -> Mapping[str, Any]:
    names = [name for name in visit.form if name.startswith("field:")]
    many = {name.removeprefix("field:"): list(visit.many[name]) for name in names if visit.form.get(f"many:{name}")}
    one = {name.removeprefix("field:"): _one(visit, name) for name in names if name.removeprefix("field:") not in many}
    return {**one, **many}


def _one(visit: Visit, name: str) -> str:
    """A day as it was picked; where nobody knows the day, the caller's own words for when."""
    return visit.form[name] or visit.form.get(f"about:{name}", "")


def _conversing(visit: Visit) -> Conversing:
    if visit.console.conversing is None:
        raise NotFound
    return visit.console.conversing


def _page(visit: Visit, id_: str, token: str) -> web.Response:
    messages = visit.wait_for(_conversing(visit).read(id_, token)).messages
    said: list[StoredMessage] = shown(messages)
    return visit.page(
        "call.html", conversation_id=id_, token=token, messages=said, on_offer=asked(messages),
        key=visit.console.ids.new(),
    )  # fmt: skip


def _note(visit: Visit, conversation_id: str, action: str) -> None:
    with visit.console.units() as unit:
        unit.audit(visit.console.event(visit.actor, action, f"conversation:{conversation_id}"))
        unit.commit()


ROUTES = (
    Route("GET", "/phone", Permission.ENTER_BY_PHONE, start),
    Route("POST", "/phone", Permission.ENTER_BY_PHONE, begin),
    Route("POST", "/phone/{conversation_id}", Permission.ENTER_BY_PHONE, say),
)
