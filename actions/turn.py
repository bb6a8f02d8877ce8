"""`action_turn`: the one action of a turn."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker

from actions.answers import words_of
from triage.turn import Say, Turn

TakeTurn = Callable[[Turn], Sequence[Say]]
Clock = Callable[[], datetime]
Event = dict[str, Any]


class ActionTurn(Action):  # type: ignore[misc]  # rasa_sdk is not typed
    """Hands the turn to the domain, outside the event loop: the domain waits for its database."""

    def __init__(self, take: TakeTurn, clock: Clock) -> None:
        self.take = take
        self.clock = clock

    def name(self) -> str:
        return "action_turn"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]) -> list[Event]:
        turn = turn_of(tracker, at=self.clock())
        says = await asyncio.to_thread(self.take, turn)
        slots = {
            **tracker.slots,
            "audience": audience_after(says, before=tracker.slots.get("audience") or turn.audience),
        }
        for say in says:
            dispatcher.utter_message(response=say.response, json_message=custom(say, slots))
        return [SlotSet("audience", slots["audience"]), FollowupAction("action_listen")]


def turn_of(tracker: Tracker, *, at: datetime) -> Turn:
    """The turn as the domain knows it, from Rasa's latest message and the gateway's metadata."""
    message: Mapping[str, Any] = tracker.latest_message
    told: Mapping[str, Any] = message.get("metadata") or {}
    answers = dict(told.get("answers") or {})
    return Turn(
        conversation_id=tracker.sender_id,
        message_id=told["message_id"],
        text=words_of(answers) if answers else told["text"],
        at=at,
        channel=told["channel"],
        audience=told["audience"],
        intent=(message.get("intent") or {}).get("name") or "inform",
        choice=told.get("choice"),
        answers=answers,
        understanding=dict(message.get("understanding") or {}),
    )


def audience_after(says: Sequence[Say], *, before: str) -> str:
    """Whose words from now on: the latest that the domain named, else as before."""
    named = [str(say.data["audience"]) for say in says if say.data.get("audience")]
    return named[-1] if named else before


def custom(say: Say, slots: Mapping[str, Any]) -> dict[str, Any]:
    """What travels with a response: how to choose and fill it, and what the gateway shows beside the words."""
    choices = None if say.choices is None else [{"id": one, "label": label} for one, label in say.choices]
    return {
        "kind": say.kind,
        "values": say.values,
        "choices": choices,
        "form": say.form,
        "data": say.data,
        "slots": {name: slots.get(name) for name in ("audience", "channel")},
    }
