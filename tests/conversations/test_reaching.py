"""A phone number or an email with a slip in it is kept, named once, and never in anybody's way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.rehearsal import Talk
from tests.conversations.answering import go_through, parent, until
from triage.conversation.plausible import email_in, looks_like_email, looks_like_phone, phone_in


def asked_for_contact() -> Talk:
    talk = Talk().start().say("My son is 7 and will not sleep. We are worn out.", intent="ask_for_help")
    return until(talk, "contact")


def said(talk: Talk) -> list[str]:
    return [say.response for say in talk.last]


def test_the_form_asks_for_a_number_and_an_address_by_their_kinds() -> None:
    [form] = [say.form for say in asked_for_contact().last if say.form]
    kinds = {field["name"]: field["kind"] for field in form["fields"]}
    assert (kinds["phone"], kinds["email"]) == ("phone", "email")


def test_who_changes_one_answer_finds_the_others_filled_in() -> None:
    talk = asked_for_contact().fill(contact_name="Leanne", phone="07700 900111", hours="after six")
    until(talk, "check_answers").press("change:contact")
    [form] = [say.form for say in talk.last if say.form]
    given = {field["name"]: field.get("value") for field in form["fields"]}
    assert given == {"contact_name": "Leanne", "phone": "07700 900111", "email": None, "hours": "after six"}


@pytest.mark.parametrize("answer", ["leanne@example.org", "its leanne@example.org"])
def test_an_email_that_is_safe_is_asked_for_and_nothing_else_is_lost(answer: str) -> None:
    talk = until(asked_for_contact().fill(contact_name="Leanne", phone="07700 900111"), "safe_ways")
    talk.fill(safe_ways=["contact:email", "contact:call"])
    assert "utter_which_email" in said(talk)
    safe = talk.say(answer).request.safe_contact
    assert (safe.email, safe.phone, safe.name_to_use) == ("leanne@example.org", "07700 900111", "Leanne")
    assert "utter_which_email" not in said(talk)


def test_who_gave_an_email_is_not_asked_for_it_again() -> None:
    talk = until(asked_for_contact().fill(email="leanne@example.org"), "safe_ways")
    assert "utter_which_email" not in said(talk.fill(safe_ways=["contact:email"]))


@pytest.mark.parametrize(
    ("filled", "doubt"),
    [
        ({"phone": "07700 9001"}, "utter_phone_doubted"),
        ({"phone": "leanne@example.org"}, "utter_phone_doubted"),
        ({"email": "leanne.example.org"}, "utter_email_doubted"),
        ({"email": "leanne@example"}, "utter_email_doubted"),
    ],
)
def test_what_does_not_look_right_is_kept_and_the_talk_goes_on(filled: dict[str, str], doubt: str) -> None:
    talk = asked_for_contact().fill(**filled)
    assert doubt in said(talk)
    [(name, typed)] = filled.items()
    assert getattr(talk.request.safe_contact, name) == typed
    assert talk.asking != "contact"
    assert go_through(talk).sent


def test_it_is_said_only_once() -> None:
    talk = asked_for_contact().fill(phone="07700 9001")
    until(talk, "check_answers").press("change:contact")
    assert talk.fill(phone="07700 90").request.safe_contact.phone == "07700 90"
    assert "utter_phone_doubted" not in said(talk)


@pytest.mark.parametrize(
    "right", [{"phone": "07700 900111"}, {"phone": "+44 (0)1632 960001 ext 12"}, {"email": "a@b.org"}]
)
def test_what_looks_right_is_not_remarked_on(right: dict[str, str]) -> None:
    assert not any(response.endswith("_doubted") for response in said(asked_for_contact().fill(**right)))


def test_a_number_with_a_slip_in_free_words_is_kept_too() -> None:
    talk = asked_for_contact().say("I'm Leanne, text me on 07700 9001")
    assert talk.request.safe_contact.phone == "07700 9001"
    assert talk.request.safe_contact.name_to_use == "Leanne"
    assert "utter_phone_doubted" in said(talk)


@pytest.mark.parametrize("text", ["after 3.30", "between 3 and 5", "my son is 7 and 9", "2017", "not before 10 - 11"])
def test_a_time_or_an_age_is_no_phone_number(text: str) -> None:
    assert phone_in(text) is None


@given(st.text(max_size=80))
def test_whatever_is_typed_is_read_without_a_fault(text: str) -> None:
    for found, looks in ((phone_in(text), looks_like_phone), (email_in(text), looks_like_email)):
        assert found is None or (found in text and looks(found) in (True, False))


class TestSafeContact:
    """H06: every way is no until it was said to be safe."""

    def reached(self, *ways: str, text: str | None = None) -> Talk:
        talk = until(parent(), "safe_ways")
        return talk.say(text) if text else talk.fill(safe_ways=[f"contact:{way}" for way in ways])

    def test_nothing_is_safe_that_was_not_named(self) -> None:
        contact = self.reached("text").request.safe_contact
        assert (
            contact.safe_text,
            contact.safe_call,
            contact.safe_voicemail,
            contact.safe_email,
            contact.safe_letter,
        ) == (True, False, False, False, False)

    def test_not_knowing_is_no(self) -> None:
        contact = self.reached(text="don't know").request.safe_contact
        assert not any(
            (contact.safe_text, contact.safe_call, contact.safe_voicemail, contact.safe_email, contact.safe_letter)
        )

    def test_what_is_forbidden_in_words_is_not_safe(self) -> None:
        contact = self.reached(text="call me or text me, but do not leave a voicemail").request.safe_contact
        assert contact.safe_call
        assert contact.safe_text
        assert not contact.safe_voicemail

    def test_who_must_not_know_is_kept(self) -> None:
        talk = until(parent(), "must_not_know").say("my husband, he checks my phone")
        assert talk.request.safe_contact.must_not_know == "my husband, he checks my phone"


def test_a_young_person_who_gave_their_name_finds_it_filled_in() -> None:
    talk = Talk("young_person").start().say("im 15 and i cant sleep", speaker_role="young_person", child_ages=[15])
    until(talk, "child_names").fill(names="Jordan")
    until(talk, "contact")
    [form] = [say.form for say in talk.last if say.form]
    assert next(field.get("value") for field in form["fields"] if field["name"] == "contact_name") == "Jordan"
