"""What every part of our pipeline has in common: it reads one message, and nothing of it is configured or trained in Rasa."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, TypeVar

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

Self = TypeVar("Self", bound="Part")


class Part(GraphComponent):
    @classmethod
    def create(
        cls: type[Self],
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Self:
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            self.read(message)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Left as it is: what is learned is learned by `bot.model`, and Rasa's own rules learn from no example."""
        return training_data

    @abstractmethod
    def read(self, message: Message) -> None:
        """Put on the message what this part finds in it."""
