"""The gazetteer: how places are written, from `data/places/`. Which authority answers for each, the policy packs say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parents[2] / "data" / "places"
TYPO_LENGTH = 7
"""Names shorter than this must be spelt as the gazetteer spells them."""


@dataclass(frozen=True)
class Gazetteer:
    """Everything that `data/places/` says of names, ready to look up."""

    names: dict[str, str]
    """Spellings, as `key` compares them → canonical names."""
    postcodes: frozenset[str]
    """Districts: "CV11"."""
    everyday: frozenset[str]
    never_after_in: frozenset[str]
    first_words: frozenset[str]
    """How names begin: any other word opens none."""
    near_misses: dict[str, str]
    """Names with one letter left out → the name, for long names: finds one wrong, missing, added or swapped letter."""


@lru_cache(1)
def gazetteer(folder: Path = FOLDER) -> Gazetteer:
    """Our own areas come first: a spelling that the wider country has too is ours."""
    names: dict[str, str] = {}
    postcodes: set[str] = set()
    for file in sorted(folder.glob("*.yml"), key=lambda f: f.stem == "elsewhere"):
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
        for name, spellings in _places(data):
            for spelling in (name, *spellings):
                names.setdefault(key(spelling), name)
        postcodes.update(_postcodes(data))
    words = yaml.safe_load((folder / "everyday.yml").read_text(encoding="utf-8"))
    everyday = frozenset(map(key, words["everyday_words"]))
    never_after_in = frozenset(map(key, words["never_after_in"]))
    first_words = frozenset(name.split(" ")[0] for name in names)
    return Gazetteer(names, frozenset(postcodes), everyday, never_after_in, first_words, _near_misses(names, everyday))


def _places(data: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Names of one file with their other spellings: an area with its localities, or a list of other authorities."""
    if "localities" in data:
        yield data["name"], data.get("also", [])
        for towns in data["localities"].values():
            yield from towns.items()
    for council in data.get("authorities", {}).values():
        yield from council["places"].items()


def _postcodes(data: dict[str, Any]) -> Iterator[str]:
    yield from data.get("postcodes", {})
    for council in data.get("authorities", {}).values():
        yield from council.get("postcodes", [])


def key(name: str) -> str:
    """How names are compared: lower case, letters and digits only, one space between words."""
    return " ".join(re.findall(r"[a-z0-9]+", name.lower().replace("'", "").replace("’", "").replace("&", " and ")))


def with_one_letter_out(word: str) -> list[str]:
    return [word[:n] + word[n + 1 :] for n in range(1, len(word))]


def _near_misses(names: dict[str, str], everyday: frozenset[str]) -> dict[str, str]:
    """Every long one-word name, whole and with one letter out; a form shared by two places belongs to neither."""
    forms: dict[str, set[str]] = {}
    for name in names:
        if " " not in name and len(name) >= TYPO_LENGTH and name not in everyday:
            for form in (name, *with_one_letter_out(name)):
                forms.setdefault(form, set()).add(name)
    return {form: min(whole) for form, whole in forms.items() if len({names[n] for n in whole}) == 1}
