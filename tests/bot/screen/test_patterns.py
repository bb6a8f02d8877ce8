"""Every entry of the lexicons earns its place, and how something is said decides what it weighs."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.text.screen.joined import doubted
from bot.text.screen.learned import Opinion
from bot.text.screen.matching import PatternIndex
from bot.text.screen.patterns import LexiconError, Pattern, load_patterns
from bot.text.screen.result import CONCERN, IMMEDIATE, NONE, ScreenResult, joined
from bot.text.screen.rules import index, judge_by_rules

PATTERNS = load_patterns()


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.name)
def test_removing_any_pattern_would_be_noticed(pattern: Pattern) -> None:
    """Its example is caught by it and, in its category, by no other."""
    result = judge_by_rules(pattern.example)
    same_category = [name for name in result.patterns if name.startswith(f"{pattern.category}: ")]
    assert same_category == [pattern.name]


def test_no_two_patterns_share_a_name() -> None:
    assert len({pattern.name for pattern in PATTERNS}) == len(PATTERNS)


def test_evidence_points_at_the_words_as_they_were_typed() -> None:
    typed = "I don't know who to tell. my d@d h1ts me when he's drunk"
    result = judge_by_rules(typed)
    assert any("h1ts me" in typed[start:end] for start, end, _ in result.evidence)


@pytest.mark.parametrize(
    ("said", "level"),
    [
        ("my dad hits me", CONCERN),
        ("my dad does not hit me", NONE),
        ("nobody hits my son", NONE),
        ("dont tell mum but dad hits me", CONCERN),
        ("i dont know what to do, he hits me", CONCERN),
        ("he wont stop he hits me", CONCERN),
        ("he is beating my mum", IMMEDIATE),
        ("when i was 9 he had a knife", CONCERN),
        ("my mum will kill me if i lose it", NONE),
        ("he is going to kill us", IMMEDIATE),
        ("training on what to do when someone has a knife", NONE),
    ],
)
def test_the_weight_follows_how_it_is_said(said: str, level: str) -> None:
    assert judge_by_rules(said).danger == level


@pytest.mark.parametrize(
    "said",
    [
        "tata mă bate", "mąż nas bije", "mera pati mujhe maarta hai", "mainu marda hai", "о він мене вб'є",
        "o meu marido bateu na minha filha", "wuu i garaacaya", "زوجي يضربني", "میرا شوہر مجھے مارتا ہے",
        "ਮੇਰਾ ਪਤੀ ਮੈਨੂੰ ਕੁੱਟਦਾ ਹੈ", "મારો પતિ મને મારે છે", "আমার স্বামী আমাকে মারে", "dziecko nie oddycha",
    ],
)  # fmt: skip
def test_danger_words_of_other_languages_raise_the_screen(said: str) -> None:
    assert judge_by_rules(said).danger == IMMEDIATE


@pytest.mark.parametrize(
    "said", ["szukam przedszkola", "caut o grădiniță", "أبحث عن حضانة", "Потрібна школа", "nursery ka form chahiye"]
)
def test_a_plain_request_in_another_language_does_not(said: str) -> None:
    assert judge_by_rules(said).danger == NONE


def test_a_word_without_full_stops_is_still_found_at_the_end_of_a_long_rant() -> None:
    assert judge_by_rules("and then we went to the shop " * 300 + " he has got a knife").danger == IMMEDIATE


def test_either_judge_can_raise_and_neither_can_lower() -> None:
    quiet, loud = ScreenResult(), ScreenResult(IMMEDIATE, ("weapon",), ((0, 4, "weapon"),), False, ("p",))
    assert joined(quiet, loud) == joined(loud, quiet) == loud


PHRASE = ScreenResult(IMMEDIATE, ("weapon",), ((0, 4, "weapon"),), False, ("weapon: p",))


def test_a_phrase_that_the_other_judge_takes_for_innocent_is_asked_about_and_never_dropped() -> None:
    asked = doubted(PHRASE, Opinion(ScreenResult(), harm=0.01, now=0.01))
    assert (asked.danger, asked.uncertain, asked.patterns) == (NONE, True, PHRASE.patterns)


def test_a_phrase_for_now_that_the_other_judge_hears_no_haste_in_is_a_concern_with_a_question() -> None:
    later = doubted(PHRASE, Opinion(ScreenResult(), harm=0.5, now=0.01))
    assert (later.danger, later.uncertain, later.evidence) == (CONCERN, True, PHRASE.evidence)


def test_a_phrase_stands_where_the_other_judge_is_in_doubt() -> None:
    assert doubted(PHRASE, Opinion(ScreenResult(), harm=0.2, now=0.05)) == PHRASE


def test_a_phrase_in_another_language_is_never_doubted() -> None:
    polish = judge_by_rules("mąż nas bije")
    assert doubted(polish, Opinion(ScreenResult(), harm=0.0, now=0.0)) == polish


def test_a_lexicon_that_names_an_unknown_class_is_refused(tmp_path: Path) -> None:
    (tmp_path / "_classes.yml").write_text("adult: mum dad\n", encoding="utf-8")
    (tmp_path / "x.yml").write_text(
        'groups: [{category: c, level: concern, patterns: {"%adlut hits": "mum hits"}}]', encoding="utf-8"
    )
    with pytest.raises(LexiconError, match="adlut"):
        load_patterns(tmp_path)


def test_an_index_without_a_pattern_does_not_find_it() -> None:
    kept = [pattern for pattern in PATTERNS if pattern.category != "weapon"]
    assert judge_by_rules("he is swinging an axe", PatternIndex(kept)).danger == NONE
    assert judge_by_rules("he is swinging an axe", index()).danger == IMMEDIATE
