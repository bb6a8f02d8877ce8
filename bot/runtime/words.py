"""Fill in the responses of bot/domain/responses for one audience and channel.

Rasa's own generator picks at random among fitting variations and cannot see an audience that was learnt in
this very turn. Ours takes the first fitting variation and accepts the audience with the request.
"""

from __future__ import annotations

import copy
import logging
from collections.abc import Mapping
from typing import Any

from rasa.core.nlg.generator import ResponseVariationFilter
from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.runtime.filling import fill, with_labels
from bot.runtime.numbers import numbers

logger = logging.getLogger(__name__)


class Words(TemplatedNaturalLanguageGenerator):
    """The generator named in bot/endpoints.yml. Rasa hands it the responses again whenever a model is loaded."""

    def __init__(self, endpoint_config: EndpointConfig | None = None, domain: Domain | None = None) -> None:
        super().__init__(domain.responses if domain else {})
        self.numbers = numbers()

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any] | None:
        """One response with its {values} filled in; `custom` is what `actions.turn` sent along."""
        custom = kwargs.get("custom") or {}
        slots = {**tracker.current_slot_values(), **(custom.get("slots") or {})}
        values = {**self.numbers, **slots, **(custom.get("values") or {})}
        response = self.first_fitting(utter_action, str(slots.get("channel") or output_channel), slots)
        if response is None:
            logger.error("No response named '%s' fits this audience and channel.", utter_action)
            return None
        filled: dict[str, Any] = fill(response, values)
        self.label(custom, slots, values)
        return filled

    def first_fitting(self, name: str, channel: str, slots: Mapping[str, Any]) -> dict[str, Any] | None:
        if name not in self.responses:
            return None
        variations = ResponseVariationFilter(self.responses)
        fitting: list[dict[str, Any]] = variations.responses_for_utter_action(name, channel, dict(slots))
        return copy.deepcopy(fitting[0]) if fitting else None

    def label(self, custom: dict[str, Any], slots: Mapping[str, Any], values: Mapping[str, Any]) -> None:
        """Choices and form fields may name a response as their label: put its words there."""

        def words(name: str) -> str:
            response = self.first_fitting(name, str(slots.get("channel")), slots)
            return str(fill(response, values).get("text") or name) if response else name

        for key in ("choices", "form"):
            if custom.get(key):
                custom[key] = with_labels(custom[key], words)
