"""One person may protect a family from being told; it takes two to lift it."""

from __future__ import annotations

from benchmarks.desk_kit import a_request, keep, stored, trail


async def test_clearing_do_not_tell_takes_two_people(console, sign_in):
    keep(console, a_request(do_not_tell_family=True))
    grace = await sign_in("grace")
    await grace.post("/console/requests/r1/do-not-tell/ask", reason="Police agree")
    alone = await grace.post("/console/requests/r1/do-not-tell/clear", answer="agree", reason="Yes")
    assert alone.status == 403
    assert stored(console).do_not_tell_family


async def test_the_second_person_clears_it_and_both_are_on_record(console, sign_in):
    keep(console, a_request(do_not_tell_family=True))
    await (await sign_in("ada")).post("/console/requests/r1/do-not-tell/ask", reason="Police agree")
    ben = await (await sign_in("ben")).post("/console/requests/r1/do-not-tell/clear", answer="agree", reason="Yes")
    assert ben.status == 403, "the second person is a safeguarding lead"
    await (await sign_in("grace")).post("/console/requests/r1/do-not-tell/clear", answer="agree", reason="Safe now")
    assert not stored(console).do_not_tell_family
    cleared = next(event for event in trail(console) if event.action == "do_not_tell.cleared")
    assert (cleared.actor, cleared.data["first"]) == ("officer:grace", "ada")
