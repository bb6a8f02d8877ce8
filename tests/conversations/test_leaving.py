"""Going is always fine, and a closed office says so: what was told is not lost, and nothing is sent that nobody sent (H03, H04)."""

from __future__ import annotations

from datetime import UTC, datetime

from benchmarks.rehearsal import Talk
from tests.conversations.answering import KNIFE, STORY, go_through, parent, until


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
