"""From a turn to lines on a screen, and from a typed line to what is sent. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Turn = Mapping[str, Any]
Choice = Mapping[str, str]
NUMBERS = re.compile(r"\d+(\s*[, ]\s*\d+)*")


def shown(turn: Turn) -> Iterator[str]:
    """The messages, then what may be picked by its number."""
    for message in turn["messages"]:
        yield ""
        yield message["text"]
    picks = choices(turn)
    yield from ([""] if picks else [])
    for number, choice in enumerate(picks, start=1):
        yield f"  {number}. {choice['label']}"
    if field := tick_field(turn):
        yield f"  (several: 1, 3 – {field['label']})"


def standing(turn: Turn) -> str:
    """One line when something was sent or settled."""
    request = turn.get("request") or {}
    parts = [f"{name}: {request[name]}" for name in ("reference", "route", "level") if request.get(name)]
    return "; ".join(parts)


def choices(turn: Turn) -> list[Choice]:
    field = tick_field(turn)
    offered = [choice for message in turn["messages"] for choice in message["choices"]]
    ticks = list(field["choices"]) if field else []
    known = {choice["id"] for choice in ticks}
    return ticks + [choice for choice in offered if choice["id"] not in known]


def tick_field(turn: Turn) -> Mapping[str, Any] | None:
    """The one question of which several answers may be ticked."""
    forms = [message["form"] for message in turn["messages"] if message.get("form")]
    fields = [field for form in forms for field in form["fields"]]
    return next((f for f in fields if f.get("kind") == "many" and f.get("choices")), None)


def body_of(line: str, turn: Turn) -> dict[str, Any]:
    """What a typed line sends: JSON as it stands, numbers as picks, a choice's own words as that choice, else text."""
    if line.startswith("{"):
        return _json(line) or {"text": line}
    picks = choices(turn)
    if NUMBERS.fullmatch(line):
        return _picked([int(n) for n in re.findall(r"\d+", line)], picks, turn) or {"text": line}
    offered = {choice["id"] for message in turn["messages"] for choice in message["choices"]}
    for choice in picks:
        if choice["id"] in offered and line.casefold() in (choice["id"].casefold(), choice["label"].casefold()):
            return {"choice": choice["id"]}
    return {"text": line}


def _json(line: str) -> dict[str, Any] | None:
    try:
        data = json.loads(line)
    except ValueError:
        return None
    return data if isinstance(data, dict) else None


def _picked(numbers: Sequence[int], picks: Sequence[Choice], turn: Turn) -> dict[str, Any] | None:
    """A bare number that is on no list is text: an age, for instance."""
    if not all(1 <= number <= len(picks) for number in numbers):
        return None
    ids = [picks[number - 1]["id"] for number in numbers]
    field = tick_field(turn)
    if field and set(ids) <= {choice["id"] for choice in field["choices"]}:
        return {"answers": {field["name"]: ids}}
    return {"choice": ids[0]} if len(ids) == 1 else None
