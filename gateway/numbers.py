"""The phone numbers that stand on every page, from the one list `data/services/numbers.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).resolve().parent.parent / "data" / "services" / "numbers.yml"
WHOLE_COUNTRY = "england"


@dataclass(frozen=True, slots=True)
class Line:
    """A telephone line: who answers, when, and its number."""

    number: str
    owner: str
    hours: str

    @property
    def dial(self) -> str:
        return "tel:" + self.number.replace(" ", "")


@dataclass(frozen=True, slots=True)
class PageNumbers:
    """Three lines at most, the most urgent first (law.md M03)."""

    emergency: Line
    day: Line
    night: Line

    @property
    def is_one_line(self) -> bool:
        return self.day.number == self.night.number


@dataclass(frozen=True, slots=True)
class Numbers:
    lines: Mapping[str, Line]
    front_doors: Mapping[str, tuple[str, str]]

    def for_authority(self, authority: str | None) -> PageNumbers:
        """The front door of an authority; where we do not know which one, a national line."""
        day, night = self.front_doors.get(authority or WHOLE_COUNTRY, self.front_doors[WHOLE_COUNTRY])
        return PageNumbers(self.lines["emergency"], self.lines[day], self.lines[night])


def load_numbers(path: Path = FILE) -> Numbers:
    """Raises KeyError or yaml.YAMLError at start: without these numbers no page may be shown."""
    data: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    lines = {name: _line(entry) for name, entry in data["numbers"].items()}
    doors = {name: (d["day"], d["night"]) for name, d in data["front_doors"].items() if d}
    return Numbers(lines, doors)


def _line(entry: Mapping[str, Any]) -> Line:
    return Line(str(entry["number"]), str(entry["owner"]), str(entry["hours"]))
