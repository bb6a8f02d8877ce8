"""What goes into the domain for one turn, and what comes out for Rasa to say."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from actions.turn import ActionTurn
from triage.turn import Say, Turn

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


class Domain:
    """Remembers the turns it was given and says what it was told to."""

    def __init__(self, *says: Say) -> None:
        self.says = says
        self.turns: list[Turn] = []

    def take(self, turn: Turn) -> list[Say]:
        self.turns.append(turn)
        return list(self.says)


def tracker(slots: dict[str, Any] | None = None, **told: Any) -> Tracker:
    metadata = {
        "message_id": "m1",
        "channel": "web",
        "audience": "family",
        "text": "",
        "choice": None,
        "answers": {},
        **told,
    }
    message = {
        "intent": {"name": "inform", "confidence": 1.0},
        "text": "what Rasa made of it",
        "metadata": metadata,
        "understanding": {"danger": "none"},
    }
    return Tracker("c1", slots or {}, message, [], False, None, {}, "action_listen")


async def run(domain: Domain, what: Tracker) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Events and messages."""
    dispatcher = CollectingDispatcher()
    events = await ActionTurn(domain.take, lambda: NOON).run(dispatcher, what, {})
    return events, dispatcher.messages


async def test_the_domain_gets_the_words_exactly_as_typed() -> None:
    domain = Domain()
    await run(domain, tracker(text="  /my son\u200b is 7 "))
    turn = domain.turns[0]
    assert (turn.text, turn.at, turn.message_id, turn.conversation_id) == ("  /my son\u200b is 7 ", NOON, "m1", "c1")
    assert turn.understanding == {"danger": "none"}


async def test_a_pressed_choice_arrives_as_a_choice() -> None:
    domain = Domain()
    await run(domain, tracker(text="Yes", choice="yes"))
    assert domain.turns[0].choice == "yes"


async def test_a_filled_in_form_arrives_with_its_words_as_the_text_that_was_screened() -> None:
    domain = Domain()
    await run(domain, tracker(text="", answers={"name": "Ada", "ways": ["call"], "more": "He hits her"}))
    assert domain.turns[0].answers["ways"] == ["call"]
    assert domain.turns[0].text == "Ada\nHe hits her"


async def test_each_thing_to_say_travels_by_name_with_its_values_and_kind() -> None:
    say = Say(
        "utter_ask_place", "question", {"child": "Sam"}, (("cv11", "Nuneaton"),), {"fields": []}, {"audience": "family"}
    )
    _, messages = await run(Domain(say), tracker())
    assert messages[0]["response"] == "utter_ask_place"
    assert messages[0]["custom"] == {
        "kind": "question",
        "values": {"child": "Sam"},
        "choices": [{"id": "cv11", "label": "Nuneaton"}],
        "form": {"fields": []},
        "data": {"audience": "family"},
        "slots": {"audience": "family", "channel": None},
    }


async def test_a_say_without_choices_leaves_the_buttons_of_its_response() -> None:
    _, messages = await run(Domain(Say("utter_ask_impact")), tracker())
    assert messages[0]["custom"]["choices"] is None


async def test_a_say_that_offers_no_choice_takes_the_buttons_away() -> None:
    _, messages = await run(Domain(Say("utter_ask_impact", choices=())), tracker())
    assert messages[0]["custom"]["choices"] == []


async def test_the_turn_ends_itself_so_that_no_policy_can_say_it_twice() -> None:
    events, _ = await run(Domain(Say("utter_opening")), tracker())
    assert {"event": "followup", "timestamp": None, "name": "action_listen"} in events


async def test_the_words_change_in_the_very_turn_in_which_a_young_person_is_known() -> None:
    known = Say("utter_hello", data={"audience": "young_person"})
    events, messages = await run(Domain(known), tracker(slots={"audience": "family", "channel": "web"}))
    assert messages[0]["custom"]["slots"]["audience"] == "young_person"
    assert next(event["value"] for event in events if event.get("name") == "audience") == "young_person"


async def test_a_young_person_stays_one_until_the_domain_says_otherwise() -> None:
    _, messages = await run(Domain(Say("utter_hello")), tracker(slots={"audience": "young_person"}))
    assert messages[0]["custom"]["slots"]["audience"] == "young_person"
