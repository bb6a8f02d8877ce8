"""999 before everything, in every position, and nothing that the screen heard is lost again (hazards H01, H02)."""

from __future__ import annotations

import pytest

from benchmarks.rehearsal import Talk
from tests.conversations.answering import KNIFE, go_through, parent, until


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

    def test_danger_told_while_taking_back_is_asked_about_is_before_the_officer_at_once(self) -> None:
        talk = go_through(parent()).press("withdraw")
        assert talk.asking == "withdraw"
        talk.say("he has a knife and he is in the kitchen", **KNIFE)
        assert talk.route == "emergency"

    def test_it_is_never_said_that_help_is_coming(self) -> None:
        talk = Talk().start().say("he has a knife and he is in the kitchen", **KNIFE)
        go_through(talk, danger_now="yes")
        assert "on its way" not in talk.all_text()
        assert "Only 999 can" in talk.all_text()


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
