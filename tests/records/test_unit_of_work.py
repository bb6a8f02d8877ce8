"""What the records promise, on SQLite and on PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import delete, update

from records import audit
from records.bootstrap import migrate, unit_of_work_factory
from records.conversations import StaleRecord
from records.tables import audit_events
from triage.consent import ConsentKind, ConsentRecord
from triage.facts import Evidence, Fact, Status
from triage.ports import AuditEvent, Conversation, Standing, StoredMessage
from triage.request import Child, Decision, Level, Proposal, RequestForService, Route, SafeContact

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def event(action: str, subject: str = "request:r1") -> AuditEvent:
    return AuditEvent(at=NOW, actor="person", action=action, subject=subject, why="a test")


@pytest.fixture
def units(database_url):
    migrate(database_url)
    return unit_of_work_factory(database_url)


def a_conversation() -> Conversation:
    return Conversation(id="c1", token_hash="h", channel="web", audience="family", started_at=NOW)


def a_request() -> RequestForService:
    said = Evidence("m1", 3, 9, "hungry")
    return RequestForService(
        id="r1",
        conversation_id="c1",
        created_at=NOW,
        channel="web",
        audience="family",
        authority="warwickshire",
        children=(
            Child(1, "Kai", 7),
            Child(2, None, -1, due=date(2027, 3, 1)),
            Child(3, "Ida", one_of=(2, 4)),
            Child(4, "Sam", one_of=(2, 4)),
        ),
        safe_contact=SafeContact(phone="07700 900123", safe_text=True),
        concerns=("neglect",),
    ).note(
        Fact("neglect", True, Status.INFERRED, "parent", NOW, said),
        Fact("youngest_age", -1, Status.STATED, "parent", NOW),
    )


def test_a_request_comes_back_as_it_was_saved(units):
    whole = replace(
        a_request(),
        proposal=Proposal(
            NOW,
            "warwickshire@2018.1",
            NOW.date(),
            Level.TARGETED,
            Route.TARGETED_SUPPORT,
            "sf",
            "propose",
            {"level": "targeted"},
        ),
        decisions=(Decision(NOW, "ada", "confirm", Level.TARGETED, Route.TARGETED_SUPPORT, "", NOW),),
    ).agree(ConsentRecord(ConsentKind.SERVICE, "given", "parent with PR", NOW, "v1", "web"))
    with units() as uow:
        saved = uow.requests.save(whole, event("request.saved"))
        uow.commit()
    with units() as uow:
        assert uow.requests.get("r1") == saved


def test_facts_are_added_and_never_rewritten(units):
    with units() as uow:
        saved = uow.requests.save(a_request(), event("request.saved"))
        saved = uow.requests.save(
            saved.note(Fact("neglect", False, Status.CONFIRMED, "parent", NOW)), event("request.saved")
        )
        uow.commit()
    with units() as uow:
        found = uow.requests.for_conversation("c1")
    assert found is not None
    assert [f.value for f in found.facts.noted if f.name == "neglect"] == [True, False]
    assert found.facts.known()["neglect"] is False


def test_what_is_not_committed_leaves_no_trace(units):
    with units() as uow:
        uow.requests.save(a_request(), event("request.saved"))
    with units() as uow:
        assert uow.requests.get("r1") is None
        assert audit.verify(uow.connection) is None


def test_the_second_of_two_savers_is_told_that_somebody_else_was_first(units):
    with units() as uow:
        first = uow.requests.save(a_request(), event("request.saved"))
        uow.commit()
    with units() as uow:
        uow.requests.save(replace(first, state="held"), event("request.held"))
        uow.commit()
    with units() as uow, pytest.raises(StaleRecord):
        uow.requests.save(replace(first, state="closed"), event("request.closed"))


def test_a_message_is_kept_once_however_often_it_is_sent(units):
    with units() as uow:
        uow.conversations.add(a_conversation(), event("conversation.started", "conversation:c1"))
        message = StoredMessage("m1", "c1", 0, "person", "hello", NOW, client_key="k1")
        assert uow.conversations.add_message(message, event("message.kept", "conversation:c1")).number == 1
        uow.commit()
    with units() as uow:
        found = uow.conversations.message_by_client_key("c1", "k1")
        assert found is not None
        assert found.text == "hello"
        assert [m.number for m in uow.conversations.messages("c1")] == [1]


def _three_events(units) -> None:
    with units() as uow:
        for action in ("one", "two", "three"):
            uow.audit(event(action))
        uow.commit()


@pytest.mark.parametrize(
    ("tamper", "broken_at"),
    [
        (update(audit_events).where(audit_events.c.seq == 2).values(actor="nobody"), 2),
        (delete(audit_events).where(audit_events.c.seq == 2), 2),
        (delete(audit_events).where(audit_events.c.seq == 3), 3),
    ],
    ids=["changed", "deleted", "tail cut off"],
)
def test_tampering_with_the_audit_log_is_found(units, tamper, broken_at):
    _three_events(units)
    with units() as uow:
        assert audit.verify(uow.connection) is None
        uow.connection.execute(tamper)
        broken = audit.verify(uow.connection)
        assert broken is not None
        assert broken.seq == broken_at


def test_reordered_events_are_found(units):
    _three_events(units)
    with units() as uow:
        for old, new in ((2, 99), (3, 2), (99, 3)):
            uow.connection.execute(update(audit_events).where(audit_events.c.seq == old).values(seq=new))
        assert audit.verify(uow.connection) is not None


def test_the_latest_turn_is_all_the_bot_said_last_and_what_came_after(units):
    def message(id_: str, author: str) -> StoredMessage:
        return StoredMessage(id_, "c1", 0, author, id_, NOW)

    with units() as uow:
        uow.conversations.add(a_conversation(), event("conversation.begun"))
        assert uow.conversations.latest_turn("c1") == []
        for one in (message("p1", "person"), message("b1", "bot"), message("p2", "person")):
            uow.conversations.add_message(one, event("message.kept"))
        two = [message("b2", "bot"), message("b3", "bot")]
        stored = uow.conversations.add_messages(two, [event("message.shown")] * 2)
        uow.conversations.add_message(message("p3", "person"), event("message.kept"))
        latest = uow.conversations.latest_turn("c1")
        uow.commit()
    assert [m.number for m in stored] == [4, 5]
    assert [m.id for m in latest] == ["b2", "b3", "p3"]
    with units() as uow:
        assert audit.verify(uow.connection) is None


def test_what_a_person_may_know_of_a_request_follows_the_latest_proposal(units):
    first = Proposal(NOW, "p@1", NOW.date(), Level.TARGETED, Route.TARGETED_SUPPORT, None, None, {})
    with units() as uow:
        assert uow.requests.standing("c1") is None
        saved = uow.requests.save(a_request(), event("request.noted"))
        assert uow.requests.standing("c1") == Standing(None)
        saved = uow.requests.save(replace(saved, proposal=first), event("request.noted"))
        higher = replace(first, level=Level.SIGNIFICANT_HARM, route=Route.MASH_REFERRAL)
        uow.requests.save(replace(saved, proposal=higher, reference="FD-1"), event("request.noted"))
        standing = uow.requests.standing("c1")
    assert standing == Standing("FD-1", Level.SIGNIFICANT_HARM, Route.MASH_REFERRAL)
