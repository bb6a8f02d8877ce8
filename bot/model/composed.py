"""Training messages put together from clauses and voices (`data/nlu/labelled/*.yaml`).

One to three clauses on different concerns, said by one kind of speaker. Every clause appears in several voices; chance is a
seeded generator, so that the same data give the same messages.
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import yaml

EACH_CLAUSE = 5
"""Messages begun by each clause, each in another voice."""
_MORE = (1, 1, 1, 2, 2, 3)
"""How many clauses a message has."""
_JOINS = (". ", ", ", " and ", ". also ", ", plus ")
_LIKELY = {"parent": 5, "school": 3, "young_person": 2, "relative": 2, "friend_or_neighbour": 2, "health": 2}
_NEVER_OWN = {"young_person": {"pregnancy_parenting_start", "immigration_nrpf"}}


def composed(folder: Path, *, seed: int = 7) -> list[tuple[str, str, frozenset[str]]]:
    """Speaker, text and concerns of each message."""
    chance = random.Random(seed)
    clauses = yaml.safe_load((folder / "clauses.yaml").read_text(encoding="utf-8"))
    voices = yaml.safe_load((folder / "voices.yaml").read_text(encoding="utf-8"))
    return [
        _message(chance, clauses, voices, concern, clause)
        for concern, own in clauses.items()
        for clause in own
        for _ in range(EACH_CLAUSE)
    ]


_NAMES = (
    {"c": "my son", "m": "his mum", "d": "his dad"},
    {"c": "a girl", "m": "the mother", "d": "the father"},
    {"c": "he", "m": "she", "d": "he"},
)


def plain_clauses(folder: Path) -> list[tuple[str, frozenset[str]]]:
    """Every clause by itself, with the people named in three ways."""
    clauses = yaml.safe_load((folder / "clauses.yaml").read_text(encoding="utf-8"))
    return [
        (clause.format(**names), frozenset({concern}) - {"none"})
        for concern, own in clauses.items()
        for clause in own
        for names in _NAMES
    ]


def _message(
    chance: random.Random, clauses: Any, voices: Any, concern: str, clause: str
) -> tuple[str, str, frozenset[str]]:
    speaker = chance.choice(
        [name for name in voices for _ in range(_LIKELY.get(name, 1)) if concern not in _NEVER_OWN.get(name, ())]
    )
    concerns = [concern]
    if concern != "none":
        concerns += chance.sample([c for c in clauses if c not in ("none", concern)], chance.choice(_MORE) - 1)
    said = [clause, *(chance.choice(clauses[other]) for other in concerns[1:])]
    voice = voices[speaker]
    text = (
        chance.choice(voice["openers"])
        + _joined(chance, [_filled(chance, voice, one) for one in said])
        + chance.choice(voice["closers"])
    )
    return speaker, _typed(chance, text, speaker), frozenset(concerns) - {"none"}


def _filled(chance: random.Random, voice: Any, clause: str) -> str:
    return clause.format(**{who: chance.choice(voice[who]) for who in "cmd"})


def _joined(chance: random.Random, said: list[str]) -> str:
    text = said[0]
    for more in said[1:]:
        text += chance.choice(_JOINS) + more
    return text


def _typed(chance: random.Random, text: str, speaker: str) -> str:
    """As it would be typed: young people seldom use capitals or apostrophes, others sometimes."""
    if speaker == "young_person" or (speaker not in ("school", "health", "police") and chance.random() < 0.4):
        return text.lower().replace("'", "")
    return text
