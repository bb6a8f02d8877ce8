"""Journeys by who is speaking: each with its own words and its own rules."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest

from benchmarks.rehearsal import Talk
from tests.conversations.answering import go_through, until
from triage.consent import ConsentKind
from triage.request import Level

BEDTIME = "My son will not sleep and I am worn out"


def parent(**heard: Any) -> Talk:
    return Talk().start().say(BEDTIME, speaker_role="parent", **heard)


def test_a_parent_reaches_targeted_support_and_leaves_with_a_reference() -> None:
    talk = go_through(parent(child_ages=[8]))
    assert talk.route == "targeted_support"
    assert talk.request.reference in talk.text()
    assert "Tuesday 24 November" in talk.text()
    assert talk.unfilled() == []


def test_nothing_is_asked_twice() -> None:
    talk = go_through(parent(child_ages=[8], places=["Nuneaton"]))
    asked = [say.response for say in talk.shown if say.kind in {"question", "summary"}]
    assert len(asked) == len(set(asked))


def test_an_age_told_in_the_story_is_not_asked_for() -> None:
    talk = go_through(parent(child_ages=[8]))
    assert "utter_ask_child_ages" not in [say.response for say in talk.shown]
    assert [child.age for child in talk.request.children] == [8]


def test_somebody_who_wants_to_know_something_stays_unnamed_and_is_told_at_once() -> None:
    talk = (
        Talk()
        .start()
        .say("Is there a playgroup near me for my little one", intent="ask_for_information", places=["Nuneaton"])
    )
    talk.press("no_worries_like_these")
    assert talk.route == "information"
    assert "Stay and play" in talk.text()
    assert not talk.sent
    assert talk.request.requester_name is None


def test_name_and_contact_come_only_after_the_route_is_clear() -> None:
    talk = go_through(parent())
    order = [say.response for say in talk.shown]
    assert (
        order.index("utter_ask_worries") < order.index("utter_ask_service_agreement") < order.index("utter_ask_contact")
    )


def test_a_carer_without_a_legal_say_is_not_asked_to_agree() -> None:
    talk = go_through(
        Talk().start().say("I am his step dad and bedtime is chaos", speaker_role="step_parent", child_ages=[6])
    )
    assert "utter_ask_service_agreement" not in [say.response for say in talk.shown]
    assert not [c for c in talk.request.consents if c.kind is ConsentKind.SERVICE]


def test_a_relative_is_asked_whether_the_family_know_and_agrees_to_nothing() -> None:
    talk = go_through(
        Talk().start().say("My daughter could use some help with the kids", speaker_role="relative", child_ages=[4])
    )
    kinds = {record.kind for record in talk.request.consents}
    assert ConsentKind.INFORMED in kinds
    assert ConsentKind.SERVICE not in kinds


def test_a_grandparent_hears_of_courts_only_where_they_tell_of_a_harm() -> None:
    talk = Talk().start().say("Is there a playgroup for my grandson?", speaker_role="relative", child_ages=[2])
    assert "utter_stay_unnamed" not in talk.responses()
    assert "utter_stay_unnamed" in until(talk, "worries").fill(worries=["physical_harm"]).responses()


def test_a_neighbour_learns_that_they_may_stay_unnamed_before_anything_else() -> None:
    talk = Talk().start().say("the kids next door are always hungry", speaker_role="friend_or_neighbour")
    assert "utter_stay_unnamed" in talk.responses()


def test_a_neighbour_who_gives_no_name_is_kept_as_anonymous() -> None:
    talk = Talk().start().say("the kids next door are always hungry", speaker_role="friend_or_neighbour")
    until(talk, "contact", worries="neglect").say("i dont want to leave my name")
    assert go_through(talk).request.anonymous


class TestAChildUnderSixteen:
    def test_is_welcomed_told_of_childline_and_asked_whether_this_is_a_good_time(self) -> None:
        talk = Talk().start().say("im 14 and feel sad a lot", speaker_role="young_person", child_ages=[14])
        assert "0800 1111" in talk.text()
        assert talk.asking == "safe_to_talk"

    def test_who_cannot_talk_now_gets_a_neutral_goodbye(self) -> None:
        talk = Talk().start().say("im 14 and feel sad a lot", speaker_role="young_person", child_ages=[14]).press("no")
        assert talk.responses() == ["utter_not_safe_to_talk"]
        assert "sad" not in talk.text()

    def test_may_keep_the_parents_out_of_it(self) -> None:
        talk = Talk().start().say("im 14 and feel sad a lot", speaker_role="young_person", child_ages=[14])
        go_through(talk, service_agreement="consent:child_refuses_parent_contact")
        assert talk.request.do_not_tell_family
        assert talk.sent

    def test_is_never_judged_able_to_agree_by_a_machine(self) -> None:
        talk = Talk().start().say("im 14 and feel sad a lot", speaker_role="young_person", child_ages=[14])
        go_through(talk)
        assert ConsentKind.SERVICE not in {record.kind for record in talk.request.consents}


def test_a_young_person_of_seventeen_agrees_for_themselves() -> None:
    talk = (
        Talk().start().say("im 17 and everything is too much at college", speaker_role="young_person", child_ages=[17])
    )
    go_through(talk, wants="short_help", impact="starting")
    (service,) = [record for record in talk.request.consents if record.kind is ConsentKind.SERVICE]
    assert service.by == "young person 17"


class TestAProfessional:
    HARM: ClassVar[dict[str, Any]] = {
        "danger": "safeguarding_concern", "danger_categories": ["physical_abuse"], "child_ages": [10], "speaker_role": "school",
        "facts": [{"name": "physical_harm", "value": True, "start": 0, "end": 4}, {"name": "physical_harm_kind", "value": "mark_or_injury", "start": 0, "end": 4}],
    }  # fmt: skip
    STORY = "Boy of 10 says dad hit him last night, marks on his legs, dad collects at 3.15 and has not been told"

    def disclosed(self) -> Talk:
        return Talk(audience="professional").start().say(self.STORY, **self.HARM)

    def test_is_given_the_telephone_at_once_and_told_that_no_agreement_is_needed(self) -> None:
        said = self.disclosed().text()
        assert "01926 414144" in said
        assert "do not need anybody's agreement" in said

    def test_is_never_asked_for_a_parents_agreement_where_a_child_may_be_harmed(self) -> None:
        talk = go_through(self.disclosed(), informing_unsafe="yes")
        assert "utter_ask_service_agreement" not in [say.response for say in talk.shown]
        assert talk.route == "mash_referral"
        assert talk.request.do_not_tell_family

    def test_reads_the_level_the_clause_and_what_to_file(self) -> None:
        talk = go_through(self.disclosed())
        assert "s47" in talk.text()
        record = next(say.data["record"] for say in talk.last if "record" in say.data)
        assert record["reference"] == talk.request.reference

    def test_leaves_no_child_of_the_home_out(self) -> None:
        talk = until(self.disclosed(), "other_children").say("little sister, 6")
        assert [child.age for child in talk.request.children] == [10, 6]

    @pytest.mark.parametrize("pressed", ["given", "not_asked", "refused", "cannot_reach"])
    def test_may_send_below_significant_harm_whatever_the_family_said(self, pressed: str) -> None:
        talk = (
            Talk(audience="professional")
            .start()
            .say("Year 4 boy, several needs, mum struggling", speaker_role="school", child_ages=[8])
        )
        go_through(talk, service_agreement=f"consent:{pressed}")
        assert talk.sent
        assert talk.request.facts.known()["service_agreement"] == pressed

    def test_for_whom_asking_is_unsafe_makes_it_a_matter_of_harm(self) -> None:
        talk = (
            Talk(audience="professional")
            .start()
            .say("Year 4 boy, needs a social worker", speaker_role="school", child_ages=[8])
        )
        go_through(
            talk,
            wants="social_work_assessment",
            impact="serious_without_help",
            service_agreement="consent:unsafe_to_ask",
        )
        assert talk.request.proposal is not None
        assert talk.request.proposal.level >= Level.SIGNIFICANT_HARM or talk.route == "mash_referral"
        assert talk.request.do_not_tell_family


def test_who_says_at_the_door_that_they_are_under_18_hears_words_for_them_from_the_first_one() -> None:
    assert "You are allowed to ask for help here" in Talk(audience="young_person").start().text()
