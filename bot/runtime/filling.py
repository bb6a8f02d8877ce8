"""Put values into the {places} of a response. Pure, and safe for whatever a person typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

PLACE = re.compile(r"{([a-z][a-z0-9_]*)}")
LABELS = ("label", "hint", "title", "legend")


def fill(response: Any, values: Mapping[str, Any]) -> Any:
    """The response with every {name} replaced once; a replaced value is never read again for places."""
    if isinstance(response, str):
        return PLACE.sub(lambda place: str(value_at(place, values)), response)
    if isinstance(response, list):
        return [fill(item, values) for item in response]
    if isinstance(response, dict):
        return {key: fill(item, values) for key, item in response.items()}
    return response


def value_at(place: re.Match[str], values: Mapping[str, Any]) -> Any:
    value = values.get(place.group(1))
    return place.group(0) if value is None else value


def with_labels(data: Any, words: Callable[[str], str]) -> Any:
    """The data with every label that names a response replaced by its words."""
    if isinstance(data, list):
        return [with_labels(item, words) for item in data]
    if not isinstance(data, dict):
        return data
    return {key: words(item) if names_words(key, item) else with_labels(item, words) for key, item in data.items()}


def names_words(key: str, item: Any) -> bool:
    return key in LABELS and isinstance(item, str) and item.startswith("utter_")
