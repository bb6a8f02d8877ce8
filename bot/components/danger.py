"""Last in the pipeline: where the safety screen is sure of immediate danger, that is the intent, whatever else was said."""

from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message

from bot.components.part import Part
from bot.components.understanding import UNDERSTANDING
from bot.runtime.reading import DANGER_INTENT, certain_danger


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class DangerOverrides(Part):
    """Acts on the screen's finding, which `bot.text.understand` made in its one pass."""

    def read(self, message: Message) -> None:
        if certain_danger(message.get(UNDERSTANDING) or {}):
            message.set(INTENT, {"name": DANGER_INTENT, "confidence": 1.0}, add_to_output=True)
