"""What a conversation needs around it, in memory: storage, ids that count, a directory with one group."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from triage.ports import AuditEvent, Conversation, Service, Standing, StoredMessage
from triage.request import Proposal, RequestForService


class Apart:
    """Optional answers about people, by request."""

    def __init__(self) -> None:
        self.kept: dict[str, dict[str, str]] = {}

    def keep(self, request_id: str, answers: Mapping[str, str], event: AuditEvent) -> None:
        self.kept[request_id] = dict(answers)

    def of(self, request_id: str) -> dict[str, str]:
        return self.kept.get(request_id, {})


class MemoryConversations:
    """Conversations without their messages: those pass through the gateway, and a rehearsal has none."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def get(self, conversation_id: str) -> Conversation | None:
        return self._memory.kept_conversations.get(conversation_id)

    def add(self, conversation: Conversation, audit: AuditEvent) -> None:
        self._memory.kept_conversations[conversation.id] = replace(conversation, version=1)
        self._memory.audit(audit)

    def save(self, conversation: Conversation, audit: AuditEvent) -> None:
        assert conversation.version == self._memory.kept_conversations[conversation.id].version
        self._memory.kept_conversations[conversation.id] = replace(conversation, version=conversation.version + 1)
        self._memory.audit(audit)

    def delete(self, conversation_id: str, audit: AuditEvent) -> None:
        self._memory.kept_conversations.pop(conversation_id, None)
        self._memory.audit(audit)

    def blank(self, message_id: str, audit: AuditEvent) -> None:
        self._memory.audit(audit)

    def add_message(self, message: StoredMessage, audit: AuditEvent) -> StoredMessage:
        self._memory.audit(audit)
        return message

    def add_messages(self, new: Sequence[StoredMessage], audits: Sequence[AuditEvent]) -> Sequence[StoredMessage]:
        return [self.add_message(message, audit) for message, audit in zip(new, audits, strict=True)]

    def messages(self, conversation_id: str) -> Sequence[StoredMessage]:
        return ()

    def latest_turn(self, conversation_id: str) -> Sequence[StoredMessage]:
        return ()

    def message_by_client_key(self, conversation_id: str, key: str) -> StoredMessage | None:
        return None


class Memory:
    """A unit of work in memory: what is not committed is lost at its end."""

    def __init__(self) -> None:
        self.kept_conversations: dict[str, Conversation] = {}
        self.kept_requests: dict[str, RequestForService] = {}
        self.events: list[AuditEvent] = []
        self.conversations = MemoryConversations(self)
        self.equality = Apart()
        self.requests = MemoryRequests(self)

    def __call__(self) -> Memory:
        return self

    def __enter__(self) -> Memory:
        self.commit()
        return self

    def __exit__(self, *exc: object) -> None:
        self.kept_conversations, self.kept_requests, self.equality.kept, self.events = self._committed

    def commit(self) -> None:
        self._committed = (
            dict(self.kept_conversations),
            dict(self.kept_requests),
            dict(self.equality.kept),
            list(self.events),
        )

    def audit(self, event: AuditEvent) -> None:
        self.events.append(event)


class MemoryRequests:
    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def get(self, request_id: str) -> RequestForService | None:
        return self._memory.kept_requests.get(request_id)

    def for_conversation(self, conversation_id: str) -> RequestForService | None:
        return next((r for r in self._memory.kept_requests.values() if r.conversation_id == conversation_id), None)

    def by_reference(self, reference: str) -> RequestForService | None:
        return next((r for r in self._memory.kept_requests.values() if r.reference == reference), None)

    def standing(self, conversation_id: str) -> Standing | None:
        found = self.for_conversation(conversation_id)
        return Standing(found.reference) if found else None

    def proposals(self, request_id: str) -> tuple[Proposal, ...]:
        found = self.get(request_id)
        return (found.proposal,) if found and found.proposal else ()

    def save(self, request: RequestForService, audit: AuditEvent) -> RequestForService:
        saved = replace(request, version=request.version + 1)
        self._memory.kept_requests[request.id] = saved
        self._memory.events.append(audit)
        return saved


class Counting:
    def __init__(self) -> None:
        self.number = 0

    def new(self) -> str:
        self.number += 1
        return uuid.UUID(int=self.number * 7919).hex


class OneGroup:
    """A directory with one group."""

    def find(self, *, limit: int, **wanted: Any) -> Sequence[Service]:
        return [Service("s1", "Stay and play", "A group for children under five.", "Open on Mondays.", fits_age=True)][
            :limit
        ]
