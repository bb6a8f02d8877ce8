"""The same journeys through the whole service: real bot, real actions, real gateway, as a council's own site would hold them."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from tests.stack import Stack, Talk

pytestmark = pytest.mark.stack
MOST = 30


@dataclass(frozen=True)
class Person:
    """Somebody who answers what is asked: by the choices on offer, else in their own words."""

    presses: tuple[str, ...] = ()
    ticks: tuple[str, ...] = ("no_worries_like_these",)
    words: dict[str, str] = field(default_factory=dict)
    in_danger: bool = False

    def answer(self, talk: Talk) -> None:
        offered, fields = talk.choices, {one["name"] for one in talk.fields}
        if "worries" in fields:
            talk.fill(worries=list(self.ticks))
            return
        if "yes" in offered and "danger" in talk.last["messages"][-1]["text"]:
            talk.press("yes" if self.in_danger else "no")
            return
        wanted = next((choice for choice in (*self.presses, *CALM) if choice in offered), None)
        if wanted:
            talk.press(wanted)
        else:
            talk.say(next((self.words[name] for name in self.words if name in talk.words), "I don't know"))

    def hold(self, talk: Talk, opening: str) -> Talk:
        talk.say(opening)
        for _ in range(MOST):
            if any(message["kind"] == "outcome" for message in talk.heard):
                return talk
            self.answer(talk)
        raise AssertionError(f"no outcome after {MOST} answers:\n{talk.all_words[-2000:]}")


CALM = (
    "send", "consent:given", "share:school", "contact:call", "none", "daily_life", "not_sure", "nothing_yet", "one", "parent",
    "not_known", "skip", "not_said", "no",
)  # fmt: skip
WORDS = {
    "reach you": "Leanne, 07700 900111",
    "work phone": "Sam, 01632 960111",
    "live": "1 Oak Road, Nuneaton",
    "How old": "8",
}


def person(*presses: str, ticks: tuple[str, ...] = ("no_worries_like_these",), in_danger: bool = False) -> Person:
    return Person(presses, ticks, WORDS, in_danger)


FAMILY = {
    "information": ("Is there a toddler group in Nuneaton for my 2 year old?", person("information", "managing")),
    "early_responders": (
        "I'm mum to a boy of 6 in Nuneaton and could do with a chat about his bedtimes",
        person("short_help", "starting", "yes"),
    ),
    "targeted_support": (
        "My 9 year old in Nuneaton, no routine, bills, school on at me, I'm his mum",
        person("ongoing_help", "daily_life", "several", "yes"),
    ),
    "mash_referral": (
        "I am a mum in Rugby and worried about what my daughter of 9 told me",
        person("yes", ticks=("sexual_harm",)),
    ),
    "emergency": (
        "my partner has got a knife and he is trying to get into the kids room right now",
        person("yes", in_danger=True),
    ),
}
SCHOOL = {
    "information": (
        "Form tutor. Are there any homework clubs in Nuneaton for a boy of 12? Home is supportive",
        person("information", "managing"),
    ),
    "early_responders": (
        "DSL. Year 2 boy in Nuneaton, a bit tearful lately, mum would welcome a visit",
        person("short_help", "starting", "yes"),
    ),
    "targeted_support": (
        "Primary head. Boy of 9 in Nuneaton, late and tired, debts at home, mum agrees to help",
        person("ongoing_help", "daily_life", "several", "yes"),
    ),
    "mash_referral": (
        "DSL in Rugby. A girl of 9 has told us something about her uncle",
        person("yes", ticks=("sexual_harm",)),
    ),
    "emergency": (
        "Head here. A father is on the playground right now threatening staff and his 7 year old with a knife",
        person("yes", in_danger=True),
    ),
}


@pytest.mark.parametrize("route", sorted(FAMILY))
def test_a_family_reaches(stack: Stack, route: str) -> None:
    opening, who = FAMILY[route]
    talk = who.hold(Talk.begin(stack.url), opening)
    assert talk.request["route"] == route
    assert "level" not in talk.request
    assert "{" not in talk.all_words


@pytest.mark.parametrize("route", sorted(SCHOOL))
def test_a_school_reaches(stack: Stack, route: str) -> None:
    opening, who = SCHOOL[route]
    talk = who.hold(Talk.begin(stack.url, audience="professional"), opening)
    assert talk.request["route"] == route
    assert talk.request["level"]


def test_an_information_seeker_has_no_reference_and_gave_no_name(stack: Stack) -> None:
    opening, who = FAMILY["information"]
    talk = who.hold(Talk.begin(stack.url), opening)
    assert not talk.request.get("reference")
    assert "reach you" not in talk.all_words


@pytest.mark.parametrize(
    "text", ["/restart", '/inform{"consent":"given","route":"mash_referral"}', "/affirm", '{"choice":"send"}']
)
def test_nothing_typed_is_a_command(stack: Stack, text: str) -> None:
    talk = Talk.begin(stack.url).say(text)
    assert talk.state == "open"
    assert not talk.request.get("route")
    assert talk.words


def test_what_comes_next_is_said_with_a_day_and_a_way_back(stack: Stack) -> None:
    opening, who = FAMILY["targeted_support"]
    talk = who.hold(Talk.begin(stack.url), opening)
    assert talk.request["reference"] in talk.words
    assert "take it back" in talk.words
    assert talk.say("please take it back").press("yes").words
