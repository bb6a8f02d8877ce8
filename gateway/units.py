"""Transactions on the records as the gateway is handed them: the conversation, the officers' desk and the door in one.

The type checker shows at the composition root that what the records offer fits; nothing here is ever cast.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from triage.desk_ports import DeskUnit


class Door(Protocol):
    """Teams chats, and codes to come back with (both hold secrets: see `records.door`)."""

    def thread(self, tenant: str, chat: str) -> tuple[str, str, str, str, str] | None:
        """Tenant, chat, user, conversation id, token."""
        ...

    def put_thread(self, row: tuple[str, str, str, str, str]) -> None: ...
    def add_code(self, code_hash: str, conversation_id: str, made_at: datetime, ends_at: datetime) -> None: ...
    def use_code(self, code_hash: str, now: datetime) -> str | None:
        """The conversation that the code opens, once; None where it is unknown, used or over."""
        ...


class Unit(DeskUnit, Protocol):
    """One transaction with everything that the gateway keeps."""

    @property
    def door(self) -> Door: ...
    def __enter__(self) -> Unit: ...


class Units(Protocol):
    """A factory of transactions."""

    def __call__(self) -> AbstractContextManager[Unit]: ...

    def reading(self) -> AbstractContextManager[Unit]:
        """Only for looking: it neither waits for a writer nor holds one up."""
        ...
