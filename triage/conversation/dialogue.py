"""Where a conversation stands: plain data, kept between turns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from triage.turn import Say

CHECK = "check_answers"


@dataclass(frozen=True, slots=True)
class Dialogue:
    """The open question and what was done. Answers themselves live in the request."""

    asking: str | None = None  # the step that waits for an answer
    answered: tuple[str, ...] = ()  # steps settled, oldest first: "back" goes along it
    forced: tuple[str, ...] = ()  # steps to ask again, because the person wants to change them
    told: tuple[str, ...] = ()  # what is said only once
    misses: int = 0  # answers to the open question that were not understood
    policy_questions: int = 0
    consent_heard: str | None = None  # read out of words, not yet pressed or confirmed
    other_authority: tuple[str, ...] = ()  # name and number of the council that serves the place
    outcome_told: bool = False
    taken_over: bool = False  # an officer writes in the chat: the computer only listens
    only_a_call: bool = False  # a call was asked for in another language: nobody reads an answer here
    last_message: str | None = None  # the message that was taken last: handed in again, it gets the same answer
    last_said: tuple[Mapping[str, Any], ...] = ()  # that answer, as plain data

    def asks(self, step: str | None) -> Dialogue:
        return replace(self, asking=step, misses=0)

    def missed(self) -> Dialogue:
        return replace(self, misses=self.misses + 1)

    def settled(self, step: str) -> Dialogue:
        """The step has its answer. Its latest place in the order is what "back" finds."""
        order = (*(name for name in self.answered if name != step), step)
        forced = tuple(name for name in self.forced if name != step)
        return replace(self, answered=order, forced=forced, asking=None, misses=0)

    def again(self, *steps: str) -> Dialogue:
        """Ask these again before anything else; what was answered stands until then, and all is checked once more."""
        forced = steps + tuple(s for s in self.forced if s not in steps)
        return replace(
            self, forced=forced, answered=tuple(s for s in self.answered if s != CHECK), asking=None, misses=0
        )

    def unanswered(self, step: str) -> Dialogue:
        """The step may come up again by itself: what was said since has changed its answer."""
        return replace(self, answered=tuple(name for name in self.answered if name != step))

    def tells(self, *names: str) -> Dialogue:
        return replace(self, told=self.told + tuple(n for n in names if n not in self.told))

    def took(self, message_id: str, said: Iterable[Say]) -> Dialogue:
        return replace(self, last_message=message_id, last_said=tuple(asdict(say) for say in said))

    def said_to(self, message_id: str) -> tuple[Say, ...] | None:
        """What was answered to this message, where it is the one that was taken last."""
        return tuple(_say(kept) for kept in self.last_said) if message_id == self.last_message else None

    def as_data(self) -> dict[str, Any]:
        return {k: list(v) if isinstance(v, tuple) else v for k, v in asdict(self).items()}


def _say(kept: Mapping[str, Any]) -> Say:
    """Stored data knows no tuples: the choices are put back into theirs."""
    choices = kept["choices"]
    return Say(**{**kept, "choices": None if choices is None else tuple((id_, label) for id_, label in choices)})


def dialogue_from(data: Mapping[str, Any]) -> Dialogue:
    """Read what was kept. Keys of other versions are left out, so an old conversation still opens."""
    known = Dialogue.__dataclass_fields__
    kept: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in data.items() if k in known}
    return Dialogue(**kept)
