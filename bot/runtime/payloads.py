"""What makes a message an order to Rasa, and how to make it plain text again."""

from __future__ import annotations

ORDER_MARKS = "/"
"""Rasa reads a message that begins with this as an intent with entities."""


def as_plain_text(text: str | None) -> str:
    """The message without leading blanks and slashes. What the person wrote is kept elsewhere, as it was."""
    return (text or "").lstrip(ORDER_MARKS + " \t\r\n\f\v\u00a0\u2000\u200b\u2028\u2029\u3000\ufeff").strip()
