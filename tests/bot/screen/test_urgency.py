"""Now, or over for now: an earlier day, a habit and safety found take the haste away, and nothing takes the concern away."""

from __future__ import annotations

import numpy as np
import pytest

from bot.text.screen.joined import screen
from bot.text.screen.learned import _level, _says_more, _when, judge_by_vectors
from bot.text.screen.result import CONCERN, IMMEDIATE, NONE
from bot.text.screen.rules import judge_by_rules
from bot.text.screen.urgency import says_made_safe, says_now, says_only_told, says_over, without_exaggeration


@pytest.mark.parametrize(
    "said",
    [
        "he had me by the throat last week",
        "he had me by the throat on sunday",
        "he has me by the throat every time he drinks",
        "dad had her by the throat, male in custody",
        "she has done an overdose, medically fit, ward wants a plan",
        "my son has started hitting me",
    ],
)
def test_what_is_over_for_now_is_a_concern_and_never_nothing(said: str) -> None:
    assert judge_by_rules(said).danger == CONCERN


@pytest.mark.parametrize(
    "said",
    [
        "he had me by the throat last week and he is here now, please hurry",
        "he has me by the throat",
        "he is out of prison and he is kicking the door in",
        "he is smashing the house up and we are not safe now",
    ],
)
def test_a_word_of_today_keeps_the_haste(said: str) -> None:
    assert judge_by_rules(said).danger == IMMEDIATE


@pytest.mark.parametrize(
    "said",
    [
        "he drank the disinfectant",
        "cant get her awake",
        "her lips are blue",
        "i have posted the letters",
        "they have taken my newborn",
        "some woman collected him and nobody knows who",
        "sprawdz prosze, polknal baterie",
        "ele bebeu detergente",
    ],
)
def test_poison_goodbyes_and_strangers_at_the_gate_are_now(said: str) -> None:
    assert judge_by_rules(said).danger == IMMEDIATE


def test_no_sign_of_harm_is_no_missing_child() -> None:
    assert judge_by_rules("no sign of harm, parents are working with us").danger == NONE


def test_only_the_exaggeration_itself_goes_unread() -> None:
    assert without_exaggeration("she is literally killing me. he has hit her").endswith(". he has hit her")
    assert "going to kill" in without_exaggeration("he is going to kill me")


@pytest.mark.parametrize("who", ["he is", "she is", "they are"])
def test_an_exaggeration_goes_unread_unless_it_is_now(who: str) -> None:
    assert "killing" not in without_exaggeration(f"honestly {who} killing me with the shoes")
    for day in ("now", "tonight", "today"):
        assert "killing" in without_exaggeration(f"honestly {who} killing me {day}")


def test_not_safe_and_released_are_not_over() -> None:
    assert says_over("the children are safe with nan")
    assert not says_over("the children are safe with nan but he is just released")
    assert says_now("it was twenty minutes ago")


FAREWELL = "the letters are written and the cat is at my sisters, she will be fine there, please look in on thursday"


@pytest.mark.parametrize(
    ("harm", "now", "words", "level"),
    [
        (0.9, 0.25, "he did it on monday", (CONCERN, True)),
        (0.9, 0.25, "he did it on monday, he is here now", (IMMEDIATE, False)),
        (0.9, 0.06, "he does it", (CONCERN, False)),
        (0.9, 0.08, "he does it", (CONCERN, True)),
        (0.9, 0.11, "he does it tonight", (IMMEDIATE, False)),
        (0.9, 0.45, "he did it on monday", (IMMEDIATE, False)),
        (0.2, 0.25, "he does it tonight", (CONCERN, True)),
        (0.2, 0.15, FAREWELL, (CONCERN, True)),
        (0.1, 0.15, FAREWELL, (NONE, True)),
        (0.2, 0.05, FAREWELL, (NONE, False)),
        (0.2, 0.15, "the letters are written", (NONE, False)),
        (0.9, 0.15, "the letters are written", (CONCERN, True)),
        (0.9, 0.17, "the letters are written", (IMMEDIATE, False)),
        (0.9, 0.50, "she told me today that he does it", (CONCERN, True)),
        (0.9, 0.65, "she told me today that he does it", (IMMEDIATE, False)),
        (0.9, 0.11, "she told me today that he does it, he is here now", (IMMEDIATE, False)),
        (0.9, 0.95, "he is in custody, both children with gran", (CONCERN, True)),
        (0.9, 0.95, "he is in custody, one child with gran and one bleeding", (IMMEDIATE, False)),
    ],
)
def test_what_the_words_say_of_when_decides_how_likely_danger_now_must_be(
    harm: float, now: float, words: str, level: tuple[str, bool]
) -> None:
    """Likely danger that no word places today is asked about, and never dropped."""
    when = _when(words, "violence_in_progress")
    assert _level(harm, now, np.array([0.6, 0.2]), when, says_more=_says_more(words)) == level


@pytest.mark.parametrize(
    "words",
    [
        "male arrested children 3 and 8 in address both safe with nan",
        "children with maternal gran tonight male in custody until 4pm",
    ],
)
def test_who_is_held_while_the_others_are_safe_is_asked_about(words: str) -> None:
    """A constable's report of what is done with is not answered with 999."""
    assert says_made_safe(words)
    assert judge_by_vectors(words).danger != IMMEDIATE


@pytest.mark.parametrize(
    "words",
    [
        "male arrested, mum in the kitchen bleeding badly",
        "dad was arrested but he is back and hitting mum",
        "he was arrested on friday and got bail, he is kicking my door in",
        "dad arrested, children safe with nan, mum took all her tablets",
        "both children with gran. male in custody. mum unconscious",
        "dad got arrested tonight and now my sister has gone, nobody can find her",
        "children are safe with nan, he is at the door with a knife",
        "he was arrested, she moved a bit and then stopped breathing",
        "hes in prison now and we moved but his brother is outside with petrol",
        "ex in custody, we have moved, my daughter has taken a load of tablets just now",
    ],
)
def test_an_arrest_lowers_nothing_where_somebody_is_still_in_danger(words: str) -> None:
    assert screen(words).danger == IMMEDIATE


@pytest.mark.parametrize(
    "words",
    [
        "she told me today that her dad hits her",
        "a pupil told her class teacher this morning that her dad hits her",
        "he told our youngest this afternoon that his dad hits him",
        "my friend told me tonight her dad hits her",
        "he told us this evening that his dad hits him",
        "he told me this lunchtime that his dad hits him",
        "he told me at lunch that his dad hits him",
        "he told me at lunchtime that his dad hits him",
        "pupil disclosed today that mum hits her",
        "she disclosed to our nurse today that mum hits her",
        "disclosure this afternoon from a pupil whose mum hits her",
        "child disclosed past sexual abuse by his birth father this evening",
        "pupil disclosed historic abuse by an uncle of hers today",
        "disclosure of historical abuse by a neighbour at lunchtime",
        "he said in circle time today that dad hits him",
        "she mentioned at breakfast club today that dad hits her",
        "she wrote in the worry box this morning that dad hits her",
        "he arrived today with a mark",
        "she came in this morning with a mark",
        "he came into nursery this morning with a mark",
        "dad dropped him off this morning with a mark",
        "we changed her this morning and saw a mark",
        "today my grandson told me that dad hits him",
        "this morning she disclosed that dad hits her",
        "today he arrived with a mark",
        "a child has just told me that dad hits her",
        "a child has just disclosed that dad hits her",
        "school just rung me, his dad hits him",
        "school just phoned me, his dad hits him",
    ],
)
def test_the_day_of_the_telling_is_not_the_day_of_the_deed(words: str) -> None:
    assert says_now(words)
    assert says_only_told(words)


@pytest.mark.parametrize(
    "between",
    ["i", "he", "she", "they", "we", "it", "that", "hes", "shes", "will", "would", "going", "to", "if", "dad", "mum"],
)
def test_what_is_told_of_today_is_today(between: str) -> None:
    """Between the telling and its day stands only who was told."""
    assert not says_only_told(f"he told us {between} leaves tonight")


@pytest.mark.parametrize(
    "words",
    [
        "she told me tonight is the night",
        "she told me today that he is hitting her mum right now",
        "he told me today that he is out of prison and wants to hurt us",
        "today he hit my sister and she told me",
        "he arrived with a knife",
    ],
)
def test_whoever_was_told_of_danger_now_hurries(words: str) -> None:
    assert not says_only_told(words)


def test_who_was_told_today_of_an_overdose_or_a_missing_child_hurries() -> None:
    words = "his friend told me today that he had a whole packet"
    assert says_only_told(words, "physical_abuse")
    assert not says_only_told(words, "overdose_suicide_now")


@pytest.mark.parametrize(
    "words",
    [
        "A pupil in my class told me at break today that her stepmum hits her with a hairbrush. She has a bruise on her arm.",
        "Today a boy of six told his teaching assistant that his uncle hits him with a slipper. There is a mark on his back.",
        "My nephew told me this morning that his dad punches him. I saw an old bruise on his side.",
        "the lad next door told my wife today his mum hits him with a spoon, hes got a mark on his hand",
        "she told me today that it went on for years when she was little. She lives with us now and he is nowhere near.",
    ],
)
def test_a_calm_disclosure_is_a_concern_and_not_an_emergency(words: str) -> None:
    """The route is the safeguarding hub today, not 999, unless the words say that it goes on now."""
    assert screen(words).danger == CONCERN


@pytest.mark.parametrize(
    "words",
    [
        "A pupil told me at break today that her stepmum is at the gate with a knife waiting for her",
        "My nephew told me on the phone just now that his dad is punching him, I can hear it",
        "the lad next door told my wife his mum took all her tablets this morning and wont wake up",
    ],
)
def test_a_disclosure_of_what_goes_on_now_is_an_emergency(words: str) -> None:
    assert screen(words).danger == IMMEDIATE


def test_whose_house_he_is_at_is_not_where_an_attacker_is() -> None:
    assert judge_by_rules("his dad kicks him when he is at his house").danger == CONCERN
