"""A safeguarding lead changes a threshold in words, sees exactly whose route that changes, and signs it. Nobody else can."""

from __future__ import annotations

import io
import shutil
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml

from benchmarks.desk_kit import NOW, a_request, keep
from gateway.console import draft_book
from gateway.console.rules.drafting import Recorded, look
from gateway.console.rules.packing import ChangedSince, packed
from gateway.console.rules.reading import rule_lines
from policies.engine import PolicySet
from policies.engine.cases import run_cases
from policies.engine.prove import prove_pack
from policies.engine.signing import standing_of
from triage.desk import PolicyDraft, Signature
from triage.desk_ports import StaleRecord
from triage.facts import Fact, FactBook, Status

POLICIES = Path(__file__).resolve().parents[2] / "policies"
DAY = date(2026, 12, 1)
AGE = ("england@2016.1:rules/need.yml:thresholds/repeated_abuse_around_a_small_or_disabled_child"
       "/when/all/2/any/0/youngest_age/at_most")  # fmt: skip
OWN_LEVEL = "warwickshire@2018.1:rules/level.yml:thresholds/escalating_towards_child_protection/level"
SMALL_CHILD = {"domestic_abuse": True, "domestic_abuse_pattern": "repeated", "youngest_age": 6}
BEGIN = {
    "base": "warwickshire@2018.1",
    "version": "2026.1",
    "in_force_from": "2026-12-01",
    "why": "Panel of 12 November",
}


@pytest.fixture(scope="module")
def packs():
    return PolicySet.load(POLICIES)


def draft(**edits: str) -> PolicyDraft:
    return PolicyDraft(
        "d1", "warwickshire@2018.1", "2026.1", DAY, "Panel", edits, datetime(2026, 11, 20, tzinfo=UTC), "grace"
    )


def of_a_small_child(number: int = 1):
    facts = [Fact(name, value, Status.STATED, "parent", NOW) for name, value in SMALL_CHILD.items()]
    return a_request(number, facts=FactBook(tuple(facts)))


def signature_of(files: str) -> Signature:
    return Signature("s1", "policy_draft:d1", files, "grace", "Grace Lindqvist", "safeguarding_lead", NOW)


def signed_zip(of: PolicyDraft) -> bytes:
    return packed(POLICIES, of, signature_of(look(POLICIES, of, []).version))


# ---- the words --------------------------------------------------------------------------------------


def test_every_threshold_is_there_in_words_with_its_clause(packs):
    pack = packs.named("warwickshire@2018.1")
    lines = [line for line in rule_lines(packs, pack, DAY, {}) if line.level]
    assert {line.name for line in lines} == {
        name for name, entry in pack.edition(DAY).entries.items() if type(entry).__name__ == "Threshold"
    }
    assert all(line.when and line.clause and line.rests_on for line in lines)
    assert all(any(value.kind == "level" for value in line.values) for line in lines)


def test_every_value_that_is_offered_can_be_set_to_itself_and_changes_nothing(packs):
    pack = packs.named("warwickshire@2018.1")
    for line in rule_lines(packs, pack, DAY, {}):
        for value in line.values:
            assert value.checked(value.now) == value.now


# ---- what a draft does ------------------------------------------------------------------------------


def test_a_changed_number_shows_exactly_the_requests_that_it_moves():
    asked = [Recorded("FD-0001", SMALL_CHILD), Recorded("FD-0002", {**SMALL_CHILD, "youngest_age": 3})]
    found = look(POLICIES, draft(**{AGE: "4"}), asked)
    assert found.may_be_signed
    assert [moved.name for moved in found.moved_requests] == ["FD-0001"]
    assert found.moved_requests[0].before[0] == "child_in_need"
    assert found.moved_requests[0].after[0] == "targeted"
    assert ("level", "child_in_need", "targeted") in {(c.of, c.before, c.after) for c in found.changes}


def test_a_changed_level_names_the_example_case_that_comes_out_differently():
    found = look(POLICIES, draft(**{OWN_LEVEL: "early_help"}), [])
    assert ("targeted", "early_help") in {(m.before[0], m.after[0]) for m in found.moved_cases}


def test_whatever_is_written_as_the_reason_stands_in_the_pack_as_it_was_written(tmp_path):
    why = 'Panel of "12\\11", half: £5 # see notes: [a]'
    with zipfile.ZipFile(io.BytesIO(signed_zip(replace(draft(**{AGE: "4"}), why=why)))) as archive:
        head = archive.read("packs/warwickshire/2026.1/pack.yml").decode()
    assert yaml.safe_load(head)["changes"] == why


def test_a_draft_that_changes_nothing_moves_nobody():
    found = look(POLICIES, draft(), [Recorded("FD-0001", SMALL_CHILD)])
    assert (found.changes, found.moved_cases, found.moved_requests) == ((), (), ())
    assert found.cases > 100


def test_danger_cannot_be_lowered_and_the_broken_promise_is_named():
    place = "england@2016.1:rules/danger.yml:thresholds/danger_now_means_999/level"
    found = look(POLICIES, draft(**{place: "universal"}), [])
    assert found.malformed or found.broken
    assert not found.may_be_signed


def test_the_signed_pack_stands_by_itself_and_passes_every_gate(tmp_path):
    policies = tmp_path / "policies"
    shutil.copytree(POLICIES, policies, ignore=shutil.ignore_patterns("engine", "__pycache__"))
    with zipfile.ZipFile(io.BytesIO(signed_zip(draft(**{AGE: "4", OWN_LEVEL: "early_help"})))) as archive:
        archive.extractall(policies)
    new = PolicySet.load(policies).for_authority("warwickshire", on=DAY)
    assert new.full_name == "warwickshire@2026.1"
    count, failed = run_cases(new)
    assert (count > 100, failed, prove_pack(new)) == (True, [], [])
    assert standing_of(new).in_words() == "Signed as it stands by Grace Lindqvist, safeguarding lead on 2026-11-20."


def test_the_same_draft_is_the_same_file_byte_for_byte():
    assert signed_zip(draft(**{AGE: "4"})) == signed_zip(draft(**{AGE: "4"}))


def test_what_changed_beneath_a_signed_draft_is_not_handed_out():
    with pytest.raises(ChangedSince):
        packed(POLICIES, draft(**{AGE: "4"}), signature_of("other files"))


# ---- in the console ---------------------------------------------------------------------------------


async def drafted(browser) -> str:
    answer = await browser.post("/console/rules/drafts", **BEGIN)
    assert answer.status == 303, await answer.text()
    return answer.headers["Location"]


async def test_a_lead_drafts_a_change_sees_whose_route_it_moves_and_signs(console, sign_in):
    keep(console, of_a_small_child())
    grace = await sign_in("grace")
    address = await drafted(grace)
    page = await (await grace.get(address)).text()
    assert "Repeated abuse around a small or disabled child" in page
    answer = await grace.post(address, **{AGE: "4"})
    assert answer.headers["Location"] == f"{address}/check"
    page = await (await grace.get(f"{address}/check")).text()
    assert "6 → <strong>4</strong>" in page
    assert "all hold, in every situation" in page
    assert "Whose route changes: 1 of the last 1 requests" in page
    assert "FD-0001" in page
    files = page.split('name="files" value="')[1].split('"')[0]
    assert (await grace.post(f"{address}/sign", files=files)).status == 422, "it is confirmed that it was read"
    assert (await grace.post(f"{address}/sign", files=files, read="yes")).status == 303
    page = await (await grace.get(f"{address}/check")).text()
    assert "Signed by <strong>Grace Lindqvist</strong>" in page
    with console.units() as unit:
        done = [event.action for event in unit.desk.trail.latest(text="rules.")]
    assert {"rules.drafted", "rules.changed", "rules.checked", "rules.signed"} <= set(done)
    ivy = await sign_in("ivy")
    taken = await ivy.get(f"{address}/pack.zip")
    assert zipfile.ZipFile(io.BytesIO(await taken.read())).testzip() is None


async def test_a_signed_draft_is_changed_by_nobody(console, sign_in):
    grace = await sign_in("grace")
    address = await drafted(grace)
    await grace.post(address, **{AGE: "4"})
    page = await (await grace.get(f"{address}/check")).text()
    await grace.post(f"{address}/sign", files=page.split('name="files" value="')[1].split('"')[0], read="yes")
    assert (await grace.post(address, **{AGE: "5"})).status == 409


async def test_what_was_changed_meanwhile_cannot_be_signed_from_an_old_page(console, sign_in):
    grace = await sign_in("grace")
    address = await drafted(grace)
    await grace.post(address, **{AGE: "4"})
    page = await (await grace.get(f"{address}/check")).text()
    await grace.post(address, **{AGE: "3"})
    old = page.split('name="files" value="')[1].split('"')[0]
    assert (await grace.post(f"{address}/sign", files=old, read="yes")).status == 409


async def test_who_signs_withdraws_or_changes_at_the_same_moment_does_not_undo_the_other(console, sign_in):
    """Each of the two has read an open draft; the second finds that it is no longer what was read."""
    grace = await sign_in("grace")
    address = await drafted(grace)
    with console.units() as unit:
        (read,) = unit.desk.policy_drafts.find()
    await grace.post(address, **{AGE: "4"})
    event = console.event("officer:grace", "rules.changed", "policy_draft:x")
    with console.units() as unit, pytest.raises(StaleRecord):
        draft_book.keep(unit, read, replace(read, state="withdrawn"), event)
    with console.units() as unit:
        (kept,) = unit.desk.policy_drafts.find()
    assert (kept.state, kept.edits) == ("open", {AGE: "4"})


async def test_a_value_that_cannot_be_is_said_and_not_kept(console, sign_in):
    grace = await sign_in("grace")
    address = await drafted(grace)
    answer = await grace.post(address, **{AGE: "many"})
    assert answer.status == 422
    assert "a whole number from" in await answer.text()
    with console.units() as unit:
        (kept,) = unit.desk.policy_drafts.find()
    assert kept.edits == {}


@pytest.mark.parametrize("change", [{"version": "2018.1"}, {"version": "../x"}, {"in_force_from": "2017-01-01"},
                                    {"in_force_from": "soon"}, {"in_force_from": "2026-11-19"}, {"why": ""}], ids=str)  # fmt: skip
async def test_a_draft_has_a_number_and_a_day_of_its_own(console, sign_in, change):
    grace = await sign_in("grace")
    assert (await grace.post("/console/rules/drafts", **{**BEGIN, **change})).status == 422


async def test_the_law_of_england_is_not_a_councils_to_change(console, sign_in):
    grace = await sign_in("grace")
    assert (await grace.post("/console/rules/drafts", **{**BEGIN, "base": "england@2016.1"})).status == 403


async def test_officers_read_the_rules_and_change_nothing(console, sign_in):
    ada = await sign_in("ada")
    page = await (await ada.get("/console/rules/packs/warwickshire@2018.1")).text()
    assert "Children Act 1989" in page or "ca1989" in page
    assert "<form" not in page.split("<main")[1].split("</main>")[0]
    assert (await ada.post("/console/rules/drafts", **BEGIN)).status == 403


async def test_whoever_only_reads_is_told_how_many_and_not_which_requests_would_move(console, sign_in):
    keep(console, of_a_small_child())
    grace = await sign_in("grace")
    address = await drafted(grace)
    await grace.post(address, **{AGE: "4"})
    page = await (await (await sign_in("ivy")).get(f"{address}/check")).text()
    assert "Whose route changes: 1 of the last 1 requests" in page
    assert "FD-0001" not in page
