"""What stands on a page of the conversation, of all that was said and offered."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from gateway.channels.store import Held
from gateway.channels.webchat.view import Screen, screen
from triage.ports import Conversation, StoredMessage

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
AFTER = [{"id": "leave", "label": "That is all"}, {"id": "withdraw", "label": "Take it back"}]
MORE = [{"id": "equality", "label": "Answer them"}, {"id": "skip", "label": "No, thank you"}]
PASSED_OVER = [{"id": "not_known", "label": "I don’t know"}, {"id": "not_said", "label": "I’d rather not say"}]


def bot(text: str, kind: str = "statement", **payload: Any) -> StoredMessage:
    return StoredMessage("", "c", 0, "bot", text, AT, {"kind": kind, "in_reply_to": "p", **payload})


def person(text: str) -> StoredMessage:
    return StoredMessage("p", "c", 0, "person", text, AT, {})


def shows(*messages: StoredMessage) -> Screen:
    numbered = [StoredMessage(m.id, "c", n, m.author, m.text, AT, m.payload) for n, m in enumerate(messages, start=1)]
    return screen(Held(Conversation("c", "", "web", "family", AT), numbered), key="", form_token="")


def test_an_offer_after_the_end_is_the_only_question_until_it_is_answered() -> None:
    page = shows(bot("Sent.", "outcome", choices=AFTER), bot("One more thing.", choices=MORE))
    assert [label for _, label in page.choices] == ["Answer them", "No, thank you"]


def test_what_stood_before_it_still_counts_where_it_is_said() -> None:
    page = shows(bot("Sent.", "outcome", choices=AFTER), bot("One more thing.", choices=MORE))
    assert page.asked.label("withdraw") == "Take it back"


def test_a_question_that_only_words_answer_has_its_box_open() -> None:
    assert shows(bot("Which town?", "question", choices=PASSED_OVER)).is_open
    assert not shows(bot("Are you safe?", "question", choices=[{"id": "yes", "label": "Yes"}, *PASSED_OVER])).is_open
    assert not shows(bot("What is going on?", "question")).is_open  # nothing else is there


def test_one_turn_has_one_button_to_call_999_and_the_next_turn_its_own() -> None:
    page = shows(bot("Call 999.", "safety"), bot("Only 999 can help.", "safety"), person("ok"), bot("999", "safety"))
    assert [b.calls_999 for b in page.bubbles] == [True, False, False, True]


def test_the_lines_of_a_summary_stand_where_they_stood_in_its_words() -> None:
    lines = [{"step": "story", "label": "What you told us", "answer": "He will not sleep.\nWe are worn out."}]
    words = "This would be sent:\nWhat you told us: He will not sleep.\nWe are worn out.\nIs it right?"
    [bubble] = shows(bot(words, "summary", data={"lines": lines})).bubbles
    assert (bubble.text, bubble.text_after) == ("This would be sent:", "Is it right?")
    assert [row.answer for row in bubble.rows] == ["He will not sleep.\nWe are worn out."]


def test_who_is_asked_by_a_member_of_staff_finds_the_box_before_the_goodbye() -> None:
    staff = StoredMessage("", "c", 0, "officer", "Which mornings are best?", AT, {})
    page = shows(bot("Sent.", "outcome", choices=AFTER), staff)
    assert page.is_open
    assert not shows(
        bot("Sent.", "outcome", choices=AFTER), staff, person("Tuesdays"), bot("Added.", choices=AFTER)
    ).is_open
