"""Somebody asks for a call with an interpreter: what that says, and what it does not (law.md C06, D03, D07)."""

from __future__ import annotations

import pytest

from benchmarks.rehearsal import MONDAY_MORNING, Counting, Memory, packs
from triage.conversation.calling_back import Call, ask_for_call
from triage.letters import CHANNELS, FAMILY, KINDS, why_blocked
from triage.ports import Conversation
from triage.request import RequestForService


@pytest.fixture
def asked() -> RequestForService:
    memory = Memory()
    conversation = Conversation("c1", "-", "web", "family", MONDAY_MORNING, authority="warwickshire")
    call = Call("pl", "Polish", "07700 900123", "Ewa", "po 17")
    code = ask_for_call(memory, packs(), conversation, call, ids=Counting(), at=MONDAY_MORNING)
    request = memory.requests.by_reference(code)
    assert request is not None
    return request


def test_an_officer_finds_it_sent_with_the_language_and_the_hours(asked: RequestForService) -> None:
    assert (asked.state, asked.language, asked.decision) == ("sent", "pl", None)
    assert "Polish" in (asked.story or "")
    assert asked.safe_contact.hours == "po 17"


def test_nothing_was_agreed_to_and_no_service_goes_on(asked: RequestForService) -> None:
    assert asked.consents == ()
    assert asked.proposal
    assert asked.proposal.indication["proceeds"] != "yes"


def test_nothing_is_said_of_any_child(asked: RequestForService) -> None:
    assert asked.children == ()
    assert asked.facts.noted == ()


@pytest.mark.parametrize("way", CHANNELS)
def test_only_a_call_is_safe(asked: RequestForService, way: str) -> None:
    contact = asked.safe_contact
    assert not any((contact.safe_text, contact.safe_voicemail, contact.safe_email, contact.safe_letter))
    family = [kind for kind in KINDS if kind.recipient == FAMILY]
    assert all(bool(why_blocked(asked, kind, way)) is (way != "phone") for kind in family)


def test_without_a_number_nothing_is_sent_and_the_words_are_kept_for_the_screen() -> None:
    memory = Memory()
    conversation = Conversation("c1", "-", "web", "family", MONDAY_MORNING, authority="warwickshire")
    asked = Call("pl", "Polish", "zadzwoń", None, None)
    assert ask_for_call(memory, packs(), conversation, asked, ids=Counting(), at=MONDAY_MORNING) is None
    assert memory.requests.for_conversation("c1") is None
    assert "message.kept" in [event.action for event in memory.events]


def test_a_name_longer_than_any_name_is_cut_in_the_record_and_whole_in_the_message() -> None:
    memory = Memory()
    conversation = Conversation("c1", "-", "web", "family", MONDAY_MORNING, authority="warwickshire")
    call = Call("pl", "Polish", "07700 900123", "Ewa " * 100)
    ask_for_call(memory, packs(), conversation, call, ids=Counting(), at=MONDAY_MORNING)
    request = memory.requests.for_conversation("c1")
    assert request is not None
    assert len(request.requester_name or "") == 120
    assert call.answers["contact_name"] == "Ewa " * 100
