"""First in the pipeline: a message is never a payload, and never longer than we read."""

from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.part import Part
from bot.runtime.payloads import as_plain_text


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class Guard(Part):
    """Takes the leading slash away, so that Rasa never reads `/intent{...}` as an order."""

    def read(self, message: Message) -> None:
        message.set(TEXT, as_plain_text(message.get(TEXT)), add_to_output=True)
