"""An officer in the chat, and tasks that are done with what came of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from benchmarks.desk_kit import NOW, a_request, keep, stored, trail
from gateway.alerts.watch import look
from triage.ports import StoredMessage


async def test_a_task_is_done_with_what_came_of_it(console, sign_in):
    keep(console, a_request())
    ada = await sign_in("ada")
    await ada.decide(console, action="hold", until="2026-11-25", reason="School calls back")
    with console.units() as unit:
        task = unit.desk.tasks.find(request_id="r1")[0]
    assert task.due_on == date(2026, 11, 25)
    await ada.post(f"/console/requests/r1/tasks/{task.id}/done", outcome="They called")
    with console.units() as unit:
        assert unit.desk.tasks.get(task.id).outcome == "They called"


async def test_an_officer_joins_the_chat_and_an_open_page_is_told(console, sign_in):
    rung = []
    object.__setattr__(console, "ring", rung.append)
    keep(console, a_request())
    ada = await sign_in("ada")
    assert (await ada.post("/console/requests/r1/say", words="I am Ada. I have read this.")).status == 303
    with console.units() as unit:
        last = unit.conversations.messages("c1")[-1]
    assert (last.author, last.text) == ("officer", "I am Ada. I have read this.")
    assert rung == ["c1"]
    keep(console, a_request(2, channel="phone"))
    assert (await ada.post("/console/requests/r2/say", words="Hello")).status == 404, "there is no chat to write into"


async def test_an_answer_brings_the_request_back_to_the_officer(console, sign_in):
    keep(console, a_request())
    ada = await sign_in("ada")
    await ada.decide(console, action="ask", question="Which school?", reason="To find the team")
    look(console)
    assert stored(console).state == "asked"
    with console.units() as unit:
        answer = StoredMessage("m9", "c1", 0, "person", "Hill School", NOW)
        unit.conversations.add_message(answer, console.event("person", "message.kept", "conversation:c1"))
        unit.commit()
    look(console)
    assert stored(console).state == "sent"
    assert "question.answered" in [event.action for event in trail(console)]
    with console.units() as unit:
        (task,) = unit.desk.tasks.find(request_id="r1")
    assert (task.done_by, task.outcome) == ("system", "Answered in the chat.")
    assert "done by" in await (await ada.get("/console/requests/r1")).text()


async def test_an_officer_takes_over_the_chat_and_hands_it_back(console, sign_in):
    keep(console, a_request())
    ada = await sign_in("ada")
    assert "Take over the chat" in await (await ada.get("/console/requests/r1")).text()
    assert (await ada.post("/console/requests/r1/take-over", taken="yes")).status == 303
    with console.units() as unit:
        assert unit.conversations.get("c1").dialogue["taken_over"] is True
    assert "Hand the chat back" in await (await ada.get("/console/requests/r1")).text()
    assert (await ada.post("/console/requests/r1/take-over", taken="no")).status == 303
    actions = [event.action for event in trail(console)]
    assert actions.index("conversation.taken_over") < actions.index("conversation.handed_back")


@pytest.mark.parametrize("changes", [{"channel": "phone"}, {"state": "sent"}])
async def test_where_nobody_can_read_along_there_is_no_chat_to_take_over(console, sign_in, changes):
    keep(console, a_request(**changes))
    if "state" in changes:  # as a call in another language is kept: sent at once, with no dialogue
        with console.units() as unit:
            asked = replace(unit.conversations.get("c1"), state="sent")
            unit.conversations.save(asked, console.event("person", "test", "conversation:c1"))
            unit.commit()
    ada = await sign_in("ada")
    assert "Take over the chat" not in await (await ada.get("/console/requests/r1")).text()
    assert (await ada.post("/console/requests/r1/take-over", taken="yes")).status == 404


async def test_tasks_name_people_and_not_their_accounts(console, sign_in):
    keep(console, a_request())
    ada = await sign_in("ada")
    await ada.decide(console, action="hold", until="2026-11-25", reason="School calls back")
    page = await (await ada.get("/console/tasks")).text()
    with console.units() as unit:
        name = unit.desk.officers.get("ada").name
    assert f"<td>{name}</td>" in page
