"""People with a story of their own, who answer over the public API what they are asked, in words wherever they can."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from records.bootstrap import unit_of_work_factory
from tests.stack import Stack, Talk
from triage.request import RequestForService

MOST = 30


@dataclass(frozen=True, slots=True)
class Press:
    choice: str


Answer = str | Press | Mapping[str, Any]
EVERYBODY: dict[str, Answer] = {
    "what I understood": Press("yes"),
    "Do you agree|agreement is needed": Press("consent:given"),
    "write that down": Press("yes"),
    "must not find out": "no one",
    "called|children's names": "I'd rather not say",
    "child say|child said": "I don't know",
}
"""What anybody here answers, unless their own story says otherwise: by the words that the question is known by."""


@dataclass(frozen=True, slots=True)
class RealPerson:
    """`answers` go by words of the question; the first that fits counts. Anything else is not known."""

    opening: str
    answers: Mapping[str, Answer]
    audience: str = "family"
    channel: str = "web"
    authority: str | None = None
    next_lines: tuple[str, ...] = ()

    def answer_to(self, question: str) -> Answer:
        known = (("Please check", Press("send")), *self.answers.items(), *EVERYBODY.items())
        return next((answer for words, answer in known if re.search(words, question)), "I don't know")


@dataclass
class Held:
    """A conversation that came to its end, as the person saw it and as it was kept."""

    talk: Talk
    turns: list[tuple[str, list[dict[str, Any]]]] = field(default_factory=list)
    request: RequestForService | None = None

    @property
    def route(self) -> str:
        return str(self.talk.request.get("route"))

    @property
    def said(self) -> str:
        return self.talk.all_words

    @property
    def kept(self) -> RequestForService:
        assert self.request is not None
        return self.request

    def known(self) -> dict[str, Any]:
        return dict(self.kept.facts.known())

    def turn_of(self, words: str) -> int:
        """The place of the first turn in which something like this was said; -1 where it never was."""
        there = (n for n, (_, shown) in enumerate(self.turns) if re.search(words, _text(shown)))
        return next(there, -1)

    def answers_to(self, words: str) -> str:
        """What was shown in answer to a message of the person with these words."""
        return "\n".join(_text(shown) for sent, shown in self.turns if words in sent)

    def asked(self, words: str) -> int:
        """In how many turns a question like this was put."""
        return sum(
            bool(re.search(words, m["text"])) for _, shown in self.turns for m in shown if m["kind"] == "question"
        )


def _text(shown: list[dict[str, Any]]) -> str:
    return "\n".join(message["text"] for message in shown)


def hold(stack: Stack, who: RealPerson) -> Held:
    talk = Talk.begin(stack.url, who.audience, who.authority, who.channel)
    held = Held(talk)
    for line in (who.opening, *who.next_lines):
        _send(held, line)
    for _ in range(MOST):
        if any(message["kind"] == "outcome" for message in talk.heard):
            break
        _send(held, who.answer_to(_asked(talk.last["messages"])))
    else:
        raise AssertionError(f"no end after {MOST} answers:\n{talk.all_words[-1500:]}")
    with unit_of_work_factory(stack.database_url)() as work:
        held.request = work.requests.for_conversation(talk.id)
    return held


def _asked(shown: list[dict[str, Any]]) -> str:
    """The last message, with what is said to lead up to it."""
    return "\n".join(m["text"] for m in shown[-2:] if m is shown[-1] or m["kind"] == "statement")


def _send(held: Held, answer: Answer) -> None:
    if isinstance(answer, Press):
        held.talk.press(answer.choice)
    elif isinstance(answer, str):
        held.talk.say(answer)
    else:
        held.talk.fill(**answer)
    held.turns.append((str(answer), list(held.talk.last["messages"])))
