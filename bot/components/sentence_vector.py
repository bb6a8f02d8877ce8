"""The sentence vector of a message: int8 MiniLM, 384 numbers, of its plain words as the classifiers read them."""

from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message

from bot.components.part import Part
from bot.runtime.reading import words_of


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceVector(Part):
    """A dense featurizer. `bot.text.embedding` keeps what it computed, so the classifiers do not compute it again for the
    same plain words; as Rasa features it also serves any of Rasa's own classifiers that one may want to compare with."""

    def read(self, message: Message) -> None:
        told = message.get("metadata") or {}
        if not told.get("choice"):
            put_vector(message, words_of(message.get(TEXT), told))


def put_vector(message: Message, words: str) -> None:
    from bot.text.embedding import embed
    from bot.text.learned import plain_words

    vector = embed([plain_words(words)])
    message.add_features(Features(vector, FEATURE_TYPE_SENTENCE, TEXT, SentenceVector.__name__))
