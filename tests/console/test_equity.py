"""A council sees whether some groups wait longer, and nobody can work out from it who somebody is."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.desk_kit import NOW, a_request, keep, stored, trail
from tests.console.test_oversight import request as line
from triage.oversight import SMALLEST_SHOWN, by_group

ANSWERS = {1: "asian", 2: "asian", 3: "asian", 4: "asian", 5: "asian", 6: "asian", 7: "black", 8: "black"}


def answer(console, number: int, **answers: str) -> None:
    with console.units() as unit:
        event = console.event("person", "equality.answered", f"request:r{number}")
        unit.equality.keep(f"r{number}", answers, event)
        unit.commit()


def fourteen(console) -> None:
    """Six of one group, two of another, and six who said nothing."""
    for number in range(1, 15):
        keep(console, a_request(number))
        if number in ANSWERS:
            answer(console, number, ethnicity=ANSWERS[number])


async def figure(browser) -> dict[str, list[str]]:
    answered = await browser.get("/console/oversight/group-ethnicity.csv")
    rows = list(csv.reader(io.StringIO((await answered.read()).decode("utf-8-sig"))))
    assert rows[0] == ["Group", "Requests", "Decided in time", "Help proposed or decided"]
    return {row[0]: row[1:] for row in rows[1:]}


async def test_groups_are_compared_and_small_ones_cannot_be_worked_out(console, sign_in):
    fourteen(console)
    mina = await sign_in("mina")
    page = await (await mina.get("/console/oversight")).text()
    assert "Decided in time, by ethnicity" in page
    found = await figure(mina)
    assert found["black"] == ["not shown"] * 3
    assert [name for name, cells in found.items() if cells[0] == "not shown"] == ["asian", "black"], (
        "with the sum of 14 and one group hidden, 14 - 6 - 6 would tell: the next smallest is hidden too"
    )
    assert found["not said"][0] == "6"


@given(st.lists(st.integers(1, 12), min_size=1, max_size=6))
def test_no_hidden_group_follows_from_the_sum(sizes):
    lines, groups = [], {}
    for group, size in enumerate(sizes):
        for _ in range(size):
            lines.append(line(len(lines)))
            groups[lines[-1].id] = f"g{group}"
    found = by_group(lines, groups)
    hidden = [name for name, one in found.items() if one.requests is None]
    assert all(one.requests >= SMALLEST_SHOWN for one in found.values() if one.requests is not None)
    assert len(hidden) != 1 or len(found) == 1


def test_a_group_that_waits_longer_is_seen():
    late = {"decided_at": NOW + timedelta(days=9), "due_at": NOW + timedelta(days=1)}
    good = {"decided_at": NOW, "due_at": NOW + timedelta(days=1)}
    lines = [line(n, **(late if n < 6 else good)) for n in range(12)]
    found = by_group(lines, {f"r{n}": "one" if n < 6 else "other" for n in range(12)})
    assert (found["one"].in_time.value, found["other"].in_time.value) == (0, 1)


async def test_no_officer_sees_an_answer_and_it_changes_nothing_about_the_request(console, sign_in):
    keep(console, a_request())
    before = stored(console)
    answer(console, 1, ethnicity="canary_group")
    assert stored(console) == before
    grace = await sign_in("grace")
    for path in ("/console/requests/r1", "/console/requests/r1/export/json", "/console", "/console/audit"):
        assert "canary_group" not in await (await grace.get(path)).text()
    assert not any("canary_group" in str(event) for event in trail(console))
    bundle = await (await grace.get("/console/requests/r1/subject-access")).json()
    assert bundle["equality_answers"] == {"ethnicity": "canary_group"}, "the person's own copy holds it"


@pytest.mark.parametrize("second", [{"ethnicity": "black"}, {}], ids=["changed", "taken back"])
def test_an_answer_may_be_changed_or_taken_back(console, second):
    keep(console, a_request())
    answer(console, 1, ethnicity="asian", disability="yes")
    answer(console, 1, **second)
    with console.units() as unit:
        assert unit.equality.of("r1") == second


def test_the_answers_go_with_the_request(console):
    keep(console, a_request())
    answer(console, 1, ethnicity="asian")
    with console.units() as unit:
        unit.desk.disposal.remove("c1", console.event("t", "request.deleted", "request:r1"))
        unit.commit()
    with console.units() as unit:
        assert unit.equality.of("r1") == {}
