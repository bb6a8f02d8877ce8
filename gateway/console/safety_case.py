"""The safety case as the console shows it: the hazards of `docs/safety-case.md`, and the version of exactly these words."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

SUBJECT = "safety_case"
CAPACITIES = {
    "safety_officer": "safety officer of the council",
    "safeguarding_lead": "safeguarding lead",
    "data_protection_officer": "data protection officer",
}
_ROW = re.compile(r"^\| (H\d\d) \|(.+)\|$", re.M)
_LISTED = re.compile(r"^(?:\d+\.|-) (.+(?:\n   ?.+)*)", re.M)


@dataclass(frozen=True, slots=True)
class Hazard:
    """One row of the hazard log, in its own words."""

    id: str
    what: str
    before_and_after: str
    controls: str
    shown_by: tuple[str, ...]  # tests by name


@dataclass(frozen=True, slots=True)
class SafetyCase:
    """`version` changes with every letter: a signature is for these words and no others."""

    version: str
    hazards: tuple[Hazard, ...]
    before_going_live: tuple[str, ...]
    not_shown: tuple[str, ...]


def read(file: Path) -> SafetyCase:
    text = file.read_text("utf-8")
    before, _, rest = text.partition("## Before a council goes live")
    going_live, _, not_shown = rest.partition("## What is known not to be shown")
    return SafetyCase(
        version=hashlib.sha256(text.encode()).hexdigest()[:12],
        hazards=tuple(_hazard(*found.groups()) for found in _ROW.finditer(before)),
        before_going_live=_listed(going_live),
        not_shown=_listed(not_shown),
    )


def _hazard(id_: str, rest: str) -> Hazard:
    what, marks, controls, shown = (cell.strip() for cell in rest.split(" | "))
    return Hazard(id_, what, marks, controls, tuple(re.findall(r"`([^`]+)`", shown)))


def _listed(text: str) -> tuple[str, ...]:
    return tuple(_plain(found.group(1)) for found in _LISTED.finditer(text))


def _plain(text: str) -> str:
    without_links = re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", text)
    return re.sub(r"\s+", " ", without_links).replace("`", "").replace("**", "")
