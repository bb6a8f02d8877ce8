"""A fault in the understanding never hides danger; nothing is read twice."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.shared.nlu.training_data.message import Message

from bot.components.sentence_vector import put_vector
from bot.runtime import reading
from bot.text.embedding import encoder


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.text import understand

    def fail(words: str) -> dict[str, Any]:
        raise LookupError("a word list is missing")

    monkeypatch.setattr(understand, "understand", fail)


@pytest.mark.usefixtures("broken")
def test_the_safety_rules_still_read_a_message_that_could_not_be_understood() -> None:
    read = reading.read_turn("", {"text": "he is strangling my mum right now"})
    assert read.understanding["danger"] == "immediate_danger"
    assert reading.certain_danger(read.understanding)


@pytest.mark.usefixtures("broken")
def test_the_fault_is_logged_without_what_the_person_wrote(caplog: pytest.LogCaptureFixture) -> None:
    reading.read_turn("", {"text": "Zebediah does not sleep"})
    assert "could not be understood" in caplog.text
    assert "Zebediah" not in caplog.text


def test_the_words_of_a_form_are_its_text_answers_one_a_line() -> None:
    assert reading.words_of("", {"answers": {"a": "one", "b": ["x"], "c": "two"}}) == "one\ntwo"


def test_offsets_count_in_the_words_as_typed() -> None:
    assert reading.words_of("trimmed", {"text": "  /trimmed "}) == "  /trimmed "


def test_the_encoder_reads_a_message_once_for_the_whole_pipeline() -> None:
    typed = "Our Zebediah WON'T sleeeep, hes up till 2am"
    put_vector(Message.build(typed), typed)
    read_by_now = encoder()._layers.cache_info().misses
    reading.read_turn("", {"text": typed})
    assert encoder()._layers.cache_info().misses == read_by_now
