"""A message whose answer was lost is handed in again: the same answer, and nothing noted twice."""

from __future__ import annotations

import json
from dataclasses import replace

from benchmarks.rehearsal import OneGroup, Talk, packs, words
from gateway.calendar import EnglandWorkingDays
from tests.conversations.answering import go_through
from triage.conversation import take_turn
from triage.turn import Say, Turn


def again(talk: Talk, **other: str) -> list[Say]:
    """Hand in the latest message once more, after the stored conversation went through JSON as it does in a database."""
    kept = talk.memory.kept_conversations[talk.id]
    talk.memory.kept_conversations[talk.id] = replace(kept, dialogue=json.loads(json.dumps(dict(kept.dialogue))))
    told = {"message_id": f"m{len(talk.heard)}", "text": talk.heard[-1], **other}
    turn = Turn(talk.id, told["message_id"], told["text"], talk.at, talk.channel, talk.audience, "inform")
    return take_turn(
        turn, uow=talk.memory, policies=packs(), ids=talk.ids, directory=OneGroup(),
        calendar=EnglandWorkingDays(), words=words(),
    )  # fmt: skip


def test_the_same_message_gets_the_same_answer_and_changes_nothing() -> None:
    talk = Talk().start().say("My son is 7 and will not sleep. We are worn out.", intent="ask_for_help")
    said, request, events = talk.last, talk.request, len(talk.memory.events)
    assert again(talk) == said
    assert (talk.request, len(talk.memory.events)) == (request, events)


def test_every_answer_of_a_whole_conversation_can_be_asked_for_again() -> None:
    talk = Talk().start().say("My son is 7 and will not sleep. We are worn out.", intent="ask_for_help")
    go_through(talk)
    assert talk.sent
    version = talk.request.version
    assert again(talk) == talk.last
    assert talk.request.version == version


def test_the_same_words_in_another_message_are_another_answer() -> None:
    talk = Talk().start().say("My son is 7 and will not sleep. We are worn out.", intent="ask_for_help")
    before = len(talk.memory.events)
    again(talk, message_id="another")
    assert len(talk.memory.events) > before
