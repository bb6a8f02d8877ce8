"""What a message says: intent, danger, people, places. One pass of `bot.text`, put where Rasa looks."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.runtime.reading import Reading, read_turn

UNDERSTANDING = "understanding"


@DefaultV1Recipe.register(
    [
        DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER,
        DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR,
    ],
    is_trainable=False,
)
class Understanding(GraphComponent):
    """Last in the pipeline, so that danger overrides any other intent."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Understanding:
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            put_on(message, read_turn(message.get(TEXT), message.get("metadata") or {}))
        return messages


def put_on(message: Message, reading: Reading) -> None:
    """Write a reading onto Rasa's message."""
    message.set(INTENT, {"name": reading.intent, "confidence": 1.0}, add_to_output=True)
    message.set(ENTITIES, reading.entities, add_to_output=True)
    message.set(UNDERSTANDING, reading.understanding, add_to_output=True)
