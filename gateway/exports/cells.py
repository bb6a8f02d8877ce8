"""Cells of a CSV file that a spreadsheet opens as words, never as a formula."""

from __future__ import annotations

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def spreadsheet_safe(value: object) -> str:
    text = str(value)
    return "'" + text if text.startswith(_FORMULA) else text
