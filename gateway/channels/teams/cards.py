"""What is said, drawn for Teams: plain text, and an Adaptive Card wherever something can be pressed or filled in.

Cards hold what was asked and what the person typed, nothing else: no child's name of ours, no level in a preview.
`input.kind` of the field says how it is drawn (docs/explanation/how-a-turn-works.md, "Forms").
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from gateway.channels.ticking import none_label

Card = dict[str, Any]
Message = Mapping[str, Any]

SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
VERSION = "1.5"  # the newest that every Teams client draws
BUTTONS_IN_A_ROW = 6  # beyond this Teams hides buttons behind "…": a list is easier to read
UNSURE = (("not_known", "I don't know"), ("not_said", "I'd rather not say"))


def card_for(message: Message, *, turn: str) -> Card | None:
    """The card of one message, or None where plain text says it all.

    `turn` is the id of the question: it comes back with the answer, so that a card pressed twice counts once.
    """
    choices = message.get("choices") or ()
    if message.get("form"):
        beside = [_press(choice, turn) | {"associatedInputs": "none"} for choice in _beside(message)]
        return _card(_form_body(message), [_submit("Continue", turn, {}), *beside])
    if not choices:
        return None
    if len(choices) > BUTTONS_IN_A_ROW:
        return _card([_text(message["text"]), _choice_list(choices)], [_submit("Continue", turn, {})])
    return _card([_text(message["text"])], [_press(choice, turn) for choice in choices])


def _card(body: Sequence[Card], actions: Sequence[Card]) -> Card:
    return {"$schema": SCHEMA, "type": "AdaptiveCard", "version": VERSION, "body": list(body), "actions": list(actions)}


def _text(words: str, **style: Any) -> Card:
    return {"type": "TextBlock", "text": words, "wrap": True, **style}


def _press(choice: Mapping[str, str], turn: str) -> Card:
    return _submit(choice["label"], turn, {"choice": choice["id"], "label": choice["label"]})


def _submit(title: str, turn: str, data: Mapping[str, Any]) -> Card:
    # Execute replaces the card where it stands, so that it can't be sent twice (Submit would leave it live)
    return {"type": "Action.Execute", "title": title, "verb": "answer", "data": {"turn": turn, **data}}


def _beside(message: Message) -> list[Mapping[str, str]]:
    """Choices that stand beside a form (as "I'd rather not say"): pressed, they leave the form empty."""
    drawn = {c["id"] for f in message["form"]["fields"] for c in f.get("choices") or ()}
    return [c for c in message.get("choices") or () if c["id"] not in drawn]


def _choice_list(choices: Iterable[Mapping[str, str]]) -> Card:
    return _choice_set("choice", "Choose one", choices, many=False, required=True)


def _choice_set(name: str, label: str, choices: Iterable[Mapping[str, str]], *, many: bool, required: bool) -> Card:
    return {
        "type": "Input.ChoiceSet",
        "id": name,
        "label": label,
        "style": "expanded",
        "isMultiSelect": many,
        "isRequired": required,
        "errorMessage": "Choose an answer",
        "wrap": True,
        "choices": [{"title": choice["label"], "value": choice["id"]} for choice in choices],
    }


def _form_body(message: Message) -> list[Card]:
    fields = [_field(field) for field in message["form"]["fields"]]
    return [_text(message["text"]), *fields]


def _field(field: Mapping[str, Any]) -> Card:
    name, label, kind = str(field["name"]), str(field["label"]), field["kind"]
    required = bool(field.get("required"))
    if kind == "yes_no":
        yes_no = ({"id": "yes", "label": "Yes"}, {"id": "no", "label": "No"}, *_unsure())
        return _choice_set(name, label, yes_no, many=False, required=required)
    if kind in ("one", "many"):
        choose = bool(none_label(field)) if kind == "many" else required
        return _choice_set(name, label, field["choices"], many=kind == "many", required=choose)
    return _line(name, label, field, required)


def _line(name: str, label: str, field: Mapping[str, Any], required: bool) -> Card:
    style = {"phone": "Tel", "email": "Email"}.get(field["kind"], "Text")
    return {
        "type": "Input.Text",
        "id": name,
        "label": label,
        "placeholder": str(field.get("hint") or ""),
        "isMultiline": field["kind"] == "long_text",
        "isRequired": required,
        "errorMessage": "Fill this in, or type: I don't know",
        "style": style,
        "maxLength": 4000,
    }


def _unsure() -> list[dict[str, str]]:
    return [{"id": id_, "label": label} for id_, label in UNSURE]


def answered_card(question: str, answer: str) -> Card:
    """What stands in place of a card once it was answered: the question and the answer, nothing to press."""
    return _card([_text(question), _text(answer, weight="Bolder")], [])
