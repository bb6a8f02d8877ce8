"""Random people: answers, corrections, going back, silence, junk, taking back, danger. What must hold whatever they do.

FRONTDOOR_CONVERSATIONS sets how many are held (2,000 for a release).
"""

from __future__ import annotations

import os
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from benchmarks.rehearsal import OneGroup, Talk, packs, words
from triage.consent import ConsentKind
from triage.conversation.checking import summary
from triage.conversation.dialogue import dialogue_from
from triage.conversation.scene import Ports, Scene
from triage.request import Level, Route
from triage.turn import Turn

CONVERSATIONS = int(os.environ.get("FRONTDOOR_CONVERSATIONS", "120"))

JUNK = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "",
            " ",
            "/restart",
            '/inform{"consent":"given"}',
            "😀",
            "yes",
            "no",
            "idk",
            "maybe",
            "2",
            "999999999",
            "a" * 500,
        ]
    ),
)
STORIES = st.sampled_from(
    [
        "My son will not sleep and I am worn out",
        "he is 8 and hits his little sister when he is tired",
        "we may lose our home next month and the kids know it",
        "where can I find a group for new dads",
        "her mum drinks and she comes to school hungry every day",
    ]
)
INTENTS = st.sampled_from(
    [
        "inform",
        "ask_for_help",
        "ask_for_information",
        "question_privacy",
        "want_human",
        "change_answer",
        "go_back",
        "thanks",
        "abuse",
        "dont_know",
        "deny",
    ]
)
HEARD = st.fixed_dictionaries(
    {},
    optional={
        "speaker_role": st.sampled_from(
            ["parent", "step_parent", "relative", "young_person", "friend_or_neighbour", "school", "police"]
        ),
        "child_ages": st.lists(st.integers(-1, 17), min_size=1, max_size=3),
        "places": st.sampled_from([["Nuneaton"], ["Devizes"], ["Coventry"], ["Nowhere"]]),
        "concerns": st.sampled_from([["routines_sleep"], ["neglect", "debt_poverty"], []]),
        "consent": st.sampled_from(["given", "refused", "unknown"]),
        "already_has_worker": st.sampled_from([True, False, None]),
        "facts": st.lists(
            st.sampled_from(
                [
                    {"name": "neglect", "value": True, "start": 0, "end": 3},
                    {"name": "domestic_abuse", "value": True, "start": 0, "end": 3},
                    {"name": "wants", "value": "short_help", "start": 0, "end": 3},
                    {"name": "forced_marriage_or_honour", "value": True, "start": 0, "end": 3},
                ]
            ),
            max_size=2,
        ),
    },
)


class AnyPerson(RuleBasedStateMachine):
    @initialize(
        audience=st.sampled_from(["family", "professional"]),
        authority=st.sampled_from(["warwickshire", "wiltshire", "leicestershire", None]),
    )
    def begin(self, audience: str, authority: str | None) -> None:
        self.talk = Talk(audience=audience, authority=authority).start()
        self.level = Level.UNIVERSAL
        self.danger_told = self.danger_in_words = False
        self.danger_said = False
        self.hidden = False

    # ---- what they do ---------------------------------------------------------------------------------
    @rule(story=STORIES, heard=HEARD)
    def tell(self, story: str, heard: dict[str, Any]) -> None:
        self.talk.say(story, **heard)

    @rule(text=JUNK, intent=INTENTS)
    def type_anything(self, text: str, intent: str) -> None:
        self.talk.say(text, intent=intent)

    @precondition(lambda self: self.talk.labels())
    @rule(data=st.data())
    def press_what_is_offered(self, data: st.DataObject) -> None:
        self.talk.press(data.draw(st.sampled_from(sorted(self.talk.labels()))))

    @precondition(lambda self: self.talk.labels())
    @rule(data=st.data())
    def press_again_what_is_offered(self, data: st.DataObject) -> None:
        self.talk.press(data.draw(st.sampled_from(sorted(self.talk.labels()))))

    @rule(
        control=st.sampled_from(
            ["back", "undo", "human", "start", "send", "withdraw", "change:worries", "change:nothing_there"]
        )
    )
    def press_a_control(self, control: str) -> None:
        self.talk.press(control)

    @precondition(lambda self: self.talk.asking is not None)
    @rule(
        values=st.lists(
            st.sampled_from(["neglect", "danger_now", "school", "not_known", "yes", "nonsense"]), max_size=3
        )
    )
    def fill_in(self, values: list[str]) -> None:
        self.talk.fill(**{str(self.talk.asking): values})

    @rule(text=STORIES)
    def say_that_somebody_is_in_danger(self, text: str) -> None:
        """Where particular words say so."""
        self.talk.say(text, danger="immediate_danger", danger_categories=["weapon"], danger_evidence=[[0, 5, "weapon"]])
        self.danger_told = self.danger_in_words = True

    @rule(text=STORIES)
    def say_something_that_sounds_like_danger(self, text: str) -> None:
        """Where only the message as a whole does."""
        self.talk.say(text, danger="immediate_danger", danger_categories=["weapon"])
        self.danger_told = True

    @rule(text=STORIES)
    def say_something_that_may_be_danger(self, text: str) -> None:
        self.talk.say(text, danger="immediate_danger", uncertain=True, danger_categories=["weapon"])

    # ---- what must hold ---------------------------------------------------------------------------------
    @invariant()
    def there_is_always_an_answer_in_full(self) -> None:
        assert self.talk.last
        assert self.talk.text().strip()
        assert self.talk.unfilled() == []

    @invariant()
    def a_certain_danger_is_marked_at_once_and_stays(self) -> None:
        if self.danger_told:
            assert self.talk.request.danger == "immediate_danger"
            assert any(fact.name == "danger_now" and fact.value is True for fact in self.talk.request.facts.noted)

    @invariant()
    def danger_that_was_pressed_puts_999_first(self) -> None:
        for before, say in zip([None, *self.talk.last], self.talk.last, strict=False):
            assert say.response != "utter_danger" or before is None

    @invariant()
    def what_was_hidden_from_the_family_stays_hidden(self) -> None:
        if self.hidden:
            assert self.talk.request.do_not_tell_family
        self.hidden = self.talk.request.do_not_tell_family

    @invariant()
    def a_danger_never_ends_as_information(self) -> None:
        if self.danger_in_words and self.talk.request.proposal is not None and self.talk.over:
            assert self.talk.request.proposal.route in {Route.EMERGENCY, Route.MASH_REFERRAL}

    @invariant()
    def a_danger_is_always_read_by_a_person(self) -> None:
        if self.danger_told and any(say.kind == "outcome" for say in self.talk.last):
            assert self.talk.request.state != "draft"

    @invariant()
    def nobody_without_a_say_agrees(self) -> None:
        for record in self.talk.request.consents:
            if record.kind is ConsentKind.SERVICE and record.value == "given":
                assert record.by.startswith(
                    ("parent", "pregnant", "young person", "referrer", "person asking", "worker")
                )

    @invariant()
    def a_sent_request_has_a_reference_a_proposal_and_a_lawful_basis(self) -> None:
        request = self.talk.request
        if request.sent_at is not None:
            assert request.reference
            assert request.proposal
            assert any(record.kind is ConsentKind.LAWFUL_BASIS for record in request.consents)

    @invariant()
    def the_record_is_what_check_your_answers_showed(self) -> None:
        if self.talk.last and self.talk.last[-1].response == "utter_check_answers":
            shown = [(row["step"], row["answer"]) for row in self.talk.last[-1].data["lines"]]
            assert shown == [(line.step, line.answer) for line in summary(self._stored())]

    def _stored(self) -> Scene:
        talk = self.talk
        turn = Turn(talk.id, "m", "", talk.at, talk.channel, talk.audience, "inform")
        ports = Ports(packs(), talk.ids, OneGroup(), None, words())  # type: ignore[arg-type]  # no clock is looked at
        return Scene(turn, talk.request, dialogue_from(talk.memory.kept_conversations[talk.id].dialogue), ports)


AnyPerson.TestCase.settings = settings(
    max_examples=CONVERSATIONS,
    stateful_step_count=24,
    deadline=None,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
    database=None,
)
TestAnyPerson = AnyPerson.TestCase
TestAnyPerson.pytestmark = [pytest.mark.timeout(0)] if CONVERSATIONS > 500 else []  # a release run takes its time
