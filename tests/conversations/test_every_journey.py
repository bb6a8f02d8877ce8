"""Every journey by who is speaking × outcome × agreement that can occur, each a whole conversation over the HTTP API.

The table is in every_journey.py, what must come of each row in what_must_come.py.
"""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest

from tests.conversations.every_journey import (
    FAMILY_AGREEMENTS,
    ROWS,
    STAFF_AGREEMENTS,
    YOUNG_AGREEMENTS,
    Ended,
    Row,
    hold_all,
)
from tests.conversations.what_must_come import HARM, NOTHING_TO_SEND, consent_of, route_of
from triage.consent import AGREES, ConsentKind

ALL = pytest.mark.parametrize("row", [pytest.param(row, id=str(row)) for row in ROWS])


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Ended]:
    """All of them, once; the tests look at what each left."""
    return asyncio.run(hold_all(Path(tmp_path_factory.mktemp("journeys"))))


@ALL
def test_reaches_its_route(held: dict[str, Ended], row: Row) -> None:
    assert held[str(row)].route == route_of(row)


@ALL
def test_leads_to_its_row_of_the_agreement_table(held: dict[str, Ended], row: Row) -> None:
    assert held[str(row)].consent == consent_of(row)


@ALL
def test_is_sent_with_a_reference_or_is_no_request_at_all(held: dict[str, Ended], row: Row) -> None:
    ended = held[str(row)]
    if ended.route in NOTHING_TO_SEND:
        assert ended.kept.sent_at is None
        assert not ended.talk.request.get("reference")
    else:
        assert ended.kept.state == "sent"
        assert ended.talk.request["reference"] == ended.kept.reference
        assert ended.kept.reference in ended.talk.all_words
        assert "public_task" in ended.agreed(ConsentKind.LAWFUL_BASIS)


@ALL
def test_writes_down_agreement_as_it_was_pressed_and_from_nobody_without_a_say(
    held: dict[str, Ended], row: Row
) -> None:
    ended = held[str(row)]
    says = row.agreement in {*FAMILY_AGREEMENTS, *YOUNG_AGREEMENTS, *STAFF_AGREEMENTS}
    counts = says and row.speaker.standing != "child_under_16"  # an officer says whether a child's wish is agreement
    assert ended.agreed(ConsentKind.SERVICE) == ([row.agreement] if counts else [])
    assert set(ended.agreed(ConsentKind.SHARING)) <= {"given", "refused"}
    assert not ended.agreed(ConsentKind.SHARING) or (counts and row.agreement in AGREES)


@ALL
def test_waits_for_no_agreement_where_a_child_may_be_harmed(held: dict[str, Ended], row: Row) -> None:
    ended = held[str(row)]
    if row.outcome.name in HARM:
        assert not re.search("Do you agree\\?|agreement is needed before", ended.talk.all_words)
        assert ended.kept.sent_at is not None


@ALL
def test_puts_999_first_where_it_is_an_emergency_and_not_elsewhere(held: dict[str, Ended], row: Row) -> None:
    shown = held[str(row)].talk.heard
    alarmed = [message["text"] for message in shown if re.match(r"(If anyone|If a child|Call 999)", message["text"])]
    assert bool(alarmed) == (row.outcome.name == "emergency")


@ALL
def test_tells_the_level_to_professionals_only_and_leaves_no_gap(held: dict[str, Ended], row: Row) -> None:
    ended = held[str(row)]
    sent = ended.kept.sent_at is not None
    assert ("level" in ended.talk.request) == (row.speaker.audience == "professional" and sent) or not sent
    assert not re.search(r"\{\w+\}", ended.talk.all_words)


@ALL
def test_keeps_the_family_from_hearing_where_that_is_not_safe(held: dict[str, Ended], row: Row) -> None:
    if row.agreement in {"unsafe_to_ask", "unsafe_to_tell", "child_refuses_parent_contact"}:
        assert held[str(row)].kept.do_not_tell_family


@ALL
def test_says_who_acts_by_when_and_what_to_do_if_it_gets_worse(held: dict[str, Ended], row: Row) -> None:
    ended = held[str(row)]
    if ended.kept.sent_at is None:
        assert re.search("call 999|999\\.", ended.talk.all_words)
        return
    assert re.search(r"by \w+day \d|999 comes first|can't send the police", ended.talk.all_words)
    assert "take it back" in ended.talk.all_words


def test_every_row_of_the_agreement_table_below_harm_is_held() -> None:
    """The rows that the table has and no conversation can reach from the start (withdrawn) are in test_agreement.py."""
    held_rows = {(row.speaker.standing, row.outcome.name, row.agreement) for row in ROWS}
    assert len(held_rows) > 120
    assert {consent_of(row) for row in ROWS} >= {
        "information_now", "propose_help", "stop_service_give_information", "propose_section_17_assessment",
        "officer_hold_no_service", "ask_explain_record", "one_consent_is_enough_officer_hold",
        "take_request_find_who_can_agree", "propose_on_own_agreement", "talk_to_the_young_person_first",
        "accept_and_hold_for_competence", "accept_and_hold_safe_contact_only", "propose_pre_birth_help",
        "information_and_officer_hold", "hold_consent_outstanding", "advice_to_referrer",
        "hold_consent_outstanding_clock_runs", "treat_as_significant_harm", "hold_social_worker_decides",
        "hold_attempts_recorded", "information_and_officer_hold_identity_protected", "record_and_officer_hold",
        "show_999_now_and_mash", "mash_s47_path_do_not_contact_family",
    }  # fmt: skip
