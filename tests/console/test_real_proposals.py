"""The page understands what the real engine says under the real packs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from benchmarks.desk_kit import NOW, a_request, keep
from gateway.console.mount import fact_meanings, source_titles
from policies.engine import PolicySet
from triage.request import Level, Proposal, Route

POLICIES = Path(__file__).resolve().parents[2] / "policies"
SITUATIONS = [
    {},
    {"danger_now": True},
    {"fgm": "known", "private_fostering": True, "requester": "professional", "staff_allegation": True},
    {"impact": "serious_without_help", "service_agreement": "given"},
    {"wants": "information", "impact": "managing"},
]


@pytest.fixture(scope="module")
def packs():
    return PolicySet.load(POLICIES)


@pytest.mark.parametrize("known", SITUATIONS, ids=lambda known: "+".join(known) or "nothing known")
async def test_each_reason_is_shown_with_its_source_by_name(packs, console, sign_in, known):
    object.__setattr__(console, "source_titles", source_titles(POLICIES / "sources" / "register.yml"))
    object.__setattr__(console, "fact_meanings", fact_meanings(POLICIES / "facts.yml"))
    indication = packs.for_authority("warwickshire", on=date(2026, 11, 20)).decide(known, on=date(2026, 11, 20))
    data = indication.as_data()
    route = Route(data["route"] or data["standing_route"])
    made = Proposal(NOW, data["pack"], NOW.date(), Level(data["level"]), route, data["offer"], data["consent"], data)
    keep(console, a_request(proposal=made))
    page = await (await (await sign_in("ada")).get("/console/requests/r1")).text()
    for reason in data["reasons"]:
        assert f"rule {reason['rule']}" in page
        assert (
            console.source_titles[reason["source"]]
            .replace("'", "&#39;")
            .replace("&", "&amp;")
            .replace("&amp;#39;", "&#39;")
            in page
        )
    assert "{number" not in page
    assert "&#39;staff&#39;" not in page, "no raw data on the page"
