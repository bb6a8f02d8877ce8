"""What a message says: intent, people, places, worries, facts. One pass of `bot.text`, put where Rasa looks."""

from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.part import Part
from bot.runtime.reading import read_turn, slot_entities

UNDERSTANDING = "understanding"


@DefaultV1Recipe.register(
    [
        DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER,
        DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR,
    ],
    is_trainable=False,
)
class Understanding(Part):
    """Safety screen, classifiers and extractors. What they find travels as `understanding`."""

    def read(self, message: Message) -> None:
        told = message.get("metadata") or {}
        reading = read_turn(message.get(TEXT), told)
        message.set(INTENT, {"name": reading.intent, "confidence": reading.confidence}, add_to_output=True)
        message.set(ENTITIES, slot_entities(told), add_to_output=True)
        message.set(UNDERSTANDING, reading.understanding, add_to_output=True)
