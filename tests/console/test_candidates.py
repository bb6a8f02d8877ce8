"""An officer marks what was read wrongly, a second person reads it without names, and only what they keep is exported."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import yaml

from benchmarks.desk_kit import a_request, keep, trail
from gateway.console.masking import known_places

TOLD = (
    "Dave hit Kai again in Nuneaton on 3/11/2026. Mum Priya Shah saw it, ring me on 07700 900123, CV11 4AA. She is 7."
)
PRIVATE = ("Dave", "Kai", "Nuneaton", "2026", "Priya", "Shah", "07700", "900123", "CV11", "Jo Marsh")
WHERE = "/console/requests/r1/marks"
KEEP = {"state": "marked", "answer": "keep", "read": "yes", "label": "safeguarding_concern/physical_abuse"}


@pytest.fixture
def told(console):
    """A request with one message of the person, m1-2, which names everybody."""
    keep(console, a_request(danger="safeguarding_concern", danger_categories=("neglect",)), words=TOLD)
    return console


def candidates(console, **wanted):
    with console.units() as unit:
        return unit.desk.training_candidates.find(**wanted)


async def marked(browser, console, **form):
    answer = await browser.post(
        WHERE, **{"message": "m1-2", "kind": "missed_danger", "note": "said in passing", **form}
    )
    assert answer.headers["Location"].endswith("done=marked")
    return candidates(console, order="marked_at")[-1]


async def reviewed(browser, one, **form):
    return await browser.post(f"/console/candidates/{one.id}/review", **{**KEEP, "words": one.words, **form})


async def exported(browser, name="concern_marked_physical_abuse"):
    return await browser.get(f"/console/candidates/export/{name}.yml")


async def test_a_message_is_marked_with_what_the_screen_had_heard_and_the_page_says_so(told, sign_in):
    ada = await sign_in("ada")
    one = await marked(ada, told)
    assert (one.kind, one.state, one.message_id, one.speaker) == ("missed_danger", "marked", "m1-2", "parent")
    assert (one.heard, list(one.heard_categories), one.marked_by) == ("safeguarding_concern", ["neglect"], "ada")
    page = await (await ada.get("/console/requests/r1?done=marked")).text()
    assert "A second person reads it before it is used" in page
    assert "Marked: missed danger" in page


async def test_a_candidate_holds_no_name_no_place_and_no_number(told, sign_in):
    one = await marked(await sign_in("ada"), told)
    assert [word for word in PRIVATE if word.casefold() in one.words.casefold()] == []
    assert one.words.endswith("She is 7."), "what danger is told by stays"


async def test_a_first_name_that_the_request_does_not_know_is_masked_too(console, sign_in):
    keep(console, a_request(), words="connor does it when mums out, me and kayleigh hide. Warrick is not safe")
    one = await marked(await sign_in("ada"), console)
    assert one.words == "[name] does it when mums out, me and [name] hide. [place] is not safe"


def test_headings_of_the_lists_of_places_are_no_places():
    assert {"Rugby Town", "rugby town", "Leicestershire", "CV21"} & known_places()
    assert known_places().isdisjoint({"places", "localities", "postcodes", "also", "name", "bath"})


async def test_the_whole_conversation_and_a_wrong_fact_can_be_marked(told, sign_in):
    ada = await sign_in("ada")
    one = await marked(ada, told, message="all", kind="wrong_fact", fact="neglect")
    assert (one.message_id, one.fact) == ("all", "neglect")
    assert (await ada.post(WHERE, message="m1-2", kind="wrong_fact", fact="")).status == 422
    assert (await ada.post(WHERE, message="m1-1", kind="false_alarm")).status == 404, "the computer's own words"
    assert len(candidates(told)) == 1


async def test_the_same_mark_twice_is_one(told, sign_in):
    ada = await sign_in("ada")
    await marked(ada, told)
    await marked(ada, told)
    assert len(candidates(told)) == 1


async def test_a_mark_is_taken_back_until_somebody_has_read_it(told, sign_in):
    ada, mina = await sign_in("ada"), await sign_in("mina")
    first = await marked(ada, told)
    assert (await ada.post(f"{WHERE}/{first.id}/undo")).status == 303
    assert candidates(told) == []
    second = await marked(ada, told)
    await reviewed(mina, second)
    assert (await ada.post(f"{WHERE}/{second.id}/undo")).status == 404
    assert [one.state for one in candidates(told)] == ["kept"]


async def test_a_second_person_corrects_the_words_and_labels_them_and_nothing_leads_back(told, sign_in):
    one = await marked(await sign_in("ada"), told)
    mina = await sign_in("mina")
    page = await (await mina.get("/console/candidates")).text()
    assert "said in passing" in page
    assert "safeguarding concern (neglect)" in page
    assert (await reviewed(mina, one, words="he hit the little one. ring 01632 960111")).status == 303
    (kept,) = candidates(told)
    assert kept.words == "he hit the little one. ring [number]"
    assert (kept.request_id, kept.message_id, kept.note, kept.marked_by) == (None, None, "", None)
    assert one.id not in str([event.data for event in trail(told)]), "nor does the trail of the request"


@pytest.mark.parametrize(
    "missing", [{"answer": ""}, {"label": ""}, {"label": "immediate_danger/neglect"}, {"words": " "}]
)
async def test_nothing_is_kept_by_half(told, sign_in, missing):
    one = await marked(await sign_in("ada"), told)
    mina = await sign_in("mina")
    assert (await reviewed(mina, one, **missing)).status == 422
    form = {"state": "marked", "answer": "keep", "label": KEEP["label"], "words": one.words}
    assert (await mina.post(f"/console/candidates/{one.id}/review", **form)).status == 422, "not confirmed as read"
    assert [found.state for found in candidates(told)] == ["marked"]


async def test_whoever_marked_it_is_not_the_second_person(told, sign_in):
    mina = await sign_in("mina")
    one = await marked(mina, told)
    assert (await reviewed(mina, one)).status == 403
    assert (await reviewed(await sign_in("grace"), one)).status == 303


async def test_the_second_of_two_reviewers_is_told_that_somebody_was_first(told, sign_in):
    one = await marked(await sign_in("ada"), told)
    assert (await reviewed(await sign_in("mina"), one)).status == 303
    assert (await reviewed(await sign_in("grace"), one, answer="drop")).status == 409
    assert [found.state for found in candidates(told)] == ["kept"]


async def test_the_export_is_a_training_file_and_nothing_unreviewed_is_in_it(told, sign_in):
    ada, mina = await sign_in("ada"), await sign_in("mina")
    good = await marked(ada, told)
    assert (await exported(mina)).status == 404, "nothing was kept yet"
    await reviewed(mina, good, words="he hit: the little one, 'again' – no")
    await reviewed(mina, await marked(ada, told, kind="wrong_fact", fact="neglect"), words="yes")
    await reviewed(mina, await marked(ada, told, kind="false_alarm"), answer="drop", words="dropped words")
    await marked(ada, told, message="all")
    text = await (await exported(mina)).text()
    assert yaml.safe_load(text) == {
        "label": "safeguarding_concern",
        "category": "physical_abuse",
        "messages": {"parent": ["he hit: the little one, 'again' – no", "yes"]},
    }
    assert re.search(r"^# .*wrong fact.*neglect", text, re.M)


async def test_what_discloses_nothing_goes_among_the_look_alikes(told, sign_in):
    mina = await sign_in("mina")
    await reviewed(mina, await marked(await sign_in("ada"), told, kind="false_alarm"), label="none", words="my toddler")
    found = yaml.safe_load(await (await exported(mina, "benign_marked")).text())
    assert found == {"label": "none", "looks_like": "marked", "messages": {"parent": ["my toddler"]}}


async def test_what_was_kept_can_still_be_dropped(told, sign_in):
    mina = await sign_in("mina")
    one = await marked(await sign_in("ada"), told)
    await reviewed(mina, one)
    assert (await reviewed(mina, one, state="kept", answer="drop")).status == 303
    assert [(found.state, found.words) for found in candidates(told)] == [("dropped", "")]
    assert (await exported(mina)).status == 404


async def test_marking_review_and_export_are_on_record_without_a_word_of_the_person(told, sign_in):
    ada, mina = await sign_in("ada"), await sign_in("mina")
    await reviewed(mina, await marked(ada, told))
    await exported(mina)
    with told.units() as unit:
        events = unit.desk.trail.doing("candidate.marked", "candidate.kept", "candidates.exported")
    assert [(event.actor, event.action) for event in events] == [
        ("officer:ada", "candidate.marked"), ("officer:mina", "candidate.kept"), ("officer:mina", "candidates.exported")
    ]  # fmt: skip
    assert "little" not in str(events)
    assert "hit" not in str(events)


@pytest.mark.parametrize(
    "limit", [{"authorities": frozenset({"wiltshire"})}, {"localities": frozenset({"rugby"})}, {"own_family": frozenset({"r1"})}]
)  # fmt: skip
async def test_candidates_are_listed_and_judged_in_reach_only(told, sign_in, limit):
    one = await marked(await sign_in("ada"), told)
    mina = await sign_in("mina")
    with told.units() as unit:
        narrow = replace(unit.desk.officers.get("mina"), **limit)
        unit.desk.officers.save(narrow, told.event("t", "officer.saved", "officer:mina"))
        unit.commit()
    assert "Nothing waits" in await (await mina.get("/console/candidates")).text()
    assert (await reviewed(mina, one)).status == 404
    assert (await mina.post(WHERE, message="m1-2", kind="false_alarm")).status == 403


async def test_what_was_kept_stays_within_its_authority(told, sign_in):
    one = await marked(await sign_in("ada"), told)
    grace = await sign_in("grace")
    await reviewed(await sign_in("mina"), one)
    with told.units() as unit:
        elsewhere = replace(unit.desk.officers.get("grace"), authorities=frozenset({"wiltshire"}))
        unit.desk.officers.save(elsewhere, told.event("t", "officer.saved", "officer:grace"))
        unit.commit()
    assert (await exported(grace)).status == 404


@pytest.mark.parametrize("officer", ["ada", "tom", "ivy"])
async def test_officers_auditors_and_administrators_do_not_review(told, sign_in, officer):
    one = await marked(await sign_in("ada"), told)
    browser = await sign_in(officer)
    assert (await browser.get("/console/candidates")).status == 403
    assert (await reviewed(browser, one)).status == 403
    assert (await exported(browser)).status == 403
