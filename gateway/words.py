"""The response files, read by the rules that Rasa uses, for every place that speaks without Rasa.

The form alternative, Teams, the fallback and the domain's own read-backs use these; so all channels say the same words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
RESPONSES = Path("bot/domain/responses")
NUMBERS = Path("data/services/numbers.yml")
SLOT = re.compile(r"\{(\w+)\}")
WHOLE_COUNTRY = "england"


class NoSuchWords(KeyError):
    """A response that no file has."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One variation of a response: its words, its buttons, and for whom and where it stands."""

    text: str
    buttons: Mapping[str, str]
    channel: str | None
    slots: Mapping[str, str] | None  # None: no condition at all

    def fits(self, filled: Mapping[str, str]) -> bool:
        return self.slots is not None and all(
            filled.get(n, "").casefold() == v.casefold() for n, v in self.slots.items()
        )


class Words:
    """All responses and the signed list of numbers."""

    def __init__(self, variants: Mapping[str, tuple[Variant, ...]], numbers: Mapping[str, Any]) -> None:
        self._variants = variants
        self._lines = numbers.get("numbers", {})
        self._doors = numbers.get("front_doors", {})
        self._numbers = lru_cache(maxsize=64)(self._numbers_of)

    @classmethod
    def load(cls, root: Path) -> Words:
        """Read the files under the repository's root. A broken file raises yaml.YAMLError, with its place."""
        files = sorted((root / RESPONSES).glob("*.yml"))
        numbers = yaml.safe_load((root / NUMBERS).read_text("utf-8"))
        return cls(dict(_responses(files)), numbers)

    def names(self) -> frozenset[str]:
        return frozenset(self._variants)

    def variants(self, response: str) -> tuple[Variant, ...]:
        if response not in self._variants:
            raise NoSuchWords(response)
        return self._variants[response]

    def variant(self, response: str, *, audience: str, channel: str = "web") -> Variant:
        """The variation that Rasa would choose; the first where several stand equal."""
        filled = {"audience": audience, "channel": channel}
        every = self.variants(response)
        fitting = [v for v in every if v.fits(filled)]
        plain = [v for v in every if v.slots is None]
        for group, where in ((fitting, channel), (plain, channel), (fitting, None), (plain, None)):
            found = next((v for v in group if v.channel == where), None)
            if found is not None:
                return found
        raise NoSuchWords(f"{response} for {audience} on {channel}")

    def text(
        self, response: str, *, audience: str, channel: str = "web", values: Mapping[str, str] | None = None
    ) -> str:
        return filled(self.variant(response, audience=audience, channel=channel).text, values or {})

    def labels(self, response: str, *, audience: str, channel: str = "web") -> Mapping[str, str]:
        return self.variant(response, audience=audience, channel=channel).buttons

    def numbers(self, authority: str | None) -> Mapping[str, str]:
        """Every number as `number_<name>`, and the front door of this authority with its hours."""
        return self._numbers(authority)

    def _numbers_of(self, authority: str | None) -> Mapping[str, str]:
        door = self._doors.get(authority or WHOLE_COUNTRY) or self._doors.get(WHOLE_COUNTRY) or {}
        day, night = self._lines[door["day"]], self._lines[door["night"]]
        every = {f"number_{name}": str(line["number"]) for name, line in self._lines.items()}
        return {
            **every,
            "number_front_door": str(day["number"]),
            "number_out_of_hours": str(night["number"]),
            "number_any_hour": _any_hour(str(day["number"]), str(night["number"])),
            "hours_front_door": str(day["hours"]),
        }


def _any_hour(day: str, night: str) -> str:
    return day if day == night else f"{day}, or {night} at night and at weekends"


def numbers_of(authority: str | None, root: Path = ROOT) -> Mapping[str, str]:
    """The signed list alone, for a place that needs no responses."""
    return Words({}, yaml.safe_load((root / NUMBERS).read_text("utf-8"))).numbers(authority)


def filled(text: str, values: Mapping[str, str]) -> str:
    """Put values into `{slots}`; a slot without a value stays as it stands, so that a test can find it."""
    return SLOT.sub(lambda slot: values.get(slot[1], slot[0]), text)


def _responses(files: Iterable[Path]) -> Iterable[tuple[str, tuple[Variant, ...]]]:
    for file in files:
        for name, variants in (yaml.safe_load(file.read_text("utf-8")).get("responses") or {}).items():
            yield name, tuple(_variant(variant) for variant in variants)


def _variant(data: Mapping[str, Any]) -> Variant:
    buttons = {button["payload"]: button["title"] for button in data.get("buttons", ())}
    conditions = data.get("condition")
    slots = {c["name"]: str(c["value"]) for c in conditions} if conditions else None
    return Variant(data.get("text", ""), buttons, data.get("channel"), slots)
