"""999 in the same turn, whatever the conversation is doing: over the real service, and with its action server stopped (H01)."""

from __future__ import annotations

import html
import time
from collections.abc import Callable

import httpx2
import pytest

from gateway.channels.webchat.languages import languages
from records.bootstrap import unit_of_work_factory
from tests.conversations.test_over_http import FAMILY, MOST
from tests.stack import Refused, Stack, Talk

pytestmark = pytest.mark.stack
KNIFE = "he has got a knife and he is coming up the stairs now"
OPENING, SOMEBODY = FAMILY["targeted_support"]


def offered(choice: str) -> Callable[[Talk], Talk]:
    """Answer as this person would until the choice is on offer."""

    def until(talk: Talk) -> Talk:
        talk.say(OPENING)
        for _ in range(MOST):
            if choice in talk.choices:
                return talk
            SOMEBODY.answer(talk)
        raise AssertionError(f"{choice} was never offered")

    return until


def asked_for(field: str) -> Callable[[Talk], Talk]:
    """Answer until a form with this field is shown."""

    def until(talk: Talk) -> Talk:
        talk.say(OPENING)
        for _ in range(MOST):
            if field in {one["name"] for one in talk.fields}:
                return talk
            SOMEBODY.answer(talk)
        raise AssertionError(f"{field} was never asked")

    return until


POSITIONS: dict[str, Callable[[Talk], Talk]] = {
    "in the first message": lambda talk: talk,
    "in answer to the list of worries": lambda talk: talk.say("my son of 8 will not sleep"),
    "in answer to a policy question": lambda talk: talk.say("my son of 8 will not sleep").press(
        "no_worries_like_these"
    ),
    "after an aside": lambda talk: talk.say("my son of 8 will not sleep").say("who will read this?"),
    "after answers that were not understood": lambda talk: (
        talk.say("my son of 8 will not sleep").say("blue").say("purple")
    ),
    "while agreement is asked": offered("consent:given"),
    "while it is asked whom we may talk to": lambda talk: offered("consent:given")(talk).press("consent:given"),
    "while the names are asked": asked_for("names"),
    "while the number is asked": asked_for("phone"),
    "at check your answers": offered("send"),
    "after sending": lambda talk: offered("send")(talk).press("send"),
    "after danger": lambda talk: talk.say("he is hitting her right now"),
}


def brought(stack: Stack, position: str, audience: str = "family") -> Talk:
    return POSITIONS[position](Talk.begin(stack.url, audience))


@pytest.mark.parametrize("position", POSITIONS)
def test_999_comes_first_in_the_same_turn(stack: Stack, position: str) -> None:
    talk = brought(stack, position).say(KNIFE)
    assert "999" in talk.last["messages"][0]["text"]
    assert talk.last["messages"][0]["kind"] == "safety"


FIELDS = ("names", "school", "wishes", "strengths", "contact_name", "phone", "email", "hours")


@pytest.mark.parametrize("field", FIELDS)
def test_words_in_any_field_of_a_form_are_heard_like_a_message(stack: Stack, field: str) -> None:
    talk = asked_for(field)(Talk.begin(stack.url)).fill(**{field: KNIFE})
    assert "999" in talk.last["messages"][0]["text"]
    assert _marked(stack, talk.id)


def test_words_where_a_tick_is_offered_are_refused_and_not_kept_unheard(stack: Stack) -> None:
    talk = Talk.begin(stack.url).say("my son of 8 will not sleep")
    with pytest.raises(Refused) as refused:
        talk.fill(worries=[KNIFE])
    assert refused.value.status in (409, 422)


@pytest.fixture(scope="module")
def while_stopped(stack: Stack) -> dict[str, Talk]:
    """Every position reached, then the action server is stopped, then the danger is told, then it is back."""
    talks = {position: brought(stack, position) for position in POSITIONS}
    with stack.without("actions"):
        for talk in talks.values():
            talk.say(KNIFE)
    return talks


@pytest.mark.parametrize("position", POSITIONS)
def test_999_comes_first_with_the_action_server_stopped(while_stopped: dict[str, Talk], position: str) -> None:
    shown = while_stopped[position].last["messages"]
    assert "999" in shown[0]["text"]
    assert shown[0]["kind"] == "safety"
    assert not any(message["kind"] in {"question", "summary", "outcome"} for message in shown)


@pytest.mark.parametrize("position", POSITIONS)
def test_and_the_danger_is_on_the_record_when_it_is_back(
    stack: Stack, while_stopped: dict[str, Talk], position: str
) -> None:
    assert _marked(stack, while_stopped[position].id)


CALLS = {
    "pl": {"phone": "07700 900123", "hours": "po 17, teraz mąż ma nóż i chce nas zabić"},
    "ro": {"phone": "07700 900124", "caller": "Ana, mă bate acum"},
    "ur": {"phone": "07700 900125", "hours": "وہ بیوی کو مار رہا ہے"},
}


@pytest.mark.parametrize("code", CALLS)
def test_who_reads_no_english_and_asks_for_a_call_is_heard_as_well(stack: Stack, code: str) -> None:
    """The fields beside the number are words like any other: the page answers with 999 in their language, above all else."""
    with httpx2.Client(base_url=stack.url, timeout=30) as http:
        page = html.unescape(http.post(f"/in/{code}", data=CALLS[code]).text)
    assert 0 < page.find('role="alert"') < page.find(languages()[code].words["danger"]) < page.find("<h1")
    reference = page.split('<strong dir="ltr">')[1].split("<")[0]
    with unit_of_work_factory(stack.database_url)() as work:
        request = work.requests.by_reference(reference)
    assert (request.danger, request.proposal.route) == ("immediate_danger", "emergency")


def test_an_ordinary_name_and_hour_in_another_language_raise_nothing(stack: Stack) -> None:
    with httpx2.Client(base_url=stack.url, timeout=30) as http:
        page = http.post("/in/pl", data={"phone": "07700 900126", "caller": "Ewa", "hours": "po 17"}).text
    assert 'role="alert"' not in page


def _marked(stack: Stack, conversation_id: str, within: float = 40) -> bool:
    end = time.monotonic() + within
    while time.monotonic() < end:
        with unit_of_work_factory(stack.database_url)() as work:
            request = work.requests.for_conversation(conversation_id)
        if request is not None and request.danger == "immediate_danger":
            return True
        time.sleep(0.25)  # the gateway hands kept messages in again by itself
    return False
