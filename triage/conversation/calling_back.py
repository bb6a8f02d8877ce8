"""Somebody asks for a call in their own language. A request at once: nobody has to answer questions in English first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from triage.conversation.sending import proposal_of, reference
from triage.ports import AuditEvent, Conversation, Ids, Policies, UnitOfWorkFactory
from triage.request import RequestForService, SafeContact
from triage.routing import settle


@dataclass(frozen=True, slots=True)
class Call:
    """Whom to call. `language` is its code with its English name, as in `pl`, `Polish`. The number was given as a safe one."""

    language: str
    language_name: str
    phone: str
    name: str | None = None
    hours: str | None = None


def ask_for_call(
    uow: UnitOfWorkFactory, policies: Policies, conversation: Conversation, call: Call, *, ids: Ids, at: datetime
) -> str:
    """Store the conversation and its request, sent; gives the reference. Nothing is known of any child: the pack's own
    answer for "nothing known" is the proposal, and an officer reads it. The same conversation again is the same request."""
    policy = policies.for_authority(conversation.authority, on=at.date())
    request = RequestForService(
        id=ids.new(), conversation_id=conversation.id, created_at=at, channel=conversation.channel,
        audience=conversation.audience, authority=conversation.authority, language=call.language, state="sent", sent_at=at,
        reference=reference(ids.new()), requester_name=call.name, safe_contact=_safe(call),
        story=f"Asks for a call with an interpreter. Language: {call.language_name}. Nothing else was asked yet.",
        proposal=proposal_of(settle({}, policy, on=at.date()), policy, at),
    )  # fmt: skip
    sent = AuditEvent(at, "person", "request.sent", f"request:{request.id}", "a call with an interpreter")
    with uow() as work:
        if before := work.requests.for_conversation(conversation.id):
            return str(before.reference)
        work.conversations.add(
            replace(conversation, state="sent", language=call.language),
            AuditEvent(at, "person", "conversation.begun", f"conversation:{conversation.id}"),
        )
        work.requests.save(request, sent)
        work.commit()
    return str(request.reference)


def _safe(call: Call) -> SafeContact:
    """Only the call is safe, and only on this number: no text, no message on a voicemail (law.md D03)."""
    return SafeContact(phone=call.phone, name_to_use=call.name, hours=call.hours, safe_call=True)
