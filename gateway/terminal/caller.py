"""One person's use of the API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx2

BASE = "/api/v1/conversations"


class Refused(Exception):
    """The service answered with a problem. Its words are fit to be shown."""


@dataclass(frozen=True, slots=True)
class Caller:
    http: httpx2.Client
    id: str
    token: str

    def send(self, body: Mapping[str, Any]) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self.token}"}
        return _data(self.http.post(f"{BASE}/{self.id}/messages", json=body, headers=headers))


def begin(http: httpx2.Client, audience: str, authority: str | None) -> tuple[Caller, dict[str, Any]]:
    body = {"channel": "terminal", "audience": audience} | ({"authority": authority} if authority else {})
    data = _data(http.post(BASE, json=body))
    return Caller(http, data["id"], data["token"]), data


def _data(response: httpx2.Response) -> dict[str, Any]:
    data: dict[str, Any] = response.json()
    if response.is_error:
        raise Refused(f"{data.get('title')}: {data.get('detail')}")
    return data
