"""How one turn is read: a pressed choice, a filled-in form, or words.

Words are understood; a pressed choice is already understood; the free-text fields of a form are words too,
so that somebody who writes "he is hitting her now" into a form gets the 999 line like anybody else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

DANGER_INTENT = "immediate_danger"
CHOICE_INTENT = "press_choice"
ANSWERS_INTENT = "fill_in"
NO_WORDS_INTENT = "say_nothing"
FAMILY = "family"


@dataclass(frozen=True)
class Reading:
    """The outcome: an intent for the rules, entities for the slots, the understanding for the actions."""

    intent: str
    entities: list[dict[str, Any]] = field(default_factory=list)
    understanding: dict[str, Any] = field(default_factory=dict)


def read_turn(text: str, metadata: Mapping[str, Any]) -> Reading:
    """Read one message with the metadata that the gateway's channel gave it."""
    carried = slot_entities(metadata)
    if metadata.get("choice"):
        return Reading(CHOICE_INTENT, carried)
    words = words_of(text, metadata)
    if not words.strip():
        return Reading(ANSWERS_INTENT if metadata.get("answers") else NO_WORDS_INTENT, carried)
    understanding = understood(words)
    return Reading(intent_for(understanding, metadata), carried, understanding)


def slot_entities(metadata: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What Rasa needs as slots, to choose between variations of a response.

    "family" is where everybody begins and is not set again: the actions may have learnt since that a young person speaks.
    """
    named = {name: metadata.get(name) for name in ("audience", "channel")}
    return [entity(name, value) for name, value in named.items() if value and value != FAMILY]


def words_of(text: str, metadata: Mapping[str, Any]) -> str:
    """The person's own words, exactly as written: evidence offsets point into them."""
    answers = metadata.get("answers")
    if answers:
        return "\n".join(value for value in answers.values() if isinstance(value, str))
    original = metadata.get("text")
    return original if isinstance(original, str) else text


def intent_for(understanding: Mapping[str, Any], metadata: Mapping[str, Any]) -> str:
    if understanding.get("danger") == DANGER_INTENT and not understanding.get("uncertain"):
        return DANGER_INTENT
    if metadata.get("answers"):
        return ANSWERS_INTENT
    return str(understanding.get("intent") or "inform")


def entity(name: str, value: Any) -> dict[str, Any]:
    return {"entity": name, "value": value, "start": 0, "end": 0, "extractor": "FrontDoorChannel"}


def understood(words: str) -> dict[str, Any]:
    """`bot.text.understand`, imported late: training reads this module without loading the models."""
    from bot.text.understand import understand

    return understand(words)
