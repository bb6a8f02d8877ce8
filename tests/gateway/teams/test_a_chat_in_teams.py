"""What a member of school staff sees in Teams."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.channels.bot_client import BotMessage, Choice
from gateway.channels.returning import NoSuchCode, Returning
from gateway.channels.teams.cards import BUTTONS_IN_A_ROW, card_for
from gateway.channels.teams.payload import LIMIT_BYTES, size_of
from tests.gateway.teams.conftest import TENANT, Now, activity
from tests.gateway.test_hostile_words import ORDERS, XSS
from triage.ports import AuditEvent

YES_NO = [Choice(id="yes", label="Yes"), Choice(id="no", label="No")]


def question(text: str, choices=(), form=None) -> BotMessage:
    return BotMessage(text=text, kind="question", choices=list(choices), form=form)


def card_of(reply) -> dict:
    return reply["attachments"][0]["content"]


async def test_the_first_message_begins_a_conversation_for_professionals(say, bot, teams):
    replies = await say(text="hello")
    assert [r["text"] for r in replies] == ["Tell me what is going on."]
    held = teams.store.held(bot.heard[0].conversation_id)
    assert (held.conversation.channel, held.conversation.audience) == ("teams", "professional")
    assert held.conversation.authority == "warwickshire"


async def test_being_added_to_a_chat_is_answered_with_the_opening(say):
    replies = await say(type="conversationUpdate", membersAdded=[{"id": "28:bot"}], text=None)
    assert replies[0]["text"] == "Tell me what is going on."


async def test_a_mention_of_the_bot_is_not_part_of_the_words(say, bot):
    await say()
    await say(text="<at>Front Door</at> Boy of 10, &quot;scared&quot; to go home")
    assert bot.heard[-1].text == 'Boy of 10, "scared" to go home'


async def test_a_choice_is_a_card_and_pressing_it_answers(say, post, bot):
    bot.script += [[question("Is anyone in danger right now?", YES_NO)], [question("And how old?")]]
    await say()
    (asked,) = await say(text="a child told me something")
    card = card_of(asked)
    assert [a["title"] for a in card["actions"]] == ["Yes", "No"]
    pressed = {"action": {"type": "Action.Execute", "verb": "answer", "data": card["actions"][1]["data"]}}
    response = await post(activity(type="invoke", name="adaptiveCard/action", value=pressed, text=None))
    assert response.status == 200
    assert bot.heard[-1].payload["choice"] == "no"


async def test_a_card_pressed_twice_counts_once(say, bot):
    bot.script += [[question("Is anyone in danger?", YES_NO)], [question("And how old?")]]
    await say()
    (asked,) = await say(text="a child told me something")
    data = card_of(asked)["actions"][0]["data"]
    first, second = await say(value=data, text=None), await say(value=data, text=None)
    assert [r["text"] for r in first] == [r["text"] for r in second] == ["And how old?"]
    assert len(bot.heard) == 3


async def test_a_choice_that_was_not_offered_changes_nothing(say, bot):
    bot.script += [[question("Is anyone in danger?", YES_NO)]]
    await say()
    (asked,) = await say(text="a child told me something")
    turn = card_of(asked)["actions"][0]["data"]["turn"]
    replies = await say(value={"turn": turn, "choice": "consent:given"}, text=None)
    assert "answered before" in replies[0]["text"]
    assert len(bot.heard) == 2


async def test_an_order_is_only_words_in_teams(say, bot):
    await say()
    for order in ORDERS:
        await say(text=order)
        assert bot.heard[-1].text == order
        assert bot.heard[-1].payload.get("choice") is None
        assert bot.heard[-1].payload.get("answers") in (None, {})


async def test_an_order_on_a_card_is_no_choice_and_no_field(say, bot):
    bot.script += [[question("Is anyone in danger?", YES_NO)]]
    await say()
    (asked,) = await say(text="a child told me something")
    turn = card_of(asked)["actions"][0]["data"]["turn"]
    for order in ORDERS:
        for value in ({"turn": turn, "choice": order}, {"turn": turn, order: "x"}, {"turn": order, "choice": order}):
            assert "answered before" in (await say(value=value, text=None))[0]["text"], value
    assert len(bot.heard) == 2


async def test_a_filled_in_form_comes_back_as_answers(say, bot):
    form = {"fields": [{"name": "phone", "kind": "phone", "label": "Your direct line"}]}
    bot.script += [[question("How can we reach you?", form=form)], [question("Thank you")]]
    await say()
    (asked,) = await say(text="disclosure this lunchtime")
    card = card_of(asked)
    assert card["body"][1]["style"] == "Tel"
    await say(value={"turn": card["actions"][0]["data"]["turn"], "phone": "01632 960111"}, text=None)
    assert bot.heard[-1].payload["answers"] == {"phone": "01632 960111"}


async def test_when_the_bot_is_down_the_person_gets_the_numbers(say, bot):
    await say()
    bot.down = True
    replies = await say(text="disclosure this lunchtime")
    assert "999" in replies[0]["text"]


@pytest.mark.parametrize("message_rate", ["3/minute"])
async def test_too_much_at_once_is_said_with_the_number_and_reaches_no_bot(say, bot):
    for _ in range(3):
        await say()
    heard = len(bot.heard)
    (answer,) = await say(text="one more")
    assert "Wait a minute" in answer["text"]
    assert "999" in answer["text"]
    assert len(bot.heard) == heard
    pressed = {"type": "invoke", "name": "adaptiveCard/action", "value": {"action": {"data": {"turn": "x"}}}}
    words, refusal = await say(**pressed)
    assert "Wait a minute" in words["text"]
    assert (refusal["type"], refusal["value"]["status"]) == ("invokeResponse", 429)
    other = await say(conversation={"id": "a:chat2", "tenantId": TENANT, "conversationType": "personal"})
    assert "Wait a minute" not in other[0]["text"], "somebody else's chat is another one"


async def test_an_error_tells_no_detail(say, teams, monkeypatch):
    async def fails(*_):
        raise RuntimeError("secret detail")

    await say()
    monkeypatch.setattr("gateway.channels.conversing.Conversing.say", fails)
    replies = await say(text="again")
    assert "secret detail" not in json.dumps(replies)
    assert "999" in replies[0]["text"]


async def test_the_conversation_can_be_finished_in_the_browser(say, bot, teams):
    await say()
    replies = await say(text="web")
    code = replies[0]["text"].split("code=")[1].split()[0]
    returning = Returning(teams.store.units, Now())
    assert returning.come_back(code)[0] == bot.heard[0].conversation_id
    with pytest.raises(NoSuchCode):
        returning.come_back(code)


async def test_new_begins_another_request(say, bot):
    await say()
    await say(text="New")
    assert bot.heard[0].conversation_id != bot.heard[1].conversation_id


def test_many_choices_are_a_list_and_few_are_buttons():
    def choices(count):
        return [{"id": str(n), "label": f"Choice {n}"} for n in range(count)]

    few, many = (card_for({"text": "?", "choices": choices(n)}, turn="m") for n in (3, BUTTONS_IN_A_ROW + 1))
    assert len(few["actions"]) == 3
    assert many["body"][1]["type"] == "Input.ChoiceSet"


@given(st.text(max_size=60_000))
def test_every_activity_is_small_enough_for_teams(text):
    from datetime import UTC, datetime

    from gateway.channels.teams.agent import drawn
    from triage.ports import StoredMessage

    payload = {"kind": "question", "choices": [c.model_dump() for c in YES_NO]}
    message = StoredMessage("m1", "c1", 1, "bot", text, datetime(2026, 1, 1, tzinfo=UTC), payload)
    for one in drawn(message):
        assert size_of(one.model_dump(mode="json", by_alias=True, exclude_none=True)) <= LIMIT_BYTES


async def test_markup_through_every_field_of_an_activity_is_words_or_dropped(say, bot):
    form = {"fields": [{"name": "more", "kind": "long_text", "label": "More"}]}
    await say()
    for hostile in XSS:
        bot.script += [[question("More?", form=form)]]
        sender = {"id": "29:abc", "aadObjectId": hostile, "name": hostile}
        (asked,) = await say(text=f"worried {hostile} about a boy", **{"from": sender})
        assert bot.heard[-1].text.startswith("worried")
        assert (
            not re.search("<(script|img|svg|iframe|math)\\b", bot.heard[-1].text) or "&lt;" in hostile
        )  # typed as words
        await say(value={**card_of(asked)["actions"][0]["data"], "more": hostile}, text=None)
        assert bot.heard[-1].payload["answers"] == {"more": hostile}


WORRIES = {
    "fields": [
        {"name": "worries", "kind": "many", "label": "Is any of this happening?", "options": [
            ["neglect", "Nobody cooks or washes"], ["missing", "A child goes missing"], ["no_worries_like_these", "None of these"],
        ]}
    ]
}  # fmt: skip


async def asked_to_tick(say, bot) -> dict:
    bot.script += [[question("Is any of this happening?", form=WORRIES)], [question("Thank you")]]
    await say()
    (asked,) = await say(text="a child comes in hungry")
    return card_of(asked)["actions"][0]["data"]


async def test_two_worries_ticked_in_teams_are_two_worries(say, bot):
    """Teams joins ticks with a comma: read as one word they would count as no worry at all."""
    data = await asked_to_tick(say, bot)
    await say(value={**data, "worries": "neglect,missing"}, text=None)
    assert bot.heard[-1].payload["answers"] == {"worries": ["neglect", "missing"]}


@pytest.mark.parametrize("ticks", ["", "neglect,no_worries_like_these"])
async def test_a_list_that_says_nothing_or_contradicts_itself_is_asked_again(say, bot, ticks):
    data = await asked_to_tick(say, bot)
    told, again = await say(value={**data, "worries": ticks}, text=None)
    assert "None of these" in told["text"]
    assert card_of(again)["actions"][0]["data"] == data
    assert len(bot.heard) == 2


async def test_an_empty_form_is_asked_again_and_a_field_left_empty_is_no_answer(say, bot):
    form = {
        "fields": [
            {"name": "phone", "kind": "phone", "label": "Phone"},
            {"name": "email", "kind": "email", "label": "Email"},
        ]
    }
    bot.script += [[question("How can we reach you?", form=form)], [question("Thank you")]]
    await say()
    (asked,) = await say(text="disclosure this lunchtime")
    card = card_of(asked)
    assert [f["isRequired"] for f in card["body"][1:]] == [False, False]
    turn = card["actions"][0]["data"]["turn"]
    assert "at least one" in (await say(value={"turn": turn, "phone": "", "email": ""}, text=None))[0]["text"]
    await say(value={"turn": turn, "phone": "01632 960111", "email": ""}, text=None)
    assert bot.heard[-1].payload["answers"] == {"phone": "01632 960111"}


async def test_what_stands_beside_a_form_can_be_pressed_without_filling_it_in(say, bot):
    skip = Choice(id="skip", label="I'd rather not say")
    form = {"fields": [{"name": "phone", "kind": "phone", "label": "Phone", "required": True}]}
    bot.script += [[question("How can we reach you?", [skip], form=form)], [question("Thank you")]]
    await say()
    (asked,) = await say(text="disclosure this lunchtime")
    beside = card_of(asked)["actions"][1]
    assert (beside["title"], beside["associatedInputs"]) == ("I'd rather not say", "none")
    await say(value=beside["data"], text=None)
    assert bot.heard[-1].payload["choice"] == "skip"


async def test_a_choice_out_of_a_long_list_is_shown_in_its_words(say, post, bot):
    many = [Choice(id=f"id_{n}", label=f"Choice {n}") for n in range(BUTTONS_IN_A_ROW + 1)]
    bot.script += [[question("Which?", many)], [question("Thank you")]]
    await say()
    (asked,) = await say(text="a child told me something")
    data = {**card_of(asked)["actions"][0]["data"], "choice": "id_3"}
    pressed = {"action": {"type": "Action.Execute", "verb": "answer", "data": data}}
    response = await post(activity(type="invoke", name="adaptiveCard/action", value=pressed, text=None))
    assert "Choice 3" in await response.text()
    assert "id_3" not in json.dumps(bot.heard[-1].text)


async def test_a_first_message_that_says_something_is_heard(say, bot):
    """Nobody who opens with the danger itself is answered with an opening alone (hazard H01)."""
    bot.script += [[BotMessage(text="Call 999 now.", kind="safety")]]
    replies = await say(text="A boy has just told me that his dad is hitting his mum now")
    assert [reply["text"] for reply in replies] == ["Tell me what is going on.", "Call 999 now."]
    assert bot.heard[-1].text == "A boy has just told me that his dad is hitting his mum now"


async def test_words_after_a_conversation_was_ended_elsewhere_begin_a_new_one_and_are_heard(say, bot, teams):
    await say()
    began = bot.heard[0].conversation_id
    with teams.store.units() as unit:
        ended = unit.conversations.get(began)
        event = AuditEvent(datetime.now(UTC), "person", "conversation.left", f"conversation:{began}")
        unit.conversations.save(replace(ended, state="left", token_hash="-"), event)
        unit.commit()
    await say(text="he is hitting her now")
    assert bot.heard[-1].text == "he is hitting her now"
    assert bot.heard[-1].conversation_id != began
