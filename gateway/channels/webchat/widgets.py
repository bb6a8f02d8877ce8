"""Parameters of the GOV.UK macros, made from the fields and choices of a question. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from gateway.channels.ticking import is_none
from gateway.channels.webchat.answers import UNSURE
from gateway.channels.webchat.view import Screen

Item = dict[str, Any]
Choices = Sequence[Mapping[str, str]]

DONT_KNOW = {"id": UNSURE, "label": "I don’t know"}
YES_NO: Choices = ({"id": "yes", "label": "Yes"}, {"id": "no", "label": "No"})
DATE_PARTS = (("day", "Day", 2), ("month", "Month", 2), ("year", "Year", 4))


def items(choices: Choices) -> list[Item]:
    return [{"value": c["id"], "text": c["label"]} for c in choices]


def choice_items(choices: Sequence[tuple[str, str]]) -> list[Item]:
    return [{"value": value, "text": label} for value, label in choices]


def choosing(one: Mapping[str, Any]) -> list[Item]:
    """Radio buttons of one field; “I don’t know” is always among them."""
    choices = list(one.get("choices") or YES_NO)
    if UNSURE not in {c["id"] for c in choices}:
        choices.append(DONT_KNOW)
    return items(choices)


def ticking(one: Mapping[str, Any]) -> list[Item]:
    """Tick boxes of one field; the one that says that none fits stands last, by itself."""
    choices = list(one.get("choices") or ())
    none = [{"value": c["id"], "text": c["label"], "behaviour": "exclusive"} for c in choices if is_none(c["id"])]
    fitting = items([c for c in choices if not is_none(c["id"])])
    return [*fitting, {"divider": "or"}, *none] if none else fitting


def tick_hint(one: Mapping[str, Any]) -> str:
    has_none = any(is_none(c["id"]) for c in one.get("choices") or ())
    return "Tick all that fit." if has_none else "Tick all that fit. If none fits, tick nothing."


def hidden_words(text: str) -> Markup:
    """For a screen reader only: the words stand above already. A hidden legend itself would widen the page."""
    return Markup('<span class="govuk-visually-hidden">{}</span>').format(text)


def date_parts(name: str, screen: Screen) -> list[Item]:
    wrong = name.removeprefix("a.") in screen.errors
    return [
        {
            "id": f"f-{name.removeprefix('a.')}" + ("" if part == "day" else f"-{part}"),
            "name": f"{name}.{part}",
            "label": label,
            "value": (screen.typed.get(f"{name}.{part}") or [""])[0],
            "classes": f"govuk-input--width-{width}" + (" govuk-input--error" if wrong else ""),
        }
        for part, label, width in DATE_PARTS
    ]


def error_list(screen: Screen) -> list[Item]:
    """Each error says what it is about and leads to that part of the form."""
    labels = {str(f["name"]): str(f["label"]) for f in screen.asked.fields}
    several = len(screen.errors) > 1
    return [
        {
            "text": f"{_about(labels[name])} {words}" if several and name in labels else words,
            "href": f"#f-{name}" if name in labels else f"#{name}",
        }
        for name, words in screen.errors.items()
    ]


def _about(label: str) -> str:
    return label if label.endswith(("?", ".", ":")) else f"{label}:"


def install(globals_: dict[str, Any]) -> None:
    for function in (choice_items, choosing, ticking, tick_hint, hidden_words, date_parts, error_list):
        globals_[function.__name__] = function
