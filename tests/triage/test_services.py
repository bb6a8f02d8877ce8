"""Services are shown because they fit, are active and were checked; never because there was nothing else to say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from benchmarks.rehearsal import ROOT
from gateway.directory import ServiceDirectory
from triage.services import Listing, choose

TODAY = date(2026, 11, 23)
SLEEP = Listing(
    "s",
    "Sleep group",
    "Evenings",
    "Ring",
    "open",
    frozenset({"routines_sleep"}),
    0,
    5,
    "warwickshire",
    True,
    date(2026, 11, 1),
)


def find(*listings: Listing, **wanted: object) -> list[str]:
    asked = {
        "concerns": ["routines_sleep"],
        "ages": [3],
        "authority": "warwickshire",
        "wish": "",
        "on": TODAY,
        "limit": 5,
        **wanted,
    }
    return [service.id for service in choose(listings, **asked)]  # type: ignore[arg-type]  # each test gives only the wishes that it is about


def test_a_service_for_the_need_and_the_age_is_shown() -> None:
    assert find(SLEEP) == ["s"]


def test_a_service_that_closed_is_not() -> None:
    assert find(replace(SLEEP, active=False)) == []


def test_a_service_that_nobody_checked_for_a_year_is_not() -> None:
    assert find(replace(SLEEP, assured=date(2025, 11, 22))) == []
    assert find(replace(SLEEP, assured=date(2025, 11, 23))) == ["s"]


def test_a_service_for_other_ages_is_not() -> None:
    assert find(SLEEP, ages=[12]) == []
    assert find(SLEEP, ages=[12, 4]) == ["s"]


def test_another_area_is_not() -> None:
    assert find(SLEEP, authority="wiltshire") == []


def test_a_service_behind_the_front_door_is_no_answer_to_an_information_seeker() -> None:
    assert find(replace(SLEEP, access="front_door")) == []


def test_a_service_for_a_need_that_nobody_named_comes_after() -> None:
    for_some = replace(SLEEP, id="x", concerns=frozenset({"routines_sleep", "send_disability"}))
    assert find(for_some, SLEEP) == ["s", "x"]


def test_the_words_of_the_wish_count() -> None:
    dads = replace(SLEEP, id="d", name="Dads group", concerns=frozenset({"isolation"}))
    assert find(SLEEP, dads, concerns=[], wish="are there groups for dads")[0] == "d"


DIRECTORY = ServiceDirectory.load(ROOT)


@given(
    concerns=st.lists(st.sampled_from(["routines_sleep", "bullying", "housing", "send_disability"])),
    ages=st.lists(st.integers(-1, 18), max_size=3),
    authority=st.sampled_from(["warwickshire", "leicestershire", "wiltshire", None]),
    limit=st.integers(0, 5),
)
def test_never_more_than_asked_for_and_always_with_a_way_to_get_there(
    concerns: list[str], ages: list[int], authority: str | None, limit: int
) -> None:
    found = DIRECTORY.find(concerns=concerns, ages=ages, authority=authority, place=None, on=TODAY, limit=limit)
    assert len(found) <= limit
    assert all(service.name and service.contact and "{" not in service.contact for service in found)


def test_a_family_with_special_needs_and_trouble_at_school_is_told_of_independent_advice() -> None:
    found = DIRECTORY.find(
        concerns=["send_disability", "school_behaviour"],
        ages=[8],
        authority="warwickshire",
        place=None,
        on=TODAY,
        limit=5,
    )
    assert any("SENDIASS" in service.name for service in found)


def found(wish: str, age: int) -> list[str]:
    services = ServiceDirectory.load(ROOT).find(
        concerns=(), ages=[age], authority="warwickshire", place=None, on=TODAY, limit=5, wish=wish
    )
    return [service.name for service in services]


def test_who_asks_for_a_playgroup_hears_of_no_helpline_for_words_in_passing() -> None:
    names = found("I look after my grandson while my daughter works. Is there a playgroup or a course for us?", 2)
    assert names[0] == "Family Information Service (FIS)"
    assert not any("Slavery" in name or "Bereavement" in name or "Debt" in name for name in names)


def test_a_special_need_that_is_named_brings_its_service_up() -> None:
    assert "Bereavement support through school, GP or hospice" in found("we need bereavement support", 9)
