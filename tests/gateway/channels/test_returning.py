"""Somebody who must stop can come back with a code: once, for a while, and nobody else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from gateway.channels.returning import LIFE, NoSuchCode, Returning, new_code
from gateway.channels.store import ConversationStore, NoSuchConversation
from records.bootstrap import migrate, unit_of_work_factory


class Clock:
    def __init__(self) -> None:
        self.at = datetime(2026, 11, 20, 23, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at


class Ids:
    count = 0

    def new(self) -> str:
        self.count += 1
        return f"id{self.count}"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(database_url, clock) -> ConversationStore:
    migrate(database_url)
    return ConversationStore(unit_of_work_factory(database_url), clock, Ids())


@pytest.fixture
def returning(store, clock) -> Returning:
    return Returning(store.units, clock)


@pytest.fixture
def mine(store) -> tuple[str, str]:
    conversation, token, _ = store.begin("web", "family", "warwickshire", "en")
    return conversation.id, token


def test_the_code_opens_the_conversation_and_the_old_page_is_shut(store, returning, mine):
    code = returning.give(*mine)
    conversation_id, token = returning.come_back(code)
    assert conversation_id == mine[0]
    assert store.open(conversation_id, token).conversation.id == mine[0]
    with pytest.raises(NoSuchConversation):
        store.open(*mine)


def test_a_code_typed_by_hand_need_not_match_case_or_hyphens(returning, mine):
    code = returning.give(*mine)
    assert returning.come_back(code.replace("-", " ").lower())[0] == mine[0]


def test_a_code_works_once(returning, mine):
    code = returning.give(*mine)
    returning.come_back(code)
    with pytest.raises(NoSuchCode):
        returning.come_back(code)


def test_a_code_ends(returning, mine, clock):
    code = returning.give(*mine)
    clock.at += LIFE + timedelta(seconds=1)
    with pytest.raises(NoSuchCode):
        returning.come_back(code)


def test_a_newer_code_ends_the_one_before(returning, mine):
    first = returning.give(*mine)
    returning.give(*mine)
    with pytest.raises(NoSuchCode):
        returning.come_back(first)


def test_only_the_person_in_the_conversation_is_given_a_code(returning, mine):
    with pytest.raises(NoSuchConversation):
        returning.give(mine[0], "another token")


def test_after_a_quick_exit_no_code_opens_it_again(store, returning, mine):
    code = returning.give(*mine)
    store.leave(*mine)
    with pytest.raises(NoSuchCode):
        returning.come_back(code)


def test_codes_are_hard_to_guess():
    assert len({new_code() for _ in range(2000)}) == 2000
    with_hyphens = new_code()
    assert len(with_hyphens.replace("-", "")) == 12
