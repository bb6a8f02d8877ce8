"""The words in a filled-in form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def words_of(answers: Mapping[str, Any]) -> str:
    """Its text answers, one a line: the text that the bot's screen read, which evidence offsets count in."""
    return "\n".join(value for value in answers.values() if isinstance(value, str))
