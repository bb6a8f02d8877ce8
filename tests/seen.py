"""A conversation as whoever holds it over the public API sees it: what was said, asked and offered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(kw_only=True)
class Seen:
    """`last` is the latest answer of the API, `heard` every message so far."""

    id: str = ""
    token: str = ""
    last: dict[str, Any] = field(default_factory=dict)
    heard: list[dict[str, Any]] = field(default_factory=list)

    def hear(self, answer: dict[str, Any]) -> None:
        self.last = answer
        self.heard += answer["messages"]

    @property
    def words(self) -> str:
        """What was said in the last turn."""
        return "\n".join(message["text"] for message in self.last["messages"])

    @property
    def all_words(self) -> str:
        return "\n".join(message["text"] for message in self.heard)

    @property
    def choices(self) -> list[str]:
        return [choice["id"] for message in self.last["messages"] for choice in message.get("choices") or ()]

    @property
    def fields(self) -> list[dict[str, Any]]:
        return [one for message in self.last["messages"] for one in (message.get("form") or {}).get("fields", ())]

    @property
    def field_names(self) -> set[str]:
        return {one["name"] for one in self.fields}

    @property
    def state(self) -> str:
        return str(self.last["state"])

    @property
    def request(self) -> dict[str, Any]:
        return self.last.get("request") or {}

    @property
    def over(self) -> bool:
        return any(message["kind"] == "outcome" for message in self.heard)
