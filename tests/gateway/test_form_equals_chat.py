"""The form alternative and the chat are the same door: same answers, same facts, same route.

A thousand generated people hold the real conversation (real packs, real words). Each answer is sent as the chat's API
takes it and as a browser without scripts posts it from the form; every twentieth person goes through both to the end.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from multidict import MultiDict

from benchmarks.rehearsal import Talk, words
from gateway.channels.forms import worded
from gateway.channels.said import Said, clean, clean_answers
from gateway.channels.ticking import is_none
from gateway.channels.transcript import Asked, asked
from gateway.channels.webchat.reading import read
from triage.ports import StoredMessage

PEOPLE = int(os.environ.get("FRONTDOOR_GENERATED_PEOPLE", "1000"))
LONGEST = 40
HELD_TWICE = 20  # one person in so many goes through the whole conversation once more, by the form alone
STORIES = [
    "My son is 7 and will not sleep. We live in Nuneaton.",
    "My daughter is 14 and misses school a lot",
    "We have fallen out over money and the children hear it",
    "A boy in my class comes in hungry most days",
    "I am pregnant and worried about my partner",
]
WORDS = ["Mo", "07700 900123", "after four", "CV11 4AA", "It would help to talk", "Oak Primary"]

Answer = Mapping[str, Any]
"""What a person means: {"choice": id}, {"answers": {…}} or {"text": words}."""


@dataclass
class Person:
    """Decides from a question alone, so that both channels meet the same person."""

    seed: int
    turn: int = 0
    said: list[Answer] = field(default_factory=list)

    def answer(self, question: Asked) -> Answer:
        self.turn += 1
        mind = random.Random(f"{self.seed}.{self.turn}")
        if self.turn == 1:
            return {"text": mind.choice(STORIES)}
        ids = [i for i, _ in question.choices if not i.startswith("change:") and i != "leave"]
        if question.fields and (mind.random() < 0.8 or not ids):
            return {"answers": {f["name"]: self._fill(f, mind) for f in question.fields}}
        return {"choice": mind.choice(ids)} if ids else {"text": mind.choice(WORDS)}

    def _fill(self, one: Mapping[str, Any], mind: random.Random) -> Any:
        ids = [c["id"] for c in one.get("choices") or ()]
        if one["kind"] != "many":
            return mind.choice(ids or WORDS)
        none = [i for i in ids if is_none(i)]
        if none and mind.random() < 0.5:
            return none[:1]
        return sorted(mind.sample([i for i in ids if i not in none], k=mind.choice([1, 1, 2])))


def in_the_chat(answer: Answer, question: Asked) -> Said:
    """As the API takes it (gateway.api.routes)."""
    return Said(clean(answer.get("text", "")), answer.get("choice"), clean_answers(answer.get("answers", {})))


def in_the_form(answer: Answer, question: Asked) -> Said:
    """As a browser posts the page and the web channel reads it."""
    posted: MultiDict[str] = MultiDict(answering=str(question.number))
    if "choice" in answer:
        posted.add("choice", answer["choice"])
    for name, value in answer.get("answers", {}).items():
        posted["do"] = "answers"
        for one in value if isinstance(value, list) else [value]:
            posted.add(f"a.{name}", one)
    if "text" in answer:
        posted.add("text", answer["text"])
    taken = read(posted, question, text_limit=4000)
    assert taken.said is not None, (answer, taken.errors, taken.notice)
    return taken.said


def shown(talk: Talk) -> Sequence[StoredMessage]:
    """The last turn as the gateway stores it."""
    audience = str(talk.last[-1].data.get("audience", talk.audience))

    def for_label(name: str) -> str:
        return words().text(name, audience=audience)

    messages = []
    for number, say in enumerate(talk.last, start=1):
        offered = dict(say.choices) if say.choices is not None else words().labels(say.response, audience=audience)
        payload = {
            "in_reply_to": "m",
            "choices": [{"id": i, "label": label} for i, label in offered.items()],
            "form": worded(say.form, for_label),
        }
        messages.append(StoredMessage(str(number), talk.id, number, "bot", say.response, talk.at, payload))
    return messages


def hold(seed: int, send: Callable[[Answer, Asked], Said]) -> tuple[Talk, list[Answer]]:
    person = Person(seed)
    talk = Talk(audience=("family", "professional", "young_person")[seed % 3], id=f"talk-{seed}").start()
    while not talk.over and person.turn < LONGEST:
        question = asked(shown(talk))
        answer = person.answer(question)
        person.said.append(answer)
        said = send(answer, question)
        if said.choice is not None:
            talk.press(said.choice)
        elif said.answers:
            talk.fill(**said.answers)
        else:
            talk.say(said.text)
    return talk, person.said


def settled(talk: Talk) -> Any:
    request = talk.request
    latest = {name: (fact.value, fact.status) for name, fact in request.facts.latest().items()}
    proposal = request.proposal
    consents = [(c.kind, c.value, c.agency) for c in request.consents]
    return talk.route, proposal and proposal.level, latest, consents, request.safe_contact, talk.responses()


def in_both(answer: Answer, question: Asked) -> Said:
    """What reaches the conversation is the very same, whichever way it came."""
    chat, form = in_the_chat(answer, question), in_the_form(answer, question)
    assert chat == form
    return chat


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_the_same_answers_lead_to_the_same_route_in_form_and_chat() -> None:
    routes: dict[str | None, int] = {}
    for seed in range(PEOPLE):
        chat, said = hold(seed, in_both)
        if seed % HELD_TWICE == 0:
            form, said_again = hold(seed, in_the_form)
            assert said == said_again
            assert settled(chat) == settled(form), f"person {seed}: {said}"
        routes[chat.route] = routes.get(chat.route, 0) + 1
    reached = {route for route in routes if route}
    assert len(reached) >= 3, f"the people are too much alike to show anything: {routes}"
