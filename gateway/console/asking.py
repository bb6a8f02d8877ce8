"""A question back to the person: into the chat where it is still open to them, else a call-back task.

A question is only written into the chat: nothing is sent anywhere, so no safe-contact answer is touched.
"""

from __future__ import annotations

from gateway.console.visit import NotFound, Visit
from triage.conversation.calling_back import wants_only_a_call
from triage.conversation.taken_over import with_officer
from triage.desk import Task
from triage.desk_ports import DeskUnit
from triage.ports import Conversation, StoredMessage
from triage.request import RequestForService

CHAT_CHANNELS = frozenset({"web", "form", "api", "teams"})


def ask_the_person(visit: Visit, unit: DeskUnit, request: RequestForService, question: str) -> None:
    conversation = unit.conversations.get(request.conversation_id)
    reads_there = conversation is not None and may_be_joined(conversation)
    if conversation is not None and reads_there:
        _into_the_chat(visit, unit, conversation, question)
    _task(visit, unit, request, question, "question" if reads_there else "call_back")


def say_in_the_chat(visit: Visit, unit: DeskUnit, request: RequestForService, words: str) -> None:
    """An officer's own words in the open chat. Raises NotFound where there is no chat to write into."""
    conversation = unit.conversations.get(request.conversation_id)
    if conversation is None or not may_be_joined(conversation):
        raise NotFound
    _into_the_chat(visit, unit, conversation, words, "statement")


def may_be_joined(conversation: Conversation) -> bool:
    """Whether somebody can read there: not on the telephone, nor where only a call was asked for. A chat that a person
    left stays one: an officer's words wait for them."""
    return conversation.channel in CHAT_CHANNELS and not wants_only_a_call(conversation)


def take_over(visit: Visit, unit: DeskUnit, request: RequestForService, taken: bool) -> None:
    """From now on the officer answers in the chat, or the computer again. Raises NotFound where there is no chat."""
    conversation = unit.conversations.get(request.conversation_id)
    if conversation is None or not may_be_joined(conversation):
        raise NotFound
    action = "conversation.taken_over" if taken else "conversation.handed_back"
    event = visit.console.event(visit.actor, action, f"request:{request.id}")
    unit.conversations.save(with_officer(conversation, taken), event)


def _into_the_chat(
    visit: Visit, unit: DeskUnit, conversation: Conversation, words: str, kind: str = "question"
) -> None:
    message = StoredMessage(
        id=visit.console.ids.new(), conversation_id=conversation.id, number=0, author="officer", text=words,
        at=visit.console.now(), payload={"kind": kind},
    )  # fmt: skip
    event = visit.console.event(visit.actor, f"{kind}.sent", f"conversation:{conversation.id}")
    unit.conversations.add_message(message, event)


def _task(visit: Visit, unit: DeskUnit, request: RequestForService, question: str, kind: str) -> None:
    """Whoever asked sees by the next working day whether an answer came; without one, somebody calls."""
    console = visit.console
    due = console.calendar.after(console.today(), 1)
    task = Task(console.ids.new(), request.id, kind, question, due, console.now(), visit.officer.id, visit.officer.id)
    unit.desk.tasks.add(task, console.event(visit.actor, "task.added", f"request:{request.id}", kind))
