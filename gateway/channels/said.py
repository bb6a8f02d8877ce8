"""What a person sends, made safe to store: words, a pressed choice, or a filled-in form."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

KEPT_CONTROLS = "\n\t"


@dataclass(frozen=True, slots=True)
class Said:
    """One message. `key` is the sender's own mark: the same key again is the same message."""

    text: str = ""
    choice: str | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    key: str | None = None

    @property
    def is_blank(self) -> bool:
        return not (self.text or self.choice or self.answers)


def clean(text: str) -> str:
    """The words without control characters (they mean nothing and no database keeps them all), ends trimmed."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(_plain(c) for c in text).strip()


def _plain(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cs":  # half of a character: cannot be written as UTF-8
        return "\N{REPLACEMENT CHARACTER}"
    if category == "Cc" and character not in KEPT_CONTROLS:
        return ""
    return character


def clean_answers(answers: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _clean_value(value) for name, value in answers.items()}


def _clean_value(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [_clean_value(v) for v in value]
    return value
