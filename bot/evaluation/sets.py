"""The sets that are measured on. None of them is training data; `tests/bot/understand/test_leakage.py` holds that."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
OWN = ROOT / "tests" / "data"

ROLE_NAMES = {
    "neighbour": "friend_or_neighbour", "friend": "friend_or_neighbour", "other": "friend_or_neighbour", "grandparent": "relative",
    "other_relative": "relative", "sibling": "relative", "dsl": "school", "teacher": "school", "school_staff": "school", "tutor": "school",
    "nursery_staff": "early_years", "childminder": "early_years", "health_professional": "health", "health_visitor": "health",
    "midwife": "health", "gp": "health", "nurse": "health", "youth_worker": "other_professional", "support_worker": "other_professional",
    "social_worker": "other_professional", "child": "young_person", "solicitor": "other_professional",
}  # fmt: skip
"""Finer names that labellers use, by the name of the public contract."""


@dataclass(frozen=True)
class Example:
    """One labelled message. `expect` holds only the keys that its labeller filled in."""

    id: str
    text: str
    expect: dict[str, Any]
    group: str = ""


def examples_folder() -> Path:
    """Labelled examples beside the repository; setting FRONTDOOR_EVAL. May be absent."""
    return Path(os.environ.get("FRONTDOOR_EVAL", ROOT.parent / "shared" / "eval"))


def rows(file: Path) -> list[dict[str, Any]]:
    if not file.is_file():
        return []
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def extraction(file: Path) -> list[Example]:
    return [Example(r["id"], r["text"], _with_role(r["expect"]), r.get("style", "")) for r in rows(file)]


def intents(file: Path) -> list[Example]:
    return [Example(r["id"], r["text"], {"intent": r["intent"]}) for r in rows(file)]


def safety(*files: Path) -> list[Example]:
    """Messages with the level of danger that they disclose."""
    return [_disclosing(row) for file in files for row in rows(file)]


def _disclosing(row: dict[str, Any]) -> Example:
    """Labellers wrote the level as `label` or `danger`, and what a look-alike looks like as `trap`."""
    expect = {"danger": row.get("label") or row["danger"], "category": row.get("category") or row.get("trap", "")}
    return Example(str(row.get("id", "")), row["text"], expect, row.get("speaker", ""))


def _with_role(expect: dict[str, Any]) -> dict[str, Any]:
    role = expect["speaker_role"]
    return {**expect, "speaker_role": ROLE_NAMES.get(role, role)}
