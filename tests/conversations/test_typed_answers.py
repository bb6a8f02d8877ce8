"""Every question takes words as well as buttons."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from benchmarks.rehearsal import Talk, words
from tests.conversations.answering import go_through, until
from triage.conversation import likeness
from triage.conversation.asking import ages_in
from triage.conversation.meaning import MEANINGS
from triage.conversation.reaching import _name_in
from triage.conversation.step import typed

ASKED = sorted(
    name for name in words().names() if name.startswith("utter_ask_") and words().labels(name, audience="family")
)


@pytest.mark.parametrize("response", ASKED)
@pytest.mark.parametrize("audience", ["family", "young_person", "professional"])
def test_the_label_of_a_button_is_as_good_as_the_button(response: str, audience: str) -> None:
    offered = words().labels(response, audience=audience)
    for choice, label in offered.items():
        assert typed(label, offered, response.removeprefix("utter_ask_")) == choice
        assert typed(label.upper() + "!", offered, response.removeprefix("utter_ask_")) == choice


@pytest.mark.parametrize(
    ("question", "text", "value"),
    [
        ("wants", "information about my rights and maybe someone to talk to", "information"),
        ("wants", "I want a family support worker", "ongoing_help"),
        ("wants", "just a quick chat with someone", "short_help"),
        ("wants", "a social work assessment please", "social_work_assessment"),
        ("impact", "it's starting to affect everything, ive had to drop shifts", "daily_life"),
        ("impact", "he's fine really", "managing"),
        ("impact", "it has only just started to show", "starting"),
        ("help_so_far", "SENCO only, on the autism waiting list 14 months", "tried_self_help_or_universal"),
        ("help_so_far", "we have an EHAT in place", "early_help_plan"),
        ("help_so_far", "nothing", "nothing_yet"),
        ("existing_worker", "closed two years ago", "none"),
        ("existing_worker", "no", "none"),
        ("existing_worker", "yes we have a social worker called Dee", "social_worker"),
        ("existing_worker", "CAMHS", "none"),
        ("requester", "I'm his mum", "parent"),
        ("requester", "step dad", "carer_without_pr"),
        ("requester", "I live next door", "public"),
        ("requester", "nan", "relative"),
        (
            "domestic_abuse_pattern",
            "ex serving 4 years, injunction, does not know address, safe at home",
            "past_and_safe_now",
        ),
        ("domestic_abuse_pattern", "he strangled her last week", "serious_or_escalating"),
        ("left_alone_pattern", "its 9 at nite and theyre out now", "now"),
        ("informing_unsafe", "parents not told, telling dad would put him at more risk", "yes"),
        ("danger_now", "no nobodys actually gonna murder anyone haha", "no"),
        ("danger_now", "we are not safe here", "yes"),
        ("danger_now", "I don't feel safe", "yes"),
        ("danger_now", "both with maternal gran tonight, he is in custody", "no"),
        ("physical_harm_kind", "it left a bruise", "mark_or_injury"),
    ],
)
def test_what_people_say_instead(question: str, text: str, value: str) -> None:
    assert typed(text, words().labels(f"utter_ask_{question}", audience="family"), question) == value


@pytest.mark.parametrize("text", ["I don't know", "dunno", "not sure", "no idea", "idk", "?"])
def test_not_knowing_is_an_answer(text: str) -> None:
    assert likeness.unknown_word(text) == "not_known"


@pytest.mark.parametrize(
    "text", ["I'd rather not say", "rather not", "prefer not to say", "I don't want to talk about it", "skip"]
)
def test_not_saying_is_an_answer(text: str) -> None:
    assert likeness.unknown_word(text) == "not_said"


@pytest.mark.parametrize("question", sorted(MEANINGS))
def test_the_meanings_are_choices_of_the_question(question: str) -> None:
    offered = set(words().labels(f"utter_ask_{question}", audience="family"))
    assert {value for value, _ in MEANINGS[question]} <= offered


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("8", (8,)),
        ("8, and daughter 5", (8, 5)),
        ("18 months", (1,)),
        ("7 and one on the way", (7, -1)),
        ("6 weeks", (0,)),
        ("none", ()),
    ],
)
def test_ages_in_a_short_answer(text: str, ages: tuple[int, ...]) -> None:
    assert ages_in(text) == ages


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("text first, 07700 900111, Leanne", "Leanne"),
        ("Jo Bloggs 07700 900123", "Jo Bloggs"),
        ("direct line 01632 960000", None),
        ("my name is Sam, email sam@example.org", "Sam"),
    ],
)
def test_the_name_is_what_is_left(text: str, name: str | None) -> None:
    assert _name_in(text) == name


@given(st.text(max_size=200), st.sampled_from(ASKED))
@example("²", ASKED[0])  # looks like a number and is none
def test_any_text_is_heard_as_a_choice_on_offer_or_as_nothing(text: str, response: str) -> None:
    offered = words().labels(response, audience="family")
    heard = typed(text, offered, response.removeprefix("utter_ask_"))
    assert heard is None or heard in offered or heard in {"not_known", "not_said"}


class TestAReassuranceIsNoDanger:
    """Typed in answer to the list of worries by somebody who told of abuse that is over."""

    OVER = "he is serving 4 years, injunction, does not know our address, safe at home, no weapons"

    def told(self) -> Talk:
        past = [
            {"name": "domestic_abuse", "value": True, "start": 0, "end": 9},
            {"name": "domestic_abuse_pattern", "value": "past_and_safe_now", "start": 0, "end": 9},
        ]
        story = "my ex was violent, we moved, and now my son hits me"
        return Talk().start().say(story, speaker_role="parent", child_ages=[8], facts=past)

    def test_it_answers_the_list_and_how_it_stands_is_asked_in_its_own_question(self) -> None:
        talk = until(self.told(), "worries").say(self.OVER)
        assert talk.asking == "domestic_abuse_pattern"
        assert talk.request.facts.known()["danger_now"] is False

    def test_a_denied_weapon_is_no_weapon(self) -> None:
        talk = until(self.told(), "worries").say(self.OVER).say(self.OVER)
        assert talk.request.facts.known()["domestic_abuse_pattern"] == "past_and_safe_now"

    def test_it_never_ends_as_an_emergency(self) -> None:
        talk = until(self.told(), "worries").say(self.OVER).say(self.OVER)
        assert go_through(talk).route in {"targeted_support", "early_responders"}

    def test_where_the_screen_hears_danger_now_it_is_no_reassurance(self) -> None:
        talk = until(self.told(), "worries").say(
            "safe at home but he is outside with a knife",
            danger="immediate_danger",
            danger_evidence=[[32, 43, "weapon"]],
        )
        assert talk.asking == "danger_now"
        assert talk.request.danger == "immediate_danger"

    def test_who_told_no_harm_is_still_shown_the_list(self) -> None:
        talk = Talk().start().say("My son will not sleep", speaker_role="parent", child_ages=[8])
        assert until(talk, "worries").say("the house is safe and sound, long may it last").asking == "worries"


class TestWordsThatOnlySoundLikeAnInterruption:
    def parent(self, step: str) -> Talk:
        return until(Talk().start().say("My son will not sleep at all", speaker_role="parent", child_ages=[8]), step)

    def test_an_address_is_no_wish_to_change_something(self) -> None:
        talk = self.parent("home_address").say("Example Road area, Bedworth CV12", intent="change_answer")
        assert talk.asking != "home_address"
        assert "Example Road" in str(talk.request.household)

    def test_what_he_will_not_do_is_no_goodbye(self) -> None:
        talk = self.parent("impact").say("he won't get dressed, throws shoes", intent="stop_leave")
        assert talk.memory.kept_conversations[talk.id].state == "open"
        assert talk.asking == "impact"

    def test_a_wish_for_the_school_is_no_wish_for_a_person(self) -> None:
        talk = self.parent("wishes").say("something that gets school to listen", intent="want_human")
        assert talk.request.wishes == "something that gets school to listen"

    @pytest.mark.parametrize("text", ["can I talk to a person", "I want to speak to someone", "call me please"])
    def test_a_wish_for_a_person_is_one(self, text: str) -> None:
        assert self.parent("impact").say(text, intent="want_human").responses()[0] == "utter_human_open"

    def test_when_it_closed_is_no_question_about_hours(self) -> None:
        talk = self.parent("existing_worker").say("closed in June", intent="question_hours")
        assert talk.request.facts.known()["existing_worker"] == "none"


class TestAPlainAnswerToWhetherItIsNow:
    def asked(self) -> Talk:
        return Talk(audience="professional").start().say("Attended, children with nan", danger="immediate_danger")

    def test_outweighs_the_tone_of_its_own_words(self) -> None:
        talk = self.asked().say("children with their gran tonight, he is in custody", danger="immediate_danger")
        assert talk.request.facts.known()["danger_now"] is False

    def test_but_not_danger_that_stands_in_them(self) -> None:
        talk = self.asked().say(
            "safe? no, he is back and has a knife", danger="immediate_danger", danger_evidence=[[23, 36, "weapon"]]
        )
        assert talk.request.facts.known()["danger_now"] is True
