"""From Rasa's message to the gateway's: text, kind, choices, form, data. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

SAFETY = "safety"


def shown_message(message: Mapping[str, Any]) -> dict[str, Any]:
    """A response said by a rule alone (no `custom`) is the safety line: the only one that rules say."""
    custom = message.get("custom") or {"kind": SAFETY}
    buttons = choices_of(message.get("buttons") or [])
    chosen = custom.get("choices")
    return {
        "text": message.get("text") or "",
        "kind": custom.get("kind") or "statement",
        "choices": buttons if chosen is None else limited(buttons, chosen),
        "form": custom.get("form"),
        "data": custom.get("data") or {},
    }


def choices_of(buttons: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    return [{"id": str(button["payload"]), "label": str(button["title"])} for button in buttons]


def limited(buttons: Sequence[Mapping[str, str]], chosen: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    """The chosen ones in their order; one without a label of its own keeps the response's."""
    labels = {button["id"]: button["label"] for button in buttons}
    return [{"id": one["id"], "label": one.get("label") or labels.get(one["id"], one["id"])} for one in chosen]
