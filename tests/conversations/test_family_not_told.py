"""Whose family must not hear of it, and that no letter, call or word of ours tells them (law.md C50-C55, C65-C68; H07, H12)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import pytest

from benchmarks.rehearsal import Talk, packs
from gateway.exports.document import as_document
from tests.conversations.answering import go_through, until
from tests.conversations.seven_speakers import STORY, WHO, begin
from triage.consent import ConsentKind
from triage.letters import CHANNELS, FAMILY, KINDS, why_blocked
from triage.request import RequestForService

KEEPS_PARENTS_OUT = "consent:child_refuses_parent_contact"
EVERY_WAY = {"safe_call": True, "safe_text": True, "safe_voicemail": True, "safe_email": True, "safe_letter": True}


def ways_to_the_family(request: RequestForService) -> list[tuple[str, str]]:
    """Every letter to the family that could leave if every way were safe."""
    open_ = replace(request, safe_contact=replace(request.safe_contact, email="someone@example.org", **EVERY_WAY))
    to_them = [kind for kind in KINDS if kind.recipient == FAMILY]
    return [(kind.name, way) for kind, way in product(to_them, CHANNELS) if not why_blocked(open_, kind, way)]


def asked(talk: Talk) -> list[str]:
    return [say.response for say in talk.shown if say.kind == "question"]


class TestAYoungPersonOfSeventeenWhoKeepsTheirParentsOut:
    def agreed(self, **other: str) -> Talk:
        return go_through(begin("a young person"), service_agreement=KEEPS_PARENTS_OUT, **other)

    def test_has_agreed_for_themselves(self) -> None:
        talk = self.agreed()
        [service] = [record for record in talk.request.consents if record.kind is ConsentKind.SERVICE]
        assert (service.value, service.by) == ("child_refuses_parent_contact", "young person 17")
        assert talk.request.proposal
        assert talk.request.proposal.consent_outcome == "propose_on_own_agreement"
        assert talk.request.proposal.indication["proceeds"] == "yes"

    def test_is_not_told_that_somebody_else_has_to_say_yes(self) -> None:
        assert "yes from the person who can agree" not in self.agreed().text()
        assert "until the family says yes" not in self.agreed().text()

    def test_reads_that_nobody_writes_to_their_parents(self) -> None:
        assert "we do not write to or call your family" in self.agreed().text()

    def test_no_letter_to_a_parent_can_leave(self) -> None:
        assert ways_to_the_family(self.agreed().request) == []

    def test_nothing_on_the_record_says_that_a_parent_was_told(self) -> None:
        assert not [record for record in self.agreed().request.consents if record.kind is ConsentKind.INFORMED]

    def test_an_officer_sees_it_before_anything_happens(self) -> None:
        request = self.agreed().request
        assert (request.state, request.decision) == ("sent", None)
        assert as_document(request, [])["do_not_tell_family"] is True

    def test_says_who_else_may_hear_and_nobody_else_does(self) -> None:
        talk = self.agreed(sharing="share:health")
        shared = {r.agency: r.value for r in talk.request.consents if r.kind is ConsentKind.SHARING}
        assert shared == {"school": "refused", "health": "given", "family_services": "refused"}

    def test_is_protected_from_the_press_on_even_if_they_go_away(self) -> None:
        talk = until(begin("a young person"), "service_agreement").press(KEEPS_PARENTS_OUT)
        assert not talk.sent
        assert talk.request.do_not_tell_family

    def test_takes_all_of_it_back_with_one_word_and_the_parents_still_hear_nothing(self) -> None:
        talk = self.agreed().say("take it back").press("yes")
        stands = {(r.kind, r.agency): r.value for r in talk.request.consents}
        assert stands[ConsentKind.SERVICE, None] == stands[ConsentKind.SHARING, "school"] == "withdrawn"
        assert talk.request.do_not_tell_family


class TestNobodyElseAgreesByKeepingParentsOut:
    def test_a_child_of_fourteen_is_heard_and_an_officer_decides(self) -> None:
        talk = go_through(begin("a child"), service_agreement=KEEPS_PARENTS_OUT)
        assert talk.request.proposal
        assert talk.request.proposal.consent_outcome == "accept_and_hold_safe_contact_only"
        assert talk.request.proposal.indication["proceeds"] == "no"
        assert {record.kind for record in talk.request.consents} == {ConsentKind.LAWFUL_BASIS}
        assert ways_to_the_family(talk.request) == []

    def test_and_is_not_asked_to_agree_whom_we_may_talk_to(self) -> None:
        """Not by a yes either: whether a child under 16 can agree to that is judged by a person (law.md C66)."""
        for pressed in (KEEPS_PARENTS_OUT, "consent:given"):
            assert "utter_ask_sharing" not in asked(go_through(begin("a child"), service_agreement=pressed))

    @pytest.mark.parametrize("authority", ["warwickshire", "wiltshire", "leicestershire", "exampleshire"])
    @pytest.mark.parametrize("impact", ["starting", "daily_life", "serious_without_help"])
    def test_whoever_the_record_says_it_of(self, authority: str, impact: str) -> None:
        on = date(2026, 11, 23)
        pack = packs().for_authority(authority, on=on)
        requesters = packs().vocabulary.fact("requester").values
        known: dict[str, Any] = {"impact": impact, "service_agreement": "child_refuses_parent_contact"}
        goes_on = {who for who in requesters if pack.decide({**known, "requester": who}, on=on).proceeds == "yes"}
        assert goes_on == {"young_person_16_17"}

    def test_whoever_is_young_and_does_not_say_how_young_is_heard_like_a_child(self) -> None:
        talk = until(Talk(audience="young_person").start().say(STORY), "service_agreement", requester="not_known")
        go_through(talk, service_agreement=KEEPS_PARENTS_OUT)
        assert not [record for record in talk.request.consents if record.kind is ConsentKind.SERVICE]
        assert talk.request.do_not_tell_family

    @pytest.mark.parametrize("who", ["a parent", "a teacher"])
    def test_it_is_not_offered_to_a_parent_or_a_professional(self, who: str) -> None:
        talk = until(begin(who), "service_agreement")
        assert KEEPS_PARENTS_OUT not in talk.labels()
        talk.press(KEEPS_PARENTS_OUT)
        assert not [record for record in talk.request.consents if record.kind is ConsentKind.SERVICE]


class TestHowOldSomebodyIs:
    """In the words that were said, as they are understood: the age beside "I am" is their own."""

    def standing(self, *messages: tuple[str, list[list[Any]], list[list[int]]]) -> Any:
        talk = Talk().start()
        for text, ages, about_me in messages:
            guessed = "young_person_16_17" if max(age for _, _, age in ages) >= 16 else "child_under_16"
            talk.say(text, speaker_role="young_person", speaker_evidence=about_me, age_evidence=ages,
                     child_ages=[age for _, _, age in ages],
                     facts=[{"name": "requester", "value": guessed, "start": 0, "end": 5}])  # fmt: skip
        return talk.request.facts.known()["requester"]

    def test_an_older_sister_makes_nobody_old_enough_to_agree(self) -> None:
        told = ("im 14 and my sister is 17 and we row", [[3, 5, 14], [23, 25, 17]], [[0, 5]])
        assert self.standing(told) == "child_under_16"

    def test_a_little_brother_makes_nobody_a_child(self) -> None:
        told = ("I'm 16, mum kicked me out, my brother is 9", [[4, 6, 16], [41, 42, 9]], [[0, 6]])
        assert self.standing(told) == "young_person_16_17"

    def test_who_says_later_that_they_are_younger_is_believed(self) -> None:
        first = ("im 17 and i need help with things", [[3, 5, 17]], [[0, 5]])
        assert self.standing(first, ("sorry im 15", [[9, 11, 15]], [[6, 11]])) == "child_under_16"

    def test_and_who_says_later_that_they_are_older_waits_for_a_person(self) -> None:
        first = ("im 15 and i need help with things", [[3, 5, 15]], [[0, 5]])
        assert self.standing(first, ("no im 17", [[6, 8, 17]], [[3, 8]])) == "child_under_16"


HIDDEN = [
    *product(WHO, ("sexual_harm", "fgm", "forced_marriage_or_honour")),
    *product(("a teacher", "a health visitor"), ("fabricated_illness",)),  # only they are asked: a carer may be the one
]


class TestHarmThatTheFamilyMustNotHearOf:
    @pytest.mark.parametrize(("who", "worry"), HIDDEN)
    def test_no_way_to_the_family_is_open_whoever_tells(self, who: str, worry: str) -> None:
        request = go_through(until(begin(who), "worries").press(worry)).request
        assert request.facts.known()[worry] not in (False, "no"), "it could be said"
        assert request.do_not_tell_family
        assert ways_to_the_family(request) == []

    @pytest.mark.parametrize(
        "worry", ["domestic_abuse", "physical_harm", "emotional_harm", "neglect", "dangerous_adult"]
    )
    @pytest.mark.parametrize("who", ["a child", "a young person"])
    def test_a_child_who_tells_of_home_is_not_given_away(self, who: str, worry: str) -> None:
        request = go_through(until(begin(who), "worries").press(worry)).request
        assert request.do_not_tell_family
        assert ways_to_the_family(request) == []

    @pytest.mark.parametrize("worry", ["domestic_abuse", "physical_harm"])
    @pytest.mark.parametrize("who", ["a relative", "a neighbour"])
    def test_whoever_sees_it_from_outside_is_asked_whether_telling_is_safe(self, who: str, worry: str) -> None:
        talk = go_through(until(begin(who), "worries").press(worry), informing_unsafe="yes")
        assert "utter_ask_informing_unsafe" in asked(talk)
        assert talk.request.do_not_tell_family
        assert ways_to_the_family(talk.request) == []

    def test_and_not_asked_what_is_settled(self) -> None:
        talk = go_through(until(begin("a neighbour"), "worries").press("forced_marriage_or_honour"))
        assert "utter_ask_informing_unsafe" not in asked(talk)

    def test_a_mention_that_only_the_screen_heard_is_enough(self) -> None:
        talk = begin("a parent", danger="safeguarding_concern", danger_categories=["forced_marriage"])
        assert go_through(talk).request.do_not_tell_family

    def test_it_stands_from_the_turn_in_which_it_was_said(self) -> None:
        marked = {"name": "physical_harm_kind", "value": "mark_or_injury", "start": 0, "end": 4}
        harm = {"name": "physical_harm", "value": True, "start": 0, "end": 4}
        talk = begin(
            "a teacher", danger="safeguarding_concern", danger_categories=["physical_abuse"], facts=[harm, marked]
        )
        until(talk, "informing_unsafe").press("yes")
        assert not talk.sent
        assert talk.request.do_not_tell_family
        assert "do_not_tell.set" in [event.action for event in talk.memory.events]

    def test_what_two_officers_cleared_is_raised_again_by_what_is_new_and_by_nothing_else(self) -> None:
        """Two people clear it (law.md C55): a thank-you in the chat does not undo that, a new danger does."""
        talk = go_through(until(begin("a neighbour"), "worries").press("sexual_harm"))
        kept = talk.memory.kept_requests
        kept[talk.request.id] = replace(talk.request, do_not_tell_family=False)
        assert not talk.say("thank you for reading this so soon").request.do_not_tell_family
        married = {"name": "forced_marriage_or_honour", "value": True, "start": 0, "end": 9}
        assert talk.say("they want to marry her off in the summer", facts=[married]).request.do_not_tell_family

    def test_that_they_may_be_told_does_not_say_that_they_were(self) -> None:
        talk = go_through(until(begin("a teacher"), "worries").press("physical_harm"), informing_unsafe="no")
        assert "yes" not in [r.value for r in talk.request.consents if r.kind is ConsentKind.INFORMED]

    def test_a_mother_who_told_of_abuse_does_not_read_that_nobody_will_call(self) -> None:
        talk = go_through(until(begin("a parent"), "worries").press("sexual_harm"))
        assert "do not write to or call" not in talk.all_text()

    def test_she_reads_that_a_worker_looks_before_anybody_calls_or_writes(self) -> None:
        talk = go_through(until(begin("a parent"), "worries").press("sexual_harm"))
        assert talk.request.do_not_tell_family
        assert "Nobody calls or writes to anyone at home" in talk.text()

    def test_without_that_mark_nobody_reads_of_it(self) -> None:
        talk = go_through(until(begin("a parent"), "worries").press("neglect"))
        assert not talk.request.do_not_tell_family
        assert "Nobody calls or writes" not in talk.all_text()


@pytest.mark.parametrize("who", ["a relative", "a neighbour"])
def test_what_is_decided_about_a_family_is_not_written_to_whoever_reported_them(who: str) -> None:
    assert ways_to_the_family(go_through(begin(who)).request) == []


def test_a_second_parents_no_is_no_veto() -> None:
    """One person with parental responsibility may agree alone; what they agreed to is not called unsettled (law.md C61, C62)."""
    talk = go_through(begin("a parent"), service_agreement="consent:other_parent_disagrees")
    assert "Nothing starts without a yes" not in talk.text()
    assert "They decide, and nothing starts before that" in talk.text()


class TestTheWordsOfTheConversation:
    """C50-C55: once set, every outgoing word is blocked, and the words of the conversation do not say otherwise (H07, H08)."""

    @pytest.mark.parametrize("worry", ["forced_marriage_or_honour", "fgm"])
    @pytest.mark.parametrize("who", ["friend_or_neighbour", "relative", "parent"])
    def test_where_honour_is_the_danger(self, worry: str, who: str) -> None:
        talk = Talk().start().say("I am worried about a girl in our street", speaker_role=who, child_ages=[15])
        go_through(talk, worries=worry)
        assert talk.request.do_not_tell_family
        assert "we do not write to or call the family" in talk.text()

    def test_one_chance_is_said_at_once(self) -> None:
        talk = until(
            Talk(audience="professional").start().say("Year 11 girl, has told us something", speaker_role="school"),
            "worries",
        )
        talk.press("forced_marriage_or_honour")
        assert "do not contact the family" in talk.text()

    def test_a_suspicion_of_made_up_illness_is_not_shared_with_the_carer(self) -> None:
        talk = until(
            Talk(audience="professional").start().say("Boy of 5, many hospital visits", speaker_role="health"),
            "worries",
        )
        talk.press("fabricated_illness")
        assert "Do not share this suspicion with the carer" in talk.text()
        assert go_through(talk).request.do_not_tell_family

    def test_sexual_harm_told_from_outside_the_home(self) -> None:
        talk = Talk().start().say("im 14 and something happens at home", speaker_role="young_person", child_ages=[14])
        go_through(talk, worries="sexual_harm")
        assert talk.request.do_not_tell_family
        assert "not your fault" in talk.all_text()

    def test_no_word_sends_a_young_person_back_to_the_family(self) -> None:
        talk = Talk().start().say("they want me to marry my cousin", speaker_role="young_person", child_ages=[16])
        go_through(talk, worries="forced_marriage_or_honour")
        assert "talk to your" not in talk.all_text().casefold()
