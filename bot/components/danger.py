"""Last in the pipeline: where the safety screen is sure of immediate danger, that is the intent, whatever else was said."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message

from bot.components.understanding import UNDERSTANDING
from bot.runtime.reading import DANGER_INTENT, certain_danger


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class DangerOverrides(GraphComponent):
    """Acts on the screen's finding, which `bot.text.understand` made in its one pass."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> DangerOverrides:
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            if certain_danger(message.get(UNDERSTANDING) or {}):
                message.set(INTENT, {"name": DANGER_INTENT, "confidence": 1.0}, add_to_output=True)
        return messages
