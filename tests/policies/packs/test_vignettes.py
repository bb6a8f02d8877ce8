"""Situations that other areas' published thresholds have placed: read with care, our packs send them to a route that is accepted."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from policies.engine import PolicySet

ROOT = Path(__file__).parents[3]
EVAL = Path(os.environ.get("FRONTDOOR_EVAL", ROOT.parent / "shared" / "eval"))
READINGS: dict[str, list[Any]] = yaml.safe_load((Path(__file__).parent / "readings.yml").read_text())
TODAY = date(2026, 11, 22)
PACKS = PolicySet.load(ROOT / "policies")
AUTHORITIES = ("warwickshire", "leicestershire", "wiltshire", "exampleshire")


def situation(requester: str, noted: dict[str, Any]) -> dict[str, bool | int | str]:
    """Everything that was noted, over the calm answers to what a careful reader would not wonder about."""
    vocabulary = PACKS.vocabulary
    calm: dict[str, Any] = {}
    for name in vocabulary.questions["worries"].settles:
        fact = vocabulary.fact(name)
        calm[name] = fact.plain("no" if fact.type == "yes_no" else fact.values[0])
    standing = {
        "danger_now": False,
        "place": "in_area",
        "existing_worker": "none",
        "informing_unsafe": False,
        "profession": "other",
    }
    need = {"wants": "not_sure", "impact": "starting", "needs": "one", "help_so_far": "nothing_yet"}
    return {**calm, "no_worries_like_these": True, **standing, **need, "requester": requester, **noted}


def route(authority: str, requester: str, noted: dict[str, Any]) -> str | None:
    return PACKS.for_authority(authority, on=TODAY).decide(situation(requester, noted), on=TODAY).standing_route


@pytest.mark.parametrize("authority", AUTHORITIES)
@pytest.mark.parametrize("name", sorted(READINGS))
def test_a_carefully_read_situation_reaches_an_accepted_route(name: str, authority: str) -> None:
    accepted, requester, noted = READINGS[name]
    assert route(authority, requester, noted) in accepted


@pytest.mark.beside
def test_the_accepted_routes_are_those_of_the_labels() -> None:
    labels = [json.loads(line) for line in (EVAL / "vignettes.jsonl").read_text().splitlines()]
    expected = {
        one["id"]: one["expected_route"] if isinstance(one["expected_route"], list) else [one["expected_route"]]
        for one in labels
    }
    wrong = {
        name: routes for name, (routes, *_) in READINGS.items() if sorted(routes) != sorted(expected.get(name, []))
    }
    assert not wrong
