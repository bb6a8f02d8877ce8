"""A form as the bot sends it, put into words for every channel (docs/explanation/how-a-turn-works.md). Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Label = Callable[[str], str]
"""The words of a response that is only a label."""

NAMED = "utter_"


def worded(form: Mapping[str, Any] | None, label: Label) -> dict[str, Any] | None:
    if not form:
        return None
    return {**form, "fields": [_field(field, label) for field in form.get("fields", ())]}


def _field(field: Mapping[str, Any], label: Label) -> dict[str, Any]:
    done = {key: value for key, value in field.items() if key != "options"}
    done["label"] = _words(field.get("label") or field["name"].replace("_", " "), label)
    if hint := field.get("hint"):
        done["hint"] = _words(hint, label)
    if options := field.get("options"):
        done["choices"] = [{"id": str(one), "label": _words(words, label)} for one, words in options]
    return done


def _words(text: str, label: Label) -> str:
    return label(text) if text.startswith(NAMED) else text
