"""Problem documents (RFC 9457) in plain words. No answer tells whether somebody else's conversation exists."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from aiohttp import web

PROBLEM_JSON = "application/problem+json"


class Problem(Exception):
    """An anticipated fault in what was asked. Becomes the answer as it stands."""

    def __init__(
        self, status: int, title: str, detail: str, headers: dict[str, str] | None = None, **more: Any
    ) -> None:
        super().__init__(detail)
        self.status, self.title, self.detail = status, title, detail
        self.headers, self.more = headers or {}, more

    def as_data(self) -> dict[str, Any]:
        return {"type": "about:blank", "title": self.title, "status": self.status, "detail": self.detail, **self.more}

    def as_response(self) -> web.Response:
        text = json.dumps(self.as_data(), ensure_ascii=False)
        return web.Response(text=text, status=self.status, content_type=PROBLEM_JSON, headers=self.headers)


def no_conversation() -> Problem:
    return Problem(404, "Not found", "There is no conversation here that this token opens.")


def no_token() -> Problem:
    headers = {"WWW-Authenticate": "Bearer"}
    return Problem(401, "Token needed", "Send the token of the conversation: Authorization: Bearer …", headers)


def not_json() -> Problem:
    return Problem(400, "Not JSON", "The body could not be read as JSON.")


def json_only() -> Problem:
    return Problem(415, "JSON only", "Send the body as application/json.")


def blank() -> Problem:
    return Problem(422, "Nothing to send", "The message is empty. Write something, or choose an answer.")


def too_long(length: int, limit: int) -> Problem:
    detail = f"The message has {length} characters; {limit} fit. Send it in parts."
    return Problem(422, "Message too long", detail)


def too_large(limit: int) -> Problem:
    return Problem(413, "Too large", f"What was sent is larger than {limit} bytes. Send it in parts.")


def not_offered() -> Problem:
    detail = "The last question does not offer this answer. Read the conversation again and choose from it."
    return Problem(422, "Not an answer to this question", detail)


def unknown_authority(name: str, known: Iterable[str]) -> Problem:
    return Problem(
        422, "No such authority", f"There are no rules for {name!r} here, but for: {', '.join(sorted(known))}."
    )


def already_sent() -> Problem:
    detail = "What was sent to the council stays with it. Say in the conversation that you want to withdraw it."
    return Problem(409, "Already sent", detail)


def too_many(wait_s: int, urgent: str) -> Problem:
    detail = f"That was a lot at once. Wait a moment, then try again. {urgent}"
    return Problem(429, "Wait a moment", detail, {"Retry-After": str(wait_s)})


def out_of_order(urgent: str) -> Problem:
    detail = f"Something is wrong on our side. {urgent}"
    return Problem(500, "Not working just now", detail)


def of_http(status: int, reason: str) -> Problem:
    return Problem(
        status, reason, {404: "There is nothing here.", 405: "This cannot be done here."}.get(status, reason)
    )
