"""How typed words become plain words whose places still point at what was typed."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.normalise import MAX_CHARS, plain, sentences


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("s3lf h4rm", "self harm"),
        ("stoppp", "stop"),
        ("killlled", "killed"),
        ("kms 2nite", "kill myself tonight"),
        ("he's", "he is"),
        ("he’s", "he is"),
        ("dnt", "dont"),
        ("hu\u200brt", "hurt"),
        ("\u202ehelp\u202c", "help"),
        ("ｈｅｌｐ", "help"),
        ("сut", "cut"),  # Cyrillic с in a Latin word
        ("łazience", "lazience"),
    ],
)
def test_a_disguised_word_is_read_as_the_word(typed: str, meant: str) -> None:
    assert plain(typed) == meant


@pytest.mark.parametrize("kept", ["4yo", "16yo", "2nd", "3pm", "чоловік", "مرحبا"])
def test_ages_times_and_other_scripts_are_left_as_they_are(kept: str) -> None:
    assert plain(kept) == kept


def test_a_spelled_out_word_points_at_what_was_typed() -> None:
    typed = "pls, he k1lls me"
    words = [word for sentence in sentences(typed) for word in sentence]
    assert [(w.text, typed[w.start : w.end]) for w in words][2] == ("kills", "k1lls")


@given(st.text(st.characters(exclude_categories=()), max_size=300))
def test_any_text_is_read_and_every_word_lies_within_it(text: str) -> None:
    for sentence in sentences(text):
        assert sentence
        for word in sentence:
            assert 0 <= word.start < word.end <= len(text)


@pytest.mark.parametrize("size", [MAX_CHARS, 3_000_000])
def test_a_huge_single_word_is_cut_not_chewed(size: int) -> None:
    began = time.perf_counter()
    found = sentences("a" * size)
    assert len(found) <= 2
    assert time.perf_counter() - began < 2


def test_a_message_over_the_limit_is_read_at_both_ends() -> None:
    text = "help first. " + "x " * MAX_CHARS + ". help last"
    words = [word.text for sentence in sentences(text) for word in sentence]
    assert words[:2] == ["help", "first"]
    assert words[-2:] == ["help", "last"]
