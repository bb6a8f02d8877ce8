"""The language in which lexicons are written."""

from __future__ import annotations

import pytest

from bot.text.patterns import classes, compile_phrase, lexicon, phrases
from bot.text.reading import read
from bot.text.scope import negated


def hits(phrase: str, text: str) -> bool:
    return compile_phrase(phrase, {"child": ["son", "daughter"]}).search(read(text).plain) is not None


def test_words_alternatives_gaps_beginnings_classes_and_numbers() -> None:
    assert hits("wont (go|get) to bed", "He won't get, to BED")
    assert hits("{child} … hungry", "my son is always so hungry")
    assert hits("drink*", "drinking")
    assert hits("(really)? sad", "she is sad")
    assert hits("number #", "number 14")
    assert hits("^ (hv|gp) here", "Hello, HV here")


def test_a_phrase_stays_inside_a_sentence_and_inside_words() -> None:
    assert not hits("{child} … hungry", "I have a son. We are hungry")
    assert not hits("ms", "mums")


def test_stretched_letters_and_apostrophes_do_not_matter() -> None:
    assert hits("wont sleep", "he WON’T sleeeep")


def test_an_empty_phrase_is_refused() -> None:
    with pytest.raises(ValueError, match="everything"):
        compile_phrase(" ", {})


def _sources(data: object) -> list[str]:
    if isinstance(data, dict):
        return [source for part in data.values() for source in _sources(part)]
    return [source for part in data for source in _sources(part)] if isinstance(data, list) else [str(data)]


@pytest.mark.parametrize("name", ["concerns", "facts", "consent", "workers", "times"])
def test_every_phrase_of_a_lexicon_compiles_and_none_matches_nothing_in_particular(name: str) -> None:
    for source in _sources({key: part for key, part in lexicon(name).items() if key != "by_subject"}):
        (phrase,) = phrases([source.removeprefix("@yp ").removeprefix("@adult ")])
        assert not phrase.regex.search("and it was the next day"), source


def test_classes_hold_words_only() -> None:
    assert all(str(word).strip() for words in classes().values() for word in words)


@pytest.mark.parametrize(
    ("text", "word", "no"),
    [
        ("no domestic abuse", "domestic", True),
        ("he isnt hurting anyone", "hurting", True),
        ("no drugs, alcohol or violence", "violence", True),
        ("not coping, drinking every day", "drinking", False),
        ("i dont know why he hits me", "hits", False),
        ("no food but he drinks", "drinks", False),
    ],
)
def test_a_negation_covers_its_own_clause(text: str, word: str, no: bool) -> None:
    assert negated(text, text.index(word)) is no
