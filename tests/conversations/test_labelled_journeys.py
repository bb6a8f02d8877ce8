"""Labelled vignettes held as whole conversations by two scripted personas (benchmarks/journeys.py)."""

from __future__ import annotations

import pytest

from benchmarks.journeys import Journey, Persona, hold, understood, vignettes

pytestmark = [pytest.mark.slow, pytest.mark.beside]
SERIOUS = {"mash_referral", "emergency"}


@pytest.fixture(scope="module", params=[True, False], ids=["open", "reticent"])
def journeys(request: pytest.FixtureRequest) -> list[Journey]:
    labelled = vignettes()
    heard = understood(vignette.text for vignette in labelled)
    return [hold(v, h, Persona(v, request.param)) for v, h in zip(labelled, heard, strict=True)]


def test_no_child_who_may_be_harmed_is_routed_lower(journeys: list[Journey]) -> None:
    assert [j.vignette.id for j in journeys if set(j.vignette.accepted) & SERIOUS and j.below] == []


def test_nine_in_ten_reach_an_accepted_route(journeys: list[Journey]) -> None:
    assert sum(j.accepted for j in journeys) >= 0.9 * len(journeys)


def test_every_one_comes_to_an_end(journeys: list[Journey]) -> None:
    assert [j.vignette.id for j in journeys if j.route is None] == []


def test_few_policy_questions_are_asked(journeys: list[Journey]) -> None:
    assert max(j.questions for j in journeys) <= 10
