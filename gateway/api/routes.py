"""The calls of the API. Each adapts a request to the shared use case and its result to JSON."""

from __future__ import annotations

import json
from typing import TypeVar

from aiohttp import web
from pydantic import BaseModel, ValidationError

from gateway.api import problems
from gateway.api.openapi import document
from gateway.api.shapes import NewConversation, NewMessage, conversation_data, exchange_data
from gateway.channels.said import Said, clean, clean_answers
from gateway.channels.store import AlreadySent, NoSuchConversation, NotOffered
from gateway.keys import SERVICES

BASE = "/api/v1/conversations"
Body = TypeVar("Body", bound=BaseModel)

routes = web.RouteTableDef()


@routes.post(BASE)
async def begin(request: web.Request) -> web.Response:
    services = request.app[SERVICES]
    await services.rates.one_start(request.remote or "")
    new = await _body(request, NewConversation)
    if new.authority is not None and new.authority not in services.authorities:
        raise problems.unknown_authority(new.authority, services.authorities)
    authority = new.authority or services.settings.authority
    begun = await services.conversing.begin(new.channel, new.audience, authority, new.language)
    conversation = begun.exchange.held.conversation
    data = {"id": conversation.id, "token": begun.token, **exchange_data(begun.exchange)}
    return web.json_response(data, status=201, headers={"Location": f"{BASE}/{conversation.id}"})


@routes.post(BASE + "/{id}/messages")
async def say(request: web.Request) -> web.Response:
    services, conversation_id, token = request.app[SERVICES], request.match_info["id"], _token(request)
    await services.rates.one_message(conversation_id)
    said = _said(await _body(request, NewMessage), services.settings.text_limit)
    try:
        exchange = await services.conversing.say(conversation_id, token, said)
    except NoSuchConversation:
        raise problems.no_conversation() from None
    except NotOffered:
        raise problems.not_offered() from None
    return web.json_response(exchange_data(exchange))


@routes.get(BASE + "/{id}")
async def read(request: web.Request) -> web.Response:
    try:
        held = await request.app[SERVICES].conversing.read(request.match_info["id"], _token(request))
    except NoSuchConversation:
        raise problems.no_conversation() from None
    return web.json_response(conversation_data(held))


@routes.delete(BASE + "/{id}")
async def leave(request: web.Request) -> web.Response:
    """204 where all is erased; 200 where it is left, but staff must still read a sign of danger."""
    conversing, token = request.app[SERVICES].conversing, _token(request)
    try:
        forgotten = await conversing.forget(request.match_info["id"], token)
    except NoSuchConversation:
        raise problems.no_conversation() from None
    except AlreadySent:
        raise problems.already_sent() from None
    if forgotten:
        return web.Response(status=204)
    detail = "You have left. Staff will still read what was said, because somebody may not be safe."
    return web.json_response({"forgotten": False, "detail": detail})


@routes.get("/api/openapi.json")
async def openapi(_request: web.Request) -> web.Response:
    return web.json_response(document())


def _token(request: web.Request) -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise problems.no_token()
    return token.strip()


async def _body(request: web.Request, shape: type[Body]) -> Body:
    if request.content_type != "application/json":
        raise problems.json_only()
    try:
        data = json.loads(await request.read())
    except (ValueError, RecursionError):
        raise problems.not_json() from None
    try:
        return shape.model_validate(data)
    except ValidationError as error:
        faults = error.errors(include_input=False, include_url=False, include_context=False)
        errors = [{"field": ".".join(map(str, f["loc"])), "detail": f["msg"]} for f in faults]
        raise problems.Problem(
            422, "Not understood", "Some of it is missing or of the wrong kind.", errors=errors
        ) from None


def _said(new: NewMessage, limit: int) -> Said:
    if len(new.text or "") > limit:
        raise problems.too_long(len(new.text or ""), limit)
    if sum(x is not None for x in (new.text, new.choice, new.answers)) > 1:
        raise problems.Problem(422, "One at a time", "Send either text, or a choice, or answers.")
    said = Said(clean(new.text or ""), new.choice, clean_answers(new.answers or {}), new.key)
    if said.is_blank:
        raise problems.blank()
    return said
