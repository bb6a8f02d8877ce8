"""One conversation by hand for each hazard that a conversation can cause, over the whole service (docs/safety-case.md).

H01 has a file of its own (test_danger_over_http.py). The others here are told in plain words of our own.
"""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.conversations.real_people import Held, Press, RealPerson, hold
from tests.stack import Refused, Stack, Talk
from triage.consent import ConsentKind

pytestmark = pytest.mark.stack

NONE_OF_THESE = {"worries": ["no_worries_like_these"]}
LISTED = "Is any of this happening|Which of these apply"
PARENT: dict[str, Any] = {
    LISTED: NONE_OF_THESE,
    "in danger right now|immediate danger": "no, safe for now",
    "affect": Press("starting"),
    "hoping for|would help you": Press("short_help"),
    "one thing or several": Press("one"),
    "help have you had": Press("nothing_yet"),
    "worker from the council|of the council already": Press("none"),
    "Which town|Where do|Where does": "Nuneaton",
    "How old": "8",
    "Who are you|best describes you": Press("parent"),
    "talk to about this": Press("share:school"),
    "other children": "no",
    "reach you|work phone": "Leanne, 07700 900111",
    "safe for us to use": Press("contact:call"),
    "good time": "yes",
}


def somebody(opening: str, audience: str = "family", **answers: Any) -> RealPerson:
    """A calm person in Warwickshire; `answers` go first, by words of the question with _ for a space."""
    own = {words.replace("_", " "): answer for words, answer in answers.items()}
    return RealPerson(
        opening,
        own | {words: said for words, said in PARENT.items() if words not in own},
        audience,
        authority="warwickshire",
    )


def ticks(*worries: str) -> dict[str, Any]:
    return {"worries": list(worries)}


def telling(held: Held, kind: ConsentKind) -> list[str]:
    return [record.value for record in held.kept.consents if record.kind is kind]


def test_h05_somebody_who_is_not_safe_to_write_is_asked_nothing_more(stack: Stack) -> None:
    talk = Talk.begin(stack.url).say("im 13 and i need to talk about stuff at home")
    assert "good time" in talk.words
    talk.say("no")
    assert "come back when it suits you" in talk.words
    assert not any(message["kind"] == "question" for message in talk.last["messages"])


def test_h05_what_was_left_is_gone_for_whoever_opens_it_next(stack: Stack) -> None:
    talk = Talk.begin(stack.url).say("my partner reads my phone and I need help with my son")
    talk.call("DELETE", f"/api/v1/conversations/{talk.id}")
    with pytest.raises(Refused) as refused:
        talk.call("GET", f"/api/v1/conversations/{talk.id}")
    assert refused.value.status == 404


def test_h06_a_number_alone_is_no_leave_to_use_it(stack: Stack) -> None:
    held = hold(
        stack,
        somebody("I'm mum to a boy of 8 and could do with a chat about bedtimes", safe_for_us_to_use="don't know"),
    )
    safe = held.kept.safe_contact
    assert safe.phone == "07700 900111"
    assert not any((safe.safe_call, safe.safe_text, safe.safe_voicemail, safe.safe_email, safe.safe_letter))


def test_h07_a_family_that_must_not_hear_is_written_to_by_nobody(stack: Stack) -> None:
    held = hold(
        stack,
        somebody(
            "DSL. A girl of 14 told us that her uncle touches her at night, he lives with them.",
            "professional",
            **{"telling the family": "yes, it would put her at more risk", LISTED: ticks("sexual_harm")},
        ),
    )
    assert held.kept.do_not_tell_family
    assert "nothing goes out to the family from here" in held.said


def test_h08_a_forced_marriage_is_never_talked_over_with_the_family(stack: Stack) -> None:
    held = hold(
        stack,
        somebody(
            "Head of year. Girl of 16 says her parents booked flights and she has to marry a cousin, she is terrified.",
            "professional",
            **{LISTED: ticks("forced_marriage_or_honour")},
        ),
    )
    assert "do not contact the family" in held.said
    assert "family interpreter" in held.said
    assert held.asked("agreement is needed") == 0
    assert held.kept.do_not_tell_family


def test_h09_a_teacher_with_known_fgm_is_told_that_this_form_is_not_the_report(stack: Stack) -> None:
    held = hold(
        stack,
        somebody("Teacher here. A girl of 9 told me that she was cut abroad last summer.", "professional",
                 **{LISTED: ticks("fgm_known"), "your profession|you work as|What is your": Press("teacher")}),
    )  # fmt: skip
    assert "101" in held.said
    assert "does not do that for you" in held.said


def test_h10_no_service_starts_for_a_parent_who_says_no(stack: Stack) -> None:
    held = hold(
        stack,
        somebody(
            "I'm mum to a boy of 8 and could do with a chat about bedtimes",
            **{"Do you agree": Press("consent:refused")},
        ),
    )
    assert held.route == "information"
    assert held.kept.sent_at is None
    assert telling(held, ConsentKind.SERVICE) == ["refused"]
    assert telling(held, ConsentKind.SHARING) == []


def test_h11_no_agreement_is_waited_for_where_a_child_may_be_harmed(stack: Stack) -> None:
    held = hold(
        stack, somebody("I am a mum and worried about what my daughter of 9 told me", **{LISTED: ticks("sexual_harm")})
    )
    assert held.asked("Do you agree") == 0
    assert held.route == "mash_referral"
    assert telling(held, ConsentKind.LAWFUL_BASIS) == ["public_task"]


def test_h12_a_child_is_heard_and_never_judged_by_a_machine(stack: Stack) -> None:
    held = hold(stack, somebody("im 14 and i want help because me and my mum row all the time"))
    assert "allowed to ask for help" in held.said
    assert "0800 1111" in held.said
    assert telling(held, ConsentKind.SERVICE) == []
    assert telling(held, ConsentKind.INFORMED) == []


def test_h13_a_foster_carer_is_not_asked_to_agree(stack: Stack) -> None:
    held = hold(
        stack,
        somebody(
            "I'm a foster carer, the boy of 8 in my care does not sleep and I would like a visit",
            **{"Who are you": Press("carer_without_pr"), "legal": "no"},
        ),
    )
    assert held.asked("Do you agree") == 0
    assert telling(held, ConsentKind.SERVICE) == []


def test_h14_nobody_learns_who_told_or_where_somebody_lives(stack: Stack) -> None:
    talk = Talk.begin(stack.url).say("who reported me to social services")
    assert "can't tell you who wrote to us" in talk.words
    assert "can't tell you who wrote to us" in talk.say("where is she living now").words
    other = Talk.begin(stack.url)
    with pytest.raises(Refused) as refused:
        other.call("GET", f"/api/v1/conversations/{talk.id}")
    assert refused.value.status == 404


def test_h15_a_report_is_kept_as_it_was_told_with_who_told_it_and_no_verdict(stack: Stack) -> None:
    told = "the woman at number 12 is a terrible mother, she leaves the boy of 4 filthy and hungry"
    held = hold(
        stack,
        somebody(
            told, **{"parents know": "no", LISTED: ticks("neglect"), "how often|neglect|closest": Press("ongoing")}
        ),
    )
    assert told in (held.kept.story or "")
    assert held.kept.requester_role in {"public", "anonymous", "unknown"}
    assert not re.search(r"\b(credib|reliab|truth|score)\w*", str(held.kept.proposal), re.I)
    assert held.kept.decisions == ()


def test_h16_no_leading_question_and_nothing_for_the_child_to_be_asked(stack: Stack) -> None:
    held = hold(
        stack,
        somebody("DSL. Boy of 7 came in with a bruise on his ear and says his stepdad did it.", "professional",
                 **{LISTED: ticks("physical_harm"), "best describes": Press("mark_or_injury"), "telling the family": "don't know"}),
    )  # fmt: skip
    asked = [m["text"] for _, shown in held.turns for m in shown if m["kind"] == "question"]
    assert "do not question them further" in held.said
    assert not any(
        re.search(r"did (he|she|they|your|the) \w+ (hit|touch|hurt)|isn't it|wasn't it", text) for text in asked
    )
    assert sum("harm" in text and "best describes" in text for text in asked) <= 1


def test_h17_a_young_person_who_hurts_themselves_is_thanked_and_given_people_to_talk_to(stack: Stack) -> None:
    held = hold(
        stack, somebody("im 15 and sometimes i hurt myself when it gets too much", **{LISTED: ticks("self_harm")})
    )
    assert "took courage" in held.said or "You have done the right thing" in held.said
    assert "0800 1111" in held.said
    assert not re.search(r"\b(blade|razor|pills?|tablets?|overdos\w+|hang\w*|rope)\b", held.said, re.I)


def test_h21_a_sibling_and_an_unborn_baby_are_in_it(stack: Stack) -> None:
    held = hold(
        stack,
        somebody(
            "I'm mum to a boy of 8 and could do with a chat about bedtimes",
            **{"other children": "yes, 3 and one on the way"},
        ),
    )
    assert sorted(child.age for child in held.kept.children if child.age is not None) == [-1, 3, 8]


def test_h22_somebody_who_writes_in_another_language_gets_a_person_and_the_number(stack: Stack) -> None:
    talk = Talk.begin(stack.url).say("Potrzebuję pomocy z dziećmi, nie mówię dobrze po angielsku")
    assert "interpreter" in talk.words
    assert "01926 414144" in talk.words
