"""How one turn is read: a pressed choice, a filled-in form, or words.

Words are understood; a pressed choice is already understood; the free-text fields of a form are words too,
so that somebody who writes "he is hitting her now" into a form gets the 999 line like anybody else.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

logger = logging.getLogger(__name__)

DANGER_INTENT = "immediate_danger"
CHOICE_INTENT = "press_choice"
ANSWERS_INTENT = "fill_in"
NO_WORDS_INTENT = "say_nothing"
FAMILY = "family"


@dataclass(frozen=True)
class Reading:
    """The outcome: an intent for the rules, how sure it is (0 to 1), and the understanding for the actions."""

    intent: str
    confidence: float = 1.0
    understanding: dict[str, Any] = field(default_factory=dict)


def read_turn(text: str, metadata: Mapping[str, Any]) -> Reading:
    """Read one message with the metadata that the gateway's channel gave it."""
    if metadata.get("choice"):
        return Reading(CHOICE_INTENT)
    words = words_of(text, metadata)
    if not words.strip():
        return Reading(ANSWERS_INTENT if metadata.get("answers") else NO_WORDS_INTENT)
    understanding = understood(words)
    if metadata.get("answers"):
        return Reading(ANSWERS_INTENT, 1.0, understanding)
    return Reading(str(understanding["intent"]), float(understanding["intent_confidence"]), understanding)


def words_of(text: str, metadata: Mapping[str, Any]) -> str:
    """The person's own words, exactly as written: evidence offsets point into them."""
    answers = metadata.get("answers")
    if answers:
        return "\n".join(value for value in answers.values() if isinstance(value, str))
    original = metadata.get("text")
    return original if isinstance(original, str) else text


def certain_danger(understanding: Mapping[str, Any]) -> bool:
    """Whether the 999 line is said at once. An uncertain sign gets one light question instead."""
    return understanding.get("danger") == DANGER_INTENT and not understanding.get("uncertain")


def slot_entities(metadata: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What Rasa needs as slots, to choose between variations of a response.

    "family" is where everybody begins and is not set again: the actions may have learnt since that a young person speaks.
    """
    named = {name: metadata.get(name) for name in ("audience", "channel")}
    return [entity(name, value) for name, value in named.items() if value and value != FAMILY]


def entity(name: str, value: Any) -> dict[str, Any]:
    return {"entity": name, "value": value, "start": 0, "end": 0, "extractor": "FrontDoorChannel"}


def understood(words: str) -> dict[str, Any]:
    """All that `bot.text` reads; should it break on a message, the safety rules alone: danger is never lost to a fault elsewhere.

    Imported late: training reads this module without loading the models.
    """
    from bot.text.understand import understand

    try:
        return understand(words)
    except Exception:
        # The traceback names our code and not what the person wrote.
        logger.exception("A message could not be understood; only its safety was read.")
        return safety_only(words)


def safety_only(words: str) -> dict[str, Any]:
    """What the patterns of the safety screen see, and nothing else known."""
    from bot.text.screen.result import findings
    from bot.text.screen.rules import judge_by_rules

    return {**findings(judge_by_rules(words)), "intent": "inform", "intent_confidence": 0.0}


def warm_up() -> None:
    """Load models and word lists before the first person writes; a broken one is found here and not by them."""
    from bot.text.understand import understand

    understand("Warm up.")
    safety_only("Warm up.")
