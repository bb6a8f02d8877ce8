"""Somebody asks for a call in their own language. A request at once: nobody has to answer questions in English first.

What is typed beside the number is a message like any other: kept in the same transaction, then taken to the bot and screened.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from triage.conversation.dialogue import Dialogue, dialogue_from
from triage.conversation.plausible import looks_like_phone
from triage.conversation.sending import proposal_of, reference
from triage.ports import AuditEvent, Conversation, Ids, Policies, StoredMessage, UnitOfWork, UnitOfWorkFactory
from triage.request import RequestForService, SafeContact
from triage.routing import settle

AS_A_NAME = 120
"""Characters of a name, or of the hours; whatever is longer stands whole in the message."""


@dataclass(frozen=True, slots=True)
class Call:
    """Whom to call. `language` is its code with its English name, as in `pl`, `Polish`. The number was given as a safe one."""

    language: str
    language_name: str
    phone: str
    name: str | None = None
    hours: str | None = None

    @property
    def is_possible(self) -> bool:
        return looks_like_phone(self.phone)

    @property
    def answers(self) -> dict[str, str]:
        """All that was typed in words. A bare number is none."""
        typed = {"phone": self.phone, "contact_name": self.name, "hours": self.hours}
        return {field: words for field, words in typed.items() if words and any(c.isalpha() for c in words)}


def ask_for_call(
    uow: UnitOfWorkFactory, policies: Policies, conversation: Conversation, call: Call, *, ids: Ids, at: datetime
) -> str | None:
    """Store what was typed and, where there is a number, the request, sent; gives its reference. Nothing is known of any child:
    the pack's own answer for "nothing known" is the proposal, and an officer reads it. The same conversation again is the same
    request. Without a number only the words are kept: the screen must hear them all the same, as in any chat not sent."""
    with uow() as work:
        before = work.requests.for_conversation(conversation.id)
        if call.is_possible or call.answers:
            _keep_words(work, conversation, call, ids, at)
        if call.is_possible and (before is None or before.sent_at is None):
            before = _send(work, policies, before or _new(conversation, ids, at), call, ids, at)
        work.commit()
    return before.reference if before else None


def wants_only_a_call(conversation: Conversation) -> bool:
    """Whether nobody reads an answer in it. Those of before this was written down have no dialogue at all."""
    return dialogue_from(conversation.dialogue).only_a_call or (
        conversation.state == "sent" and not conversation.dialogue
    )


def _keep_words(work: UnitOfWork, conversation: Conversation, call: Call, ids: Ids, at: datetime) -> None:
    about = f"conversation:{conversation.id}"
    if work.conversations.get(conversation.id) is None:
        begun = replace(conversation, language=call.language, dialogue=Dialogue(only_a_call=True).as_data())
        work.conversations.add(begun, AuditEvent(at, "person", "conversation.begun", about))
    text = "\n".join(call.answers.values())
    key = hashlib.sha256(text.encode()).hexdigest()[:32]
    if text and work.conversations.message_by_client_key(conversation.id, key) is None:
        message = StoredMessage(
            ids.new(), conversation.id, 0, "person", text, at, {"answers": call.answers}, client_key=key
        )
        work.conversations.add_message(message, AuditEvent(at, "person", "message.kept", about))


def _new(conversation: Conversation, ids: Ids, at: datetime) -> RequestForService:
    return RequestForService(
        id=ids.new(), conversation_id=conversation.id, created_at=at, channel=conversation.channel,
        audience=conversation.audience, authority=conversation.authority,
    )  # fmt: skip


def _send(
    work: UnitOfWork, policies: Policies, draft: RequestForService, call: Call, ids: Ids, at: datetime
) -> RequestForService:
    """What the screen heard before there was a number stays heard."""
    policy = policies.for_authority(draft.authority, on=at.date())
    name = call.name[:AS_A_NAME] if call.name else None
    settled = settle(draft.facts.known(), policy, on=at.date())
    request = replace(
        draft, language=call.language, state="sent", sent_at=at, reference=reference(ids.new()), requester_name=name,
        safe_contact=_safe(call, name), proposal=proposal_of(settled, policy, at),
        story=f"Asks for a call with an interpreter. Language: {call.language_name}. Nothing else was asked yet.",
    )  # fmt: skip
    sent = AuditEvent(at, "person", "request.sent", f"request:{request.id}", "a call with an interpreter")
    if (begun := work.conversations.get(draft.conversation_id)) is not None:
        went_on = AuditEvent(at, "person", "conversation.went_on", f"conversation:{begun.id}")
        work.conversations.save(replace(begun, state="sent"), went_on)
    return work.requests.save(request, sent)


def _safe(call: Call, name: str | None) -> SafeContact:
    """Only the call is safe, and only on this number: no text, no message on a voicemail (law.md D03)."""
    hours = call.hours[:AS_A_NAME] if call.hours else None
    return SafeContact(phone=call.phone[:AS_A_NAME], name_to_use=name, hours=hours, safe_call=True)
