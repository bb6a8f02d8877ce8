"""Where a conversation stands: plain data, kept between turns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

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

    def as_data(self) -> dict[str, Any]:
        return {k: list(v) if isinstance(v, tuple) else v for k, v in asdict(self).items()}


def dialogue_from(data: Mapping[str, Any]) -> Dialogue:
    """Read what was kept. Keys of other versions are left out, so an old conversation still opens."""
    known = Dialogue.__dataclass_fields__
    kept: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in data.items() if k in known}
    return Dialogue(**kept)
