"""While an officer has taken over a chat the computer only listens: words are kept and screened, danger is answered."""

from __future__ import annotations

from dataclasses import replace

from triage.conversation.dialogue import dialogue_from
from triage.conversation.scene import Scene
from triage.ports import Conversation

DANGER = frozenset({"utter_danger", "utter_emergency_next"})
STILL_THEIRS = frozenset({"start", "leave"})
"""Leaving is never in anybody else's hands; a page that was opened again is greeted."""


def with_officer(conversation: Conversation, taken: bool) -> Conversation:
    """The conversation with the officer in it, or handed back: then what is open is asked anew."""
    dialogue = replace(dialogue_from(conversation.dialogue), taken_over=taken)
    return replace(conversation, dialogue=(dialogue if taken else dialogue.asks(None)).as_data())


def is_with_officer(conversation: Conversation) -> bool:
    return dialogue_from(conversation.dialogue).taken_over


def only_listens(scene: Scene) -> bool:
    return scene.dialogue.taken_over and scene.turn.choice not in STILL_THEIRS


def only_danger(scene: Scene) -> Scene:
    """What was heard stays; of what would be said, only 999, and that a person reads along."""
    said = tuple(say for say in scene.said if say.response in DANGER)
    return replace(scene, said=said).say("utter_person_reads_along")
