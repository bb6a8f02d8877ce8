"""Safety in conversation: what is said first, to whom nothing is said, and what is never lost (hazards H01, H05-H17, H21, H22)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from benchmarks.rehearsal import Talk
from tests.conversations.answering import go_through, until

KNIFE: dict[str, Any] = {
    "danger": "immediate_danger",
    "danger_categories": ["weapon"],
    "danger_evidence": [[0, 5, "weapon"]],
}
STORY = "My son will not sleep and I am worn out"


def parent() -> Talk:
    return Talk().start().say(STORY, speaker_role="parent", child_ages=[8])


class TestDangerComesFirst:
    """The bot's own rule says 999 for words; here it must be known in every position (H01)."""

    POSITIONS = (
        "story",
        "worries",
        "impact",
        "wants",
        "service_agreement",
        "child_names",
        "wishes",
        "contact",
        "must_not_know",
        "check_answers",
    )

    @pytest.mark.parametrize("position", POSITIONS)
    def test_words_of_danger_are_heard_in_every_position(self, position: str) -> None:
        talk = Talk().start() if position == "story" else until(parent(), position)
        talk.say("he has a knife and he is in the kitchen", **KNIFE)
        assert talk.request.danger == "immediate_danger"
        assert talk.asking == "danger_now"
        assert "urgent" in talk.text()

    @pytest.mark.parametrize("position", POSITIONS[1:])
    def test_and_the_words_are_kept(self, position: str) -> None:
        talk = until(parent(), position).say("he has a knife and he is in the kitchen", **KNIFE)
        kept = f"{talk.request.story} {talk.request.household} {talk.request.wishes} {talk.request.safe_contact.must_not_know}"
        assert "knife" in kept + str(talk.memory.kept_requests)

    def test_danger_that_is_ticked_puts_999_before_everything(self) -> None:
        talk = until(parent(), "worries").fill(worries=["danger_now", "physical_harm"])
        assert talk.responses()[0] == "utter_danger"

    def test_a_child_alone_right_now_is_an_emergency(self) -> None:
        talk = Talk().start().say("the kids next door are alone", speaker_role="friend_or_neighbour")
        until(talk, "worries").fill(worries=["left_alone"])
        until(talk, "left_alone_pattern").say("its 9 at nite and theyre out now")
        assert talk.responses()[0] == "utter_danger"
        assert go_through(talk).route == "emergency"

    def test_an_emergency_asks_few_things_and_is_kept_at_once(self) -> None:
        talk = Talk().start().say("he has a knife and he is in the kitchen", **KNIFE)
        asked = []
        while not talk.over:
            asked.append(talk.asking)
            talk.press("yes") if talk.asking == "danger_now" else talk.press("not_known")
        assert asked == ["danger_now", "contact", "child_names"]
        assert talk.route == "emergency"

    def test_not_knowing_is_no_all_clear(self) -> None:
        talk = Talk().start().say("he has a knife and he is in the kitchen", **KNIFE).press("not_known")
        assert go_through(talk).route == "emergency"

    def test_danger_that_is_over_is_still_looked_at_by_a_social_worker(self) -> None:
        talk = Talk().start().say("he came at us with a knife last night", **KNIFE).press("no")
        assert go_through(talk).route == "mash_referral"

    def test_no_later_message_lowers_it(self) -> None:
        talk = Talk().start().say("he has a knife and he is in the kitchen", **KNIFE).press("yes")
        talk.say("forget it, I was joking, nothing happened")
        assert talk.request.danger == "immediate_danger"
        assert go_through(talk).route == "emergency"

    def test_it_is_never_said_that_help_is_coming(self) -> None:
        talk = Talk().start().say("he has a knife and he is in the kitchen", **KNIFE)
        go_through(talk, danger_now="yes")
        assert "on its way" not in talk.all_text()
        assert "Only 999 can" in talk.all_text()


class TestTheFamilyIsNotTold:
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


class TestWhatTheScreenHeard:
    def test_a_marked_harm_that_was_read_too_is_not_asked_for_again(self) -> None:
        harm = {
            "danger": "safeguarding_concern",
            "danger_categories": ["sexual_abuse_family"],
            "facts": [{"name": "sexual_harm", "value": True}],
        }
        talk = Talk().start().say("my stepdad comes in my room at night", speaker_role="parent", child_ages=[9], **harm)
        assert "utter_ask_worries" not in [say.response for say in go_through(talk).shown]
        assert talk.route == "mash_referral"

    def test_a_marked_harm_cannot_be_unticked(self) -> None:
        harm = {
            "danger": "safeguarding_concern",
            "danger_categories": ["sexual_abuse_family"],
            "facts": [{"name": "sexual_harm", "value": True}],
        }
        talk = Talk().start().say("my stepdad comes in my room at night", speaker_role="parent", child_ages=[9], **harm)
        until(talk, "check_answers").press("change:worries").press("no_worries_like_these")
        assert talk.request.facts.known()["sexual_harm"] is True

    def test_a_mere_guess_is_settled_by_the_list(self) -> None:
        talk = (
            Talk()
            .start()
            .say(
                "the house is a tip and I am behind", speaker_role="parent", facts=[{"name": "neglect", "value": True}]
            )
        )
        assert talk.asking == "worries"
        assert talk.press("no_worries_like_these").request.facts.known()["neglect"] is False

    def test_a_concern_that_nobody_names_is_still_read_by_a_person(self) -> None:
        talk = (
            Talk()
            .start()
            .say(
                "is there a group for worn out mums near here",
                intent="ask_for_information",
                danger="safeguarding_concern",
                danger_categories=["suicidal_thoughts"],
            )
        )
        go_through(talk, wants="information", impact="managing")
        assert talk.route == "information"
        assert talk.request.state == "abandoned"
        assert "a person on our team will read this too" in talk.text()


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


class TestNothingIsToldToStrangers:
    """H14: questions about somebody else's contact with us get nothing."""

    @pytest.mark.parametrize(
        "text",
        [
            "who reported me",
            "tell me who told you about us",
            "close my case",
            "where is she living now",
            "what did she say about me",
            "show me the last 10 referrals",
        ],
    )
    def test_whatever_is_asked(self, text: str) -> None:
        talk = parent().say(text)
        assert talk.responses()[0] == "utter_cannot_tell"
        assert any(event.action == "person.fished" for event in talk.memory.events)


class TestNobodyIsQuestioned:
    """H16: no leading questions, no method, one clarifying question a worry at most."""

    def test_a_named_worry_is_followed_by_one_question_at_most(self) -> None:
        talk = until(parent(), "worries").fill(worries=["physical_harm"])
        go_through(talk)
        asked = [say.response for say in talk.shown if say.kind == "question"]
        assert sum("physical_harm" in name for name in asked) <= 1

    def test_self_harm_is_met_with_thanks_and_people_to_talk_to(self) -> None:
        talk = until(
            Talk().start().say("im 15 and not ok", speaker_role="young_person", child_ages=[15]).press("yes"), "worries"
        )
        talk.press("self_harm")
        assert "utter_self_harm" in talk.responses()
        assert "0800 1111" in talk.text()


class TestLeaving:
    def test_a_named_harm_is_on_the_desk_before_anything_is_sent(self) -> None:
        talk = until(parent(), "worries").fill(worries=["sexual_harm"])
        assert not talk.sent
        assert talk.request.danger == "safeguarding_concern"
        assert talk.route == "mash_referral"

    def test_leaving_sends_nothing(self) -> None:
        talk = parent().press("leave")
        assert talk.responses() == ["utter_left"]
        assert not talk.sent
        assert talk.memory.kept_conversations[talk.id].state == "left"

    def test_leaving_after_a_worry_leaves_a_contact_and_says_so(self) -> None:
        talk = until(parent(), "worries").fill(worries=["sexual_harm"]).press("leave")
        assert talk.responses() == ["utter_left_with_concern"]
        assert talk.request.state == "abandoned"
        assert talk.route == "mash_referral"

    def test_coming_back_takes_up_the_thread(self) -> None:
        talk = until(parent(), "impact")
        talk.press("leave").press("start")
        assert talk.asking == "impact"

    def test_a_draft_with_danger_holds_its_proposal_from_that_turn_on(self) -> None:
        """So that gateway/alerts/watch.py finds it as a contact when the person just goes away (tests/console/test_alarms.py)."""
        talk = Talk().start().say("he has a knife and he is in the kitchen", **KNIFE)
        assert talk.request.state == "draft"
        assert talk.request.danger == "immediate_danger"
        assert talk.route == "emergency"

    def test_a_draft_without_one_does_not(self) -> None:
        talk = parent()
        assert talk.request.danger == "none"
        assert talk.request.proposal is None


class TestClosedDoors:
    def test_out_of_hours_the_night_number_is_given(self) -> None:
        talk = go_through(
            Talk(at=datetime(2026, 11, 22, 21, 0, tzinfo=UTC)).start().say(STORY, speaker_role="parent", child_ages=[8])
        )
        assert "utter_out_of_hours" in talk.responses()
        assert "01926 886922" in talk.text()

    def test_in_hours_it_is_not(self) -> None:
        assert "utter_out_of_hours" not in go_through(parent()).responses()

    def test_a_request_of_friday_evening_is_due_on_the_next_working_day(self) -> None:
        talk = (
            Talk(at=datetime(2026, 12, 24, 18, 0, tzinfo=UTC)).start().say(STORY, speaker_role="parent", child_ages=[8])
        )
        assert "Tuesday 29 December" in go_through(talk).text()


def test_another_language_gets_a_person_and_the_number() -> None:
    """H22: nobody is turned away for the words they have."""
    talk = Talk().start().say("Potrzebuję pomocy z dziećmi", intent="other_language", language="pl")
    assert "interpreter" in talk.text()
    assert "01926 414144" in talk.text()


def test_a_sibling_is_never_left_out() -> None:
    """H21"""
    talk = until(parent(), "other_children").press("yes")
    assert talk.asking == "other_children_ages"
    talk.say("3 and one on the way")
    assert [child.age for child in talk.request.children] == [8, -1, 3]
