"""The paths that follow rules of their own: their words, and what must never be said on them (law.md C50-C55, C71, C80, C84, D08)."""

from __future__ import annotations

import re
from typing import Any

import pytest

from benchmarks.rehearsal import Talk
from tests.conversations.answering import go_through, until
from tests.conversations.seven_speakers import STORY, WHO, begin


def held(who: str, worry: str) -> Talk:
    talk = until(begin(who), "worries")
    return go_through(talk, worries=worry if worry in talk.labels() else "sexual_harm")


BACK_TO_THE_FAMILY = (
    r"(speak|talk|write) to (your|their|the) (parents?|family|mum|dad|carer)|we will (tell|call|ring|write to) (your|the|their)"
    r"|tell (your|their|the) (parents?|family|mum|dad) (that|about|first)|(?<!no )\bmediat|family meeting|family interpreter (can|may|will)|their agreement is needed"
)
HIDDEN = ("forced_marriage_or_honour", "fgm", "fabricated_illness")
"""Where a word to the family may cost a life, or the evidence."""


class TestWhereTheFamilyMustNotHear:
    @pytest.mark.parametrize("worry", HIDDEN)
    @pytest.mark.parametrize("who", WHO)
    def test_nobody_is_sent_back_to_them(self, who: str, worry: str) -> None:
        said = held(who, worry).all_text()
        allowed = said.replace("do not use a family interpreter", "").replace("Could telling the family", "")
        assert not re.search(BACK_TO_THE_FAMILY, allowed, re.I)

    @pytest.mark.parametrize("worry", ["forced_marriage_or_honour", "fgm"])
    @pytest.mark.parametrize("who", WHO)
    def test_every_outgoing_word_is_blocked(self, who: str, worry: str) -> None:
        assert held(who, worry).request.do_not_tell_family

    @pytest.mark.parametrize("worry", HIDDEN)
    @pytest.mark.parametrize("who", WHO)
    def test_their_agreement_is_not_waited_for(self, who: str, worry: str) -> None:
        assert "utter_ask_service_agreement" not in [say.response for say in held(who, worry).shown]

    def test_made_up_illness_is_not_named_to_a_carer(self) -> None:
        """The carer may be the one who makes it up."""
        assert not re.search(r"made.up illness|fabricat|invent", begin("a parent").all_text(), re.I)


class TestPrevent:
    def test_a_professional_reads_that_no_agreement_is_needed_to_refer_and_channel_is_voluntary(self) -> None:
        talk = until(begin("a teacher"), "worries").press("radicalisation")
        assert "utter_prevent" in talk.responses() or "utter_prevent" in [s.response for s in go_through(talk).shown]
        assert "no agreement is needed" in talk.all_text()
        assert "voluntary" in talk.all_text()

    @pytest.mark.parametrize("who", ["a parent", "a young person", "a neighbour"])
    def test_a_family_gets_somebody_to_talk_to(self, who: str) -> None:
        talk = go_through(until(begin(who), "worries").press("radicalisation"))
        assert "0800 011 3764" in talk.all_text()


class TestPrivateFostering:
    def test_a_family_hears_that_the_council_has_to_know_and_that_asking_is_right(self) -> None:
        talk = until(begin("a parent"), "worries").press("private_fostering")
        assert "the council has to know" in talk.text()
        assert "nothing wrong by asking" in talk.text()

    def test_a_professional_reads_the_duty(self) -> None:
        talk = go_through(until(begin("a teacher"), "worries").press("private_fostering"))
        assert "must be notified" in talk.all_text()


class TestNoRecourseToPublicFunds:
    PAPERS = ({"name": "no_recourse", "value": True, "start": 0, "end": 9},)

    @pytest.mark.parametrize("who", ["a parent", "a teacher"])
    def test_nobody_has_to_show_papers_to_start(self, who: str) -> None:
        talk = begin(who, facts=list(self.PAPERS))
        said = go_through(talk).all_text()
        assert re.search("do not have to show any to start|Do not ask for proof", said)
        assert re.search("may have to check|may be checked", said)


class TestParentsWhoLiveApart:
    def test_each_is_told_that_the_other_sees_nothing(self) -> None:
        apart = [{"name": "separated_parents_dispute", "value": True, "start": 0, "end": 9}]
        assert "do not show it to the other parent" in begin("a parent", facts=apart).text()

    def test_also_where_one_agrees_and_the_other_does_not(self) -> None:
        talk = go_through(begin("a parent"), service_agreement="consent:other_parent_disagrees")
        assert "do not show it to the other parent" in talk.all_text()

    def test_two_parents_have_two_requests_that_know_nothing_of_each_other(self) -> None:
        mother, father = begin("a parent"), begin("a parent")
        father.id, father.memory = "another", mother.memory
        father.__post_init__()
        father.ids.number = 500
        father.start().say("Her new partner worries me", speaker_role="parent", child_ages=[9])
        assert len(mother.memory.kept_requests) == 2
        assert "new partner" not in mother.start().all_text()

    def test_a_question_about_what_the_other_said_is_not_answered(self) -> None:
        assert begin("a parent").say("what did she say about me").responses()[0] == "utter_cannot_tell"


class TestAWorkerOfTheSameAuthority:
    def worker(self, standing: str) -> Talk:
        own = [{"name": "requester", "value": "own_worker", "start": 0, "end": 4},
               {"name": "existing_worker", "value": standing, "start": 0, "end": 4}]  # fmt: skip
        return Talk(audience="professional").start().say(STORY, child_ages=[9], facts=own)

    @pytest.mark.parametrize("step", ["up", "down", "no"])
    def test_says_whether_they_hand_over_or_ask_for_more(self, step: str) -> None:
        talk = go_through(self.worker("social_worker"), stepping=step)
        assert talk.request.facts.known()["stepping"] == step
        assert talk.sent


class TestNamesCanWait:
    """Features, row 31: nobody is asked to tell more than is needed, and what they told is in no log."""

    def told(self, text: str, *private: tuple[str, str], **more: Any) -> Talk:
        spans = [[text.index(words), text.index(words) + len(words), kind] for kind, words in private]
        return Talk().start().say(text, speaker_role="parent", child_ages=[8], private=spans, **more)

    NAMED = ("my neighbour Karen Example keeps shouting at my boy and he is scared", ("name", "Karen Example"))

    def test_a_full_name_gets_one_gentle_line(self) -> None:
        talk = self.told(*self.NAMED)
        assert "You do not need to give names or numbers yet" in talk.text()

    def test_only_the_first_time(self) -> None:
        talk = self.told(*self.NAMED)
        talk.say("Karen Example again", private=[[0, 13, "name"]])
        assert [say.response for say in talk.shown].count("utter_no_names_yet") == 1

    @pytest.mark.parametrize(
        ("text", "private"),
        [
            ("ring me on 07700 900123 he will not go to school", ("phone", "07700 900123")),
            ("he is at 14 Example Road and never in school", None),
        ],
    )
    def test_so_does_a_number_or_an_address(self, text: str, private: tuple[str, str] | None) -> None:
        assert "utter_no_names_yet" in self.told(text, *([private] if private else [])).responses()

    def test_a_first_name_is_how_people_talk(self) -> None:
        assert "utter_no_names_yet" not in self.told("Alfie will not sleep", ("name", "Alfie")).responses()

    def test_it_is_not_said_beside_danger(self) -> None:
        talk = self.told(*self.NAMED, danger="immediate_danger", danger_evidence=[[0, 5, "weapon"]])
        assert "utter_no_names_yet" not in talk.responses()

    def test_nor_where_a_name_was_just_asked_for(self) -> None:
        talk = until(
            Talk().start().say("My son will not sleep at all", speaker_role="parent", child_ages=[8]), "child_names"
        )
        talk.say("Alfie Example", private=[[0, 13, "name"]])
        assert "utter_no_names_yet" not in talk.responses()

    def test_what_was_told_is_in_no_event_of_the_log(self) -> None:
        talk = go_through(self.told(*self.NAMED))
        assert "Karen" in (talk.request.story or "")
        assert "Karen" not in str(talk.memory.events)


class TestDutiesBeside:
    def test_a_teacher_with_known_fgm_reads_that_the_report_is_their_own(self) -> None:
        talk = until(
            Talk(audience="professional").start().say("A girl of 9 told me", speaker_role="school", child_ages=[9]),
            "worries",
        )
        talk.press("fgm_known")
        assert "101" in talk.text()
        assert "Sending this request does not do that for you" in talk.text()

    def test_an_allegation_about_staff_names_the_lado(self) -> None:
        talk = until(
            Talk(audience="professional").start().say("A parent complained about a coach", speaker_role="school"),
            "worries",
        )
        talk.press("staff_allegation")
        assert "LADO" in talk.text()

    def test_a_police_officer_is_not_sent_to_the_police(self) -> None:
        harm = {
            "danger": "safeguarding_concern",
            "danger_categories": ["domestic_abuse"],
            "facts": [
                {"name": "domestic_abuse", "value": True},
                {"name": "domestic_abuse_pattern", "value": "serious_or_escalating"},
            ],
        }
        talk = (
            Talk(audience="professional")
            .start()
            .say("Attended 02:10, children 3 and 8 in address, both safe with nan", speaker_role="police", **harm)
        )
        assert "utter_phone_now_police" in talk.responses()
        assert "999" not in talk.text()
        assert "custody" in talk.text()
