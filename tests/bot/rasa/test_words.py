"""Responses are chosen by audience and channel, and filled in safely."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.runtime.filling import fill, with_labels
from bot.runtime.showing import shown_message

BUTTONS = [{"title": "Yes", "payload": "yes"}, {"title": "No", "payload": "no"}]


def test_every_place_gets_its_value_wherever_it_stands() -> None:
    response = {"text": "Hello {name}", "buttons": [{"title": "Call {number}", "payload": "call"}]}
    filled = fill(response, {"name": "Ada", "number": "101"})
    assert (filled["text"], filled["buttons"][0]["title"]) == ("Hello Ada", "Call 101")


@given(st.text())
def test_what_a_person_typed_is_never_read_for_places(typed: str) -> None:
    assert fill("You said: {words}", {"words": typed, "secret": "hidden"}) == "You said: " + typed


def test_a_place_without_a_value_stays_to_be_seen() -> None:
    assert fill("Call {number_unknown}", {}) == "Call {number_unknown}"


def test_labels_that_name_a_response_get_its_words() -> None:
    form = {"fields": [{"name": "first", "kind": "text", "label": "utter_label_first"}]}
    assert with_labels(form, {"utter_label_first": "First name"}.__getitem__)["fields"][0]["label"] == "First name"


def test_a_response_shows_its_own_buttons_unless_choices_are_given() -> None:
    message = {"text": "Sure?", "buttons": BUTTONS, "custom": {"kind": "question", "choices": None}}
    assert [choice["id"] for choice in shown_message(message)["choices"]] == ["yes", "no"]


def test_given_choices_stand_in_place_of_the_buttons_and_may_borrow_their_labels() -> None:
    given_choices = [{"id": "no", "label": ""}, {"id": "maybe", "label": "Maybe"}]
    message = {"text": "Sure?", "buttons": BUTTONS, "custom": {"kind": "question", "choices": given_choices}}
    assert shown_message(message)["choices"] == [{"id": "no", "label": "No"}, {"id": "maybe", "label": "Maybe"}]


def test_a_line_that_no_action_sent_is_the_safety_line() -> None:
    assert shown_message({"text": "Call 999"})["kind"] == "safety"
