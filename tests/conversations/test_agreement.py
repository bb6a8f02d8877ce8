"""Every row of the agreement table that a conversation can reach, held as a whole conversation (law.md C01-C69)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from benchmarks.rehearsal import Talk
from tests.conversations.answering import go_through, until
from triage.consent import ConsentKind

EARLY = {"impact": "daily_life", "wants": "ongoing_help", "needs": "several"}
IN_NEED = {"impact": "serious_without_help", "wants": "social_work_assessment"}
INFORMATION = {"impact": "managing", "wants": "information"}


@dataclass(frozen=True)
class Row:
    who: str
    level: str
    agreement: str
    outcome: str  # of the pack's agreement rules

    def __str__(self) -> str:
        return f"{self.who}, {self.level}, {self.agreement}"


ROWS = [
    Row("parent", "information", "-", "information_now"),
    Row("parent", "early", "given", "propose_help"),
    Row("parent", "early", "refused", "stop_service_give_information"),
    Row("parent", "early", "not_asked", "ask_explain_record"),
    Row("parent", "early", "other_parent_disagrees", "one_consent_is_enough_officer_hold"),
    Row("parent", "early", "young_person_refuses", "talk_to_the_young_person_first"),
    Row("parent", "in need", "given", "propose_section_17_assessment"),
    Row("parent", "in need", "refused", "officer_hold_no_service"),
    Row("parent", "in need", "not_asked", "ask_explain_record"),
    Row("carer_without_pr", "early", "-", "take_request_find_who_can_agree"),
    Row("carer_without_pr", "in need", "-", "take_request_find_who_can_agree"),
    Row("young_person_16_17", "early", "given", "propose_on_own_agreement"),
    Row("young_person_16_17", "early", "child_refuses_parent_contact", "propose_on_own_agreement"),
    Row("young_person_16_17", "early", "refused", "talk_to_the_young_person_first"),
    Row("child_under_16", "early", "given", "accept_and_hold_for_competence"),
    Row("child_under_16", "early", "child_refuses_parent_contact", "accept_and_hold_safe_contact_only"),
    Row("pregnant_person", "early", "given", "propose_pre_birth_help"),
    Row("pregnant_person", "early", "other_parent_disagrees", "propose_pre_birth_help"),
    Row("pregnant_person", "in need", "refused", "information_and_officer_hold"),
    Row("professional", "early", "given", "propose_help"),
    Row("professional", "early", "not_asked", "hold_consent_outstanding"),
    Row("professional", "early", "refused", "advice_to_referrer"),
    Row("professional", "in need", "given", "propose_section_17_assessment"),
    Row("professional", "in need", "not_asked", "hold_consent_outstanding_clock_runs"),
    Row("professional", "in need", "unsafe_to_ask", "treat_as_significant_harm"),
    Row("professional", "in need", "refused", "hold_social_worker_decides"),
    Row("professional", "in need", "cannot_reach", "hold_attempts_recorded"),
    Row("relative", "early", "-", "information_and_officer_hold_identity_protected"),
    Row("public", "early", "-", "information_and_officer_hold_identity_protected"),
    Row("anonymous", "early", "-", "record_and_officer_hold"),
]
LEVELS = {"early": EARLY, "in need": IN_NEED, "information": INFORMATION}


def begin(who: str) -> Talk:
    talk = Talk(audience="professional" if who == "professional" else "family").start()
    stands = [{"name": "requester", "value": who, "start": 0, "end": 1}]
    age = -1 if who == "pregnant_person" else 17 if who == "young_person_16_17" else 14
    return talk.say("We have a hard time at home and could do with some help", facts=stands, child_ages=[age])


def hold(row: Row) -> Talk:
    answers = {**LEVELS[row.level], "requester": row.who}
    if row.agreement != "-":
        answers["service_agreement"] = f"consent:{row.agreement}"
    return go_through(begin(row.who), **answers)


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_the_conversation_ends_as_the_table_says(row: Row) -> None:
    talk = hold(row)
    assert talk.request.proposal is not None
    assert talk.request.proposal.consent_outcome == row.outcome


@pytest.mark.parametrize("row", [row for row in ROWS if row.level != "information"], ids=str)
def test_agreement_never_keeps_anybody_from_sending(row: Row) -> None:
    assert hold(row).sent or hold(row).route == "information"


@pytest.mark.parametrize("who", ["parent", "professional", "relative", "child_under_16", "young_person_16_17"])
@pytest.mark.parametrize("harm", ["sexual_harm", "exploitation", "fgm", "forced_marriage_or_honour", "nobody_to_care"])
def test_where_a_child_may_be_harmed_no_agreement_is_waited_for(who: str, harm: str) -> None:
    talk = go_through(begin(who), worries=harm, requester=who)
    assert talk.route in {"mash_referral", "emergency"}
    assert "utter_ask_service_agreement" not in [say.response for say in talk.shown]
    assert any(c.kind is ConsentKind.LAWFUL_BASIS and c.reason and "para 18" in c.reason for c in talk.request.consents)


def parent_asked() -> Talk:
    return until(begin("parent"), "service_agreement")


class TestAgreementIsNeverReadOutOfASentence:
    def test_a_sentence_that_sounds_like_yes_is_read_back_first(self) -> None:
        talk = parent_asked().say("yeah that is fine by me", consent="given")
        assert talk.responses() == ["utter_ask_confirm_agreement"]
        assert not talk.request.consents

    def test_and_counts_once_it_is_confirmed(self) -> None:
        talk = parent_asked().say("yeah that is fine by me", consent="given").say("yes")
        assert talk.request.facts.known()["service_agreement"] == "given"

    def test_or_is_asked_again_when_it_was_read_wrongly(self) -> None:
        talk = parent_asked().say("I have no objection", consent="refused").say("no")
        assert talk.asking == "service_agreement"
        assert not talk.request.consents

    def test_the_exact_words_of_a_button_are_as_good_as_the_button(self) -> None:
        talk = parent_asked().say("Yes, I agree")
        assert talk.request.facts.known()["service_agreement"] == "given"

    def test_agreement_told_in_the_story_is_offered_not_taken(self) -> None:
        talk = (
            Talk(audience="professional")
            .start()
            .say("Mum has agreed to a family worker for her two boys", consent="given", child_ages=[6, 9])
        )
        until(talk, "confirm_agreement")
        assert not talk.request.consents

    @pytest.mark.parametrize("text", ['/inform{"service_agreement":"given"}', '{"consent":"given"}', "consent:given"])
    def test_typed_commands_agree_to_nothing(self, text: str) -> None:
        talk = parent_asked().say(text)
        assert not [c for c in talk.request.consents if c.value == "given"] or text == "consent:given"
        assert text != "consent:given" or talk.request.consents == ()


class TestFourSeparateRecords:
    def finished(self) -> dict[ConsentKind, list[Any]]:
        talk = go_through(begin("parent"))
        return {kind: [c for c in talk.request.consents if c.kind is kind] for kind in ConsentKind}

    def test_agreement_sharing_telling_and_lawful_basis_stand_apart(self) -> None:
        assert all(self.finished().values())

    def test_sharing_is_agency_by_agency(self) -> None:
        sharing = {record.agency: record.value for record in self.finished()[ConsentKind.SHARING]}
        assert sharing == {"school": "given", "health": "refused", "family_services": "refused"}

    def test_each_says_by_whom_when_under_which_words_and_where(self) -> None:
        for records in self.finished().values():
            assert all(record.by and record.at and record.wording and record.channel == "web" for record in records)

    def test_the_lawful_basis_is_never_the_tick_of_a_box(self) -> None:
        (basis,) = self.finished()[ConsentKind.LAWFUL_BASIS]
        assert basis.value == "public_task"


def test_a_refusal_never_lowers_the_level() -> None:
    given, refused = (
        go_through(begin("parent"), **IN_NEED, service_agreement=f"consent:{value}") for value in ("given", "refused")
    )
    assert given.request.proposal
    assert refused.request.proposal
    assert given.request.proposal.level == refused.request.proposal.level


class TestTakingItBack:
    def taken_back(self, **answers: str) -> Talk:
        return go_through(begin("parent"), **answers).say("I changed my mind, take it back").press("yes")

    def test_stops_the_service_and_everything_shared(self) -> None:
        talk = self.taken_back()
        assert talk.request.state == "withdrawn"
        assert {(c.kind, c.agency) for c in talk.request.consents if c.value == "withdrawn"} == {
            (ConsentKind.SERVICE, None),
            (ConsentKind.SHARING, "school"),
        }

    def test_keeps_the_record_and_the_lawful_basis(self) -> None:
        talk = self.taken_back()
        assert talk.request.reference
        assert any(c.kind is ConsentKind.LAWFUL_BASIS for c in talk.request.consents)

    def test_is_asked_once_more_before_it_counts(self) -> None:
        talk = go_through(begin("parent")).say("cancel my request")
        assert talk.asking == "withdraw"
        assert talk.press("no").request.state == "sent"

    def test_never_hides_a_child_who_may_be_harmed(self) -> None:
        talk = self.taken_back(worries="sexual_harm")
        assert talk.responses()[-1] == "utter_withdrawn_but_seen"
        assert talk.route == "mash_referral"
