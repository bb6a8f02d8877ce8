"""Workers, consent, times, private details and language."""

from __future__ import annotations

import pytest

from bot.text.consent_words import find_consent
from bot.text.language import detect
from bot.text.private import find_private
from bot.text.reading import read
from bot.text.times import find_times
from bot.text.workers import find_workers


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("His social worker is Priya.", True),
        ("we are on a child protection plan", True),
        ("Had a social worker in 2022 but they closed it", False),
        ("no social worker, never had one", False),
        ("CAMHS see her every week and she has a therapist", None),
        ("dont want a social worker just need to know who to write to", None),
        ("there is a TAF open", True),
        ("already on an EHA with the school", True),
        ("early help worker is Sue", True),
        ("family are open to the locality team", True),
        ("stepped down from CIN to early help last month", True),
        ("child protection conference next week", True),
        ("the boy we foster has a social worker", True),
        ("her case is known to social care", True),
        ("no TAF in place", False),
        ("not open to anyone", False),
        ("not currently open", False),
        ("previously open to CIN, closed 2023", False),
        ("no current involvement", False),
        ("known to social services in the past", False),
        ("scared of social services", None),
        ("Social worker here. Can I refer", None),
        ("he needs a social worker", None),
    ],
)
def test_a_worker_already_there_is_told_from_one_who_left_or_is_only_mentioned(text: str, known: bool | None) -> None:
    assert find_workers(read(text)).known is known


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("She agrees to MASH.", "given"),
        ("Mum says yes please refer him", "given"),
        ("Girl is fine with me talking to you", "given"),
        ("Parents have refused everything again", "refused"),
        ("Mum declines early help", "refused"),
        ("dont tell my mum", "unknown"),
        ("I haven't discussed it with mum yet", "unknown"),
        ("do I need consent to refer?", "unknown"),
        ("he refuses to eat his tea", "unknown"),
    ],
)
def test_consent_is_only_what_was_said_about_agreement(text: str, outcome: str) -> None:
    found = find_consent(read(text))
    assert (found.value if found else "unknown") == outcome


def test_a_deadline_is_noticed() -> None:
    assert [found.value for found in find_times(read("Boy 10. Dad collects at 3.15. Dad not told."))] == [
        "dad collects at 3"
    ]


def test_names_numbers_and_addresses_are_noticed() -> None:
    text = "I'm Leanne, ring 07700 900111 or leanne@example.org about Kacper"
    assert [(text[one.start : one.end], one.value) for one in find_private(text)] == [
        ("Leanne", "name"),
        ("07700 900111", "phone"),
        ("leanne@example.org", "email"),
        ("Kacper", "name"),
    ]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Bună ziua, am nevoie de ajutor pentru copilul meu", "ro"),
        ("Proszę o pomoc", "pl"),
        ("Preciso de ajuda com o meu filho", "pt"),
        ("Waxaan u baahanahay caawimaad", "so"),
        ("میرا شوہر مجھے مارتا ہے", "ur"),
        ("زوجي يضربني", "ar"),
        ("мій чоловік б'є мене", "uk"),
        ("મને મદદ જોઈએ છે", "gu"),
        ("আমার সাহায্য দরকার", "bn"),
        ("ਮੈਨੂੰ ਮਦਦ ਚਾਹੀਦੀ ਹੈ", "pa"),
        ("er wo goo to bed bab", "en"),
        ("plz help me wiv my babby", "en"),
        ("mi son no go school, my english small", "en"),
        ("ok", "en"),
        ("", "en"),
    ],
)
def test_a_language_is_told_and_odd_english_stays_english(text: str, language: str) -> None:
    assert detect(text) == language
