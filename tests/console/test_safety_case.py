"""A council's named people sign the safety case, for exactly the words that they read."""

from __future__ import annotations

from pathlib import Path

import pytest

from gateway.console import safety_case
from gateway.console.pages.safety import CAPACITIES

DOCS = Path(__file__).resolve().parents[2] / "docs"
CASE = safety_case.read(DOCS / "safety-case.md")


@pytest.fixture
def own_copy(console, tmp_path):
    """A safety case that this test may change."""
    file = tmp_path / "safety-case.md"
    file.write_text((DOCS / "safety-case.md").read_text("utf-8"), "utf-8")
    object.__setattr__(console, "safety_case", file)
    return file


def signing(**changes: str) -> dict[str, str]:
    return {"version": CASE.version, "capacity": "safety_officer", "read": "yes", **changes}


def test_every_hazard_of_the_log_is_read_with_its_controls_and_tests():
    assert [hazard.id for hazard in CASE.hazards] == [f"H{number:02d}" for number in range(1, 31)]
    assert all(hazard.what and hazard.controls and hazard.shown_by for hazard in CASE.hazards)
    assert len(CASE.before_going_live) == 6
    assert CASE.not_shown


async def test_a_named_person_signs_the_hazard_log_and_the_page_says_who_and_when(console, sign_in):
    grace = await sign_in("grace")
    assert "Nobody has signed this version" in await (await grace.get("/console/safety")).text()
    answer = await grace.post("/console/safety/sign", **signing(statement="Rota still to be dated"))
    assert answer.status == 303
    page = await (await grace.get("/console/safety")).text()
    assert (
        "Hazard log: read and signed by <strong>Grace Lindqvist</strong>, safety officer of the council, on 20 Nov 2026"
        in page
    )
    assert "Still to sign: safeguarding lead, data protection officer" in page
    with console.units() as unit:
        (event,) = unit.desk.trail.latest(text="safety_case.signed")
    assert (event.actor, event.subject, event.why) == (
        "officer:grace", f"safety_case:{CASE.version}", "Rota still to be dated",
    )  # fmt: skip


async def test_one_changed_letter_is_another_version_that_nobody_has_signed(console, sign_in, own_copy):
    grace = await sign_in("grace")
    await grace.post("/console/safety/sign", **signing())
    own_copy.write_text(own_copy.read_text("utf-8").replace("an emergency is not", "an emergency was not"), "utf-8")
    page = await (await grace.get("/console/safety")).text()
    assert "Nobody has signed this version" in page
    assert f"Version {CASE.version}: Grace Lindqvist" in page, "what was signed before stays on record"
    assert (await grace.post("/console/safety/sign", **signing())).status == 409, "the page that was read is stale"


@pytest.mark.parametrize("missing", ["capacity", "read"])
async def test_a_signature_says_in_which_office_and_that_it_was_read(console, sign_in, missing):
    grace = await sign_in("grace")
    form = {name: value for name, value in signing().items() if name != missing}
    assert (await grace.post("/console/safety/sign", **form)).status == 422
    with console.units() as unit:
        assert unit.desk.signatures.find() == []


def test_the_three_who_must_sign_are_those_whom_the_case_names():
    text = (DOCS / "safety-case.md").read_text("utf-8")
    for words in CAPACITIES.values():
        assert words.removesuffix(" of the council") in text
