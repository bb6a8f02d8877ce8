"""The API described as OpenAPI 3.1, from the same shapes that check it."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from gateway.api import directory_openapi as directory
from gateway.api.shapes import NewConversation, NewMessage

_REF = "#/components/schemas/{model}"
_BASE = "/api/v1/conversations"

_CHOICE = {
    "type": "object",
    "required": ["id", "label"],
    "properties": {"id": {"type": "string"}, "label": {"type": "string"}},
}
_MESSAGE = {
    "type": "object",
    "required": ["id", "text", "choices", "kind"],
    "properties": {
        "id": {"type": "string"},
        "text": {"type": "string"},
        "choices": {"type": "array", "items": {"$ref": "#/components/schemas/Choice"}},
        "kind": {"enum": ["question", "statement", "safety", "summary", "outcome"]},
        "form": {"type": "object", "description": "fields asked at once; see docs/explanation/how-a-turn-works.md"},
        "data": {"type": "object"},
    },
}
_STANDING: dict[str, Any] = {
    "state": {"enum": ["open", "sent", "left", "closed"]},
    "request": {
        "type": "object",
        "properties": {
            "reference": {"type": "string"},
            "route": {"type": "string"},
            "level": {"type": "string", "description": "told to professionals only"},
        },
    },
}
_MESSAGES = {"type": "array", "items": {"$ref": "#/components/schemas/Message"}}
_TURN = {"type": "object", "required": ["messages", "state"], "properties": {"messages": _MESSAGES, **_STANDING}}
_BEGUN = {
    "type": "object",
    "required": ["id", "token", "messages"],
    "properties": {"id": {"type": "string"}, "token": {"type": "string"}, "messages": _MESSAGES, **_STANDING},
}
_PROBLEM = {
    "type": "object",
    "required": ["title", "status", "detail"],
    "properties": {k: {"type": "string"} for k in ("type", "title", "detail")} | {"status": {"type": "integer"}},
}


@cache
def document() -> dict[str, Any]:
    return {
        "openapi": "3.1.0",
        "info": {"title": "Front Door", "version": "1", "description": "Hold one conversation with the front door."},
        "paths": _paths(),
        "components": {"schemas": _schemas(), "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
    }


def _schemas() -> dict[str, Any]:
    models: list[tuple[type[BaseModel], Any]] = [(NewConversation, "validation"), (NewMessage, "validation")]
    _, schema = models_json_schema(models, ref_template=_REF)
    own = {"Choice": _CHOICE, "Message": _MESSAGE, "Turn": _TURN, "Begun": _BEGUN, "Problem": _PROBLEM}
    return {**schema["$defs"], **own, **directory.schemas()}


def _paths() -> dict[str, Any]:
    one = [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}]
    token: list[dict[str, list[str]]] = [{"token": []}]
    return {
        _BASE: {"post": _call("Begin a conversation", "201", "Begun", body="NewConversation")},
        _BASE + "/{id}/messages": {
            "parameters": one,
            "post": _call("Say something", "200", "Turn", body="NewMessage") | {"security": token},
        },
        _BASE + "/{id}": {
            "parameters": one,
            "get": _call("Read the conversation so far", "200", "Turn") | {"security": token},
            "delete": _call("Leave, and erase what was never sent", "204", None) | {"security": token},
        },
        **directory.paths(),
    }


def _call(summary: str, status: str, answer: str | None, body: str | None = None) -> dict[str, Any]:
    good: dict[str, Any] = {"description": summary}
    if answer:
        good["content"] = {"application/json": {"schema": _ref(answer)}}
    fault = {
        "description": "A problem, in plain words",
        "content": {"application/problem+json": {"schema": _ref("Problem")}},
    }
    call: dict[str, Any] = {"summary": summary, "responses": {status: good, "default": fault}}
    if body:
        call["requestBody"] = {"required": True, "content": {"application/json": {"schema": _ref(body)}}}
    return call


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}
