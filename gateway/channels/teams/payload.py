"""Keep every activity small: Teams counts the whole payload in UTF-16 and refuses large ones without a word to the person."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

LIMIT_BYTES = 20_000
TEXT_CHARACTERS = 6_000  # two bytes each in UTF-16, and room for what JSON adds


def size_of(payload: Any) -> int:
    """Bytes that Teams counts: the JSON text in UTF-16."""
    return len(json.dumps(payload, ensure_ascii=False).encode("utf-16-le", "surrogatepass"))


def parts_of(text: str, limit: int = TEXT_CHARACTERS) -> Iterator[str]:
    """The text in pieces of at most `limit` characters, cut at paragraphs, sentences or words where there are any."""
    rest = text
    while len(rest) > limit:
        cut = _good_cut(rest, limit)
        yield rest[:cut].rstrip()
        rest = rest[cut:].lstrip()
    if rest or not text:
        yield rest


def _good_cut(text: str, limit: int) -> int:
    for mark in ("\n\n", "\n", ". ", " "):
        found = text.rfind(mark, limit // 2, limit)
        if found > 0:
            return found + len(mark)
    return limit
