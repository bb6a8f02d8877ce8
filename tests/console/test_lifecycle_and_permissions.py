"""States, turns and steps are a table; the table is whole, and its page is printed from it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.desk_kit import a_request
from triage.lifecycle import (
    STATES,
    STEPS,
    StepNotPossible,
    check_step,
    diagram,
    may_step,
    open_states,
    reference,
    steps_from,
)
from triage.permissions import (
    GRANTS,
    NotAllowed,
    Officer,
    Permission,
    Role,
    check_reach,
    check_role,
    check_second_person,
    may_reach,
    may_request,
    may_role,
    may_second_person,
)

NAMES = [state.name for state in STATES]
officers = st.builds(
    Officer, id=st.sampled_from(["a", "b"]), name=st.just("N"), roles=st.frozensets(st.sampled_from(Role)),
    authorities=st.frozensets(st.sampled_from(["warwickshire", "wiltshire"])),
    localities=st.frozensets(st.sampled_from(["nuneaton", "rugby"])),
    own_family=st.frozensets(st.sampled_from(["r1", "r2"])), active=st.booleans(),
)  # fmt: skip


def test_the_printed_page_is_fresh(docs):
    assert (docs / "reference" / "lifecycle.md").read_text("utf-8") == reference()


def test_every_state_has_somebody_whose_turn_it_is_and_leads_somewhere():
    turns = {"person", "officer", "manager", "worker", "other_team", "nobody"}
    for state in STATES:
        assert state.turn in turns
        assert steps_from(state.name), f"{state.name} is a dead end"


def test_every_state_can_be_reached():
    reached = {"draft"}
    for _ in STATES:
        reached |= {step.target for step in STEPS if set(step.sources) & reached}
    assert reached == set(NAMES)


def test_steps_name_only_states_that_exist():
    for step in STEPS:
        assert {*step.sources, step.target} <= set(NAMES)
        assert f"{step.sources[0]} --> {step.target}: {step.name}" in diagram()


def test_what_waits_in_the_queue_is_an_officers_turn_or_a_persons():
    turns = {state.name: state.turn for state in STATES}
    assert {turns[name] for name in open_states()} == {"officer", "person"}


@given(state=st.sampled_from(NAMES), step=st.sampled_from(STEPS), officer=officers)
def test_may_is_check_without_the_sentence(state, step, officer):
    try:
        check_step(state, step.name, officer)
        allowed = True
    except (StepNotPossible, NotAllowed):
        allowed = False
    assert may_step(state, step.name, officer) is allowed
    assert not allowed or state in step.sources


@given(officer=officers, permission=st.sampled_from(Permission))
def test_nobody_may_what_no_role_grants(officer, permission):
    granted = officer.active and any(permission in GRANTS[role] for role in officer.roles)
    assert may_role(officer, permission) is granted
    if not granted:
        with pytest.raises(NotAllowed):
            check_role(officer, permission)


@given(officer=officers, permission=st.sampled_from(Permission), number=st.integers(1, 3),
       authority=st.sampled_from([None, "warwickshire", "wiltshire"]))  # fmt: skip
def test_own_family_is_out_of_reach_whatever_the_role(officer, permission, number, authority):
    request = replace(a_request(number), authority=authority)
    if request.id in officer.own_family:
        assert not may_request(officer, permission, request)
        with pytest.raises(NotAllowed, match="own family"):
            check_reach(officer, request)
    if authority and officer.authorities and authority not in officer.authorities:
        assert not may_reach(officer, request)


@given(officer=officers, first=st.sampled_from(["a", "b"]))
def test_nobody_is_their_own_second_person(officer, first):
    if may_second_person(officer, first):
        check_second_person(officer, first)
        assert officer.id != first
        assert Role.SAFEGUARDING_LEAD in officer.roles


def test_every_permission_is_held_by_some_role():
    assert set().union(*GRANTS.values()) == set(Permission)
