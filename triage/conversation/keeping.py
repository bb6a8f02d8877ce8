"""What one turn leaves in the records, all of it in the turn's own transaction."""

from __future__ import annotations

from dataclasses import replace

from triage.conversation.scene import Scene
from triage.ports import (
    AuditEvent,
    Conversation,
    Ids,
    UnitOfWork,
)
from triage.request import RequestForService
from triage.turn import Turn


def conversation_of(work: UnitOfWork, turn: Turn) -> Conversation:
    found = work.conversations.get(turn.conversation_id)
    if found is not None:
        return found
    new = Conversation(turn.conversation_id, "", turn.channel, turn.audience, turn.at, last_at=turn.at)
    work.conversations.add(new, AuditEvent(turn.at, "bot", "conversation.started", f"conversation:{new.id}"))
    return work.conversations.get(turn.conversation_id) or new


def draft_of(turn: Turn, conversation: Conversation, ids: Ids) -> RequestForService:
    return RequestForService(
        id=ids.new(),
        conversation_id=conversation.id,
        created_at=turn.at,
        channel=conversation.channel,
        audience=conversation.audience,
        authority=conversation.authority,
        language=conversation.language,
    )


def keep(work: UnitOfWork, conversation: Conversation, before: Scene, scene: Scene) -> None:
    turn = scene.turn
    if scene.request != before.request or before.request.version == 0:
        noted = AuditEvent(
            turn.at, "person", "request.noted", f"request:{scene.request.id}", data={"message": turn.message_id}
        )
        work.requests.save(scene.request, noted)
    for event in scene.events:
        work.audit(event)
    if scene.circumstances is not None:
        _keep_apart(work, scene)
    changed = replace(
        conversation,
        authority=scene.request.authority or conversation.authority,  # whose numbers stand on its pages
        dialogue=scene.dialogue.took(turn.message_id, scene.said).as_data(),
        state=state_of(scene),
        last_at=turn.at,
    )
    work.conversations.save(
        changed, AuditEvent(turn.at, "bot", "conversation.went_on", f"conversation:{conversation.id}")
    )


def _keep_apart(work: UnitOfWork, scene: Scene) -> None:
    """Optional answers about the person go to a table of their own, and out of the message that brought them."""
    about, conversation = f"request:{scene.request.id}", f"conversation:{scene.turn.conversation_id}"
    answered = AuditEvent(scene.turn.at, "person", "equality.answered", about)
    blanked = AuditEvent(scene.turn.at, "system", "message.blanked", conversation, "kept apart")
    work.equality.keep(scene.request.id, scene.circumstances or {}, answered)
    work.conversations.blank(scene.turn.message_id, blanked)


def state_of(scene: Scene) -> str:
    if any(say.response.startswith("utter_left") for say in scene.said) and not scene.sent:
        return "left"
    return "sent" if scene.sent else "open"
