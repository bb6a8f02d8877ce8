"""One pass over one message: danger, intent, speaker, ages, places, concerns, workers, consent, times, private details, facts.

    python -m bot.text.understand IN.jsonl OUT.jsonl

reads lines `{"id", "text"}` and writes one line of findings for each. A bad line is reported on the error stream with its
number, the rest goes on, and the exit code is 1. Nothing here is confirmed: what is read is read back to the person.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.text import (
    ages,
    concerns,
    consent_words,
    fact_hints,
    intents,
    language,
    places,
    private,
    speaker,
    times,
    workers,
)
from bot.text.found import Found, distinct, fold
from bot.text.learned import Learned, learned
from bot.text.reading import Reading, read
from bot.text.screen import screen
from bot.text.screen.result import findings

Understanding = dict[str, Any]


def understand(text: str) -> Understanding:
    """The findings as plain data, by the contract of docs/explanation/how-a-turn-works.md."""
    own: Understanding = json.loads(json.dumps(_understand(text)))
    return own


@lru_cache(256)
def _understand(text: str) -> Understanding:
    lang = language.detect(text)
    reading, seen = read(text), learned(text)
    intent, sure = intents.intent_of(reading, seen.intent, language=lang)
    points, signs = speaker.scores(reading)
    role = speaker.decide(points, seen.speaker)
    context = _context(text, reading, role, seen)
    return {
        **findings(screen(text, lang)),
        "intent": intent,
        "intent_confidence": round(sure, 3),
        "language": lang,
        "speaker_role": role,
        "speaker_evidence": [[one.start, one.end] for one in signs if one.value == role],
        **_family(context),
        **_said(text, reading),
        "facts": [
            {"name": hint.value.name, "value": hint.value.value, "start": hint.start, "end": hint.end}
            for hint in fact_hints.find_facts(reading, context)
        ],
    }


def _context(text: str, reading: Reading, role: str, seen: Learned) -> fact_hints.Context:
    spotted = concerns.spotted(reading, role)
    about = concerns.decide(spotted, seen.concerns)
    return fact_hints.Context(role, ages.find_ages(fold(text)), about, workers.find_workers(reading), spotted)


def _family(context: fact_hints.Context) -> Understanding:
    """Children, worries, and whether somebody helps already."""
    return {
        "child_ages": distinct([one.value for one in context.ages]),
        "age_evidence": _spans(context.ages),
        "concerns": context.concerns,
        "concern_evidence": _spans([one for one in context.spotted if one.value in context.concerns]),
        "already_has_worker": context.worker.known,
    }


def _said(text: str, reading: Reading) -> Understanding:
    """Places, agreement, deadlines and private details."""
    named, consent = places.find_places(text), consent_words.find_consent(reading)
    return {
        "places": distinct([one.value for one in named]),
        "place_evidence": _spans(named),
        "consent": consent.value if consent else consent_words.UNKNOWN,
        "times": _spans(times.find_times(reading)),
        "private": _spans(private.find_private(text)),
    }


def _spans(found: Iterable[Found[Any]]) -> list[list[Any]]:
    return [[one.start, one.end, one.value] for one in found]


def understand_lines(lines: Iterable[bytes]) -> Iterator[tuple[Understanding | None, str | None]]:
    """Findings for each line, or a sentence that says what is wrong with it. Empty lines are passed over."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield _one(line), None
            except ValueError as error:
                yield None, f"line {number}: {error}"


def _one(line: bytes) -> Understanding:
    try:
        given = json.loads(line.decode("utf-8", "surrogatepass"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ValueError(f"not JSON in UTF-8 ({error})") from error
    if not isinstance(given, dict) or not isinstance(given.get("text"), str) or "id" not in given:
        raise ValueError('expected an object with "id" and a string "text"')
    return {"id": given["id"], **understand(given["text"])}


def main(arguments: list[str]) -> int:
    if len(arguments) != 2:
        print("usage: python -m bot.text.understand IN.jsonl OUT.jsonl", file=sys.stderr)
        return 2
    source, target = map(Path, arguments)
    if not source.is_file():
        print(f"No such file: {source}", file=sys.stderr)
        return 2
    bad = 0
    with source.open("rb") as lines, target.open("w", encoding="utf-8") as out:
        for found, problem in understand_lines(lines):
            if problem:
                bad += 1
                print(problem, file=sys.stderr)
            else:
                out.write(json.dumps(found, ensure_ascii=True) + "\n")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
