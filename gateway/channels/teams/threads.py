"""Which conversation a Teams chat is about now, and whose chat it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Thread:
    """One person's chat with the bot. `token` opens the conversation it is about; both change when a new one begins."""

    tenant: str
    chat: str  # Teams' own conversation id
    user: str  # the person's directory id in that tenant
    conversation_id: str
    token: str


class Threads(Protocol):
    """Blocking: call from a thread."""

    def get(self, tenant: str, chat: str) -> Thread | None: ...
    def put(self, thread: Thread) -> None: ...
