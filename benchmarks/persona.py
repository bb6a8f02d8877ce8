"""A scripted persona: answers what it is asked from a vignette."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from benchmarks.vignettes import Vignette
from triage.questions import NO_WORRIES, TICKS, WORRIES, choice_of, facts_of

Answer = tuple[str, Any]
"""How (`press`, `say` or `fill`) and what."""
CALM: dict[str, Any] = {
    "danger_now": False, "wants": "not_sure", "impact": "starting", "needs": "one", "help_so_far": "nothing_yet",
    "place": "in_area", "existing_worker": "none", "informing_unsafe": False, "profession": "other",
}  # fmt: skip
"""What the open persona says of what the vignette does not tell."""


@dataclass(frozen=True, slots=True)
class Persona:
    """Answers questions from a vignette. The reticent one knows only what the vignette's own fields say."""

    vignette: Vignette
    open: bool

    def answer(self, asking: str, offered: Mapping[str, str]) -> Answer:
        """By its own way for a question that has one; otherwise from the fact that the question is about."""
        own: Callable[[Mapping[str, str]], Answer] | None = getattr(self, f"_{asking}", None)
        if own is not None:
            return own(offered)
        fact = facts_of(asking)[0]
        value = self.vignette.facts.get(fact, CALM.get(fact) if self.open else None)
        choice = None if value is None or not self.open else choice_of(value)
        return "press", choice if choice in offered else _unknown(offered)

    def _worries(self, offered: Mapping[str, str]) -> Answer:
        there = {
            name: value
            for name, value in self.vignette.facts.items()
            if name in WORRIES and value not in (False, "no", "none")
        }
        ticks = [tick for tick, stands_for in TICKS.items() if stands_for in there.items()]
        plain = [name for name in there if name not in {fact for fact, _ in TICKS.values()}]
        danger = ["danger_now"] if self.vignette.facts.get("danger_now") is True else []
        return "fill", {"worries": [*danger, *(t for t in (*plain, *ticks) if t in offered)] or [NO_WORRIES]}

    def _requester(self, offered: Mapping[str, str]) -> Answer:
        return "press", self.vignette.requester if self.vignette.requester in offered else _unknown(offered)

    def _child_ages(self, offered: Mapping[str, str]) -> Answer:
        return "say", ", ".join("unborn" if age == -1 else str(age) for age in self.vignette.ages) or "don't know"

    def _place(self, offered: Mapping[str, str]) -> Answer:
        return "say", "Nuneaton"

    def _service_agreement(self, offered: Mapping[str, str]) -> Answer:
        wanted = f"consent:{self.vignette.facts.get('service_agreement', 'given')}"
        return "press", wanted if wanted in offered else next(iter(offered))

    def _danger_now(self, offered: Mapping[str, str]) -> Answer:
        return "press", "yes" if self.vignette.facts.get("danger_now") is True else "no"

    def _informing_unsafe(self, offered: Mapping[str, str]) -> Answer:
        return "press", "yes" if self.vignette.facts.get("service_agreement") == "unsafe_to_ask" else "no"

    def _check_answers(self, offered: Mapping[str, str]) -> Answer:
        return "press", "send"

    def _read_back(self, offered: Mapping[str, str]) -> Answer:
        return "press", "yes"

    def _confirm_agreement(self, offered: Mapping[str, str]) -> Answer:
        return "press", "yes"

    def _safe_to_talk(self, offered: Mapping[str, str]) -> Answer:
        return "press", "yes"


def _unknown(offered: Mapping[str, str]) -> str:
    return next(
        (name for name in ("not_known", "not_said", "skip", "no") if name in offered), next(iter(offered), "not_known")
    )
