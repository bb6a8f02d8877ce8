"""Vignettes as whole conversations: a scripted persona tells the story, answers what it is asked, and reaches a route.

Two personas: *open* answers every question as a careful reader of the vignette would; *reticent* answers only what stands in
the vignette's own fields (who speaks, the ages, the agreement, which worry) and does not know anything else.
Prints the routes reached, those below an accepted one, and how many policy questions a finished request took. Ends with 1
where a child who may be harmed was routed lower.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.persona import Persona
from benchmarks.rehearsal import Talk
from benchmarks.vignettes import EVAL, Vignette, understood, vignettes

ORDER = ("information", "early_responders", "targeted_support", "mash_referral", "emergency")
MAY_BE_HARMED = frozenset(ORDER[3:])
MOST_TURNS = 40


@dataclass(frozen=True, slots=True)
class Journey:
    vignette: Vignette
    route: str | None
    questions: int
    turns: int

    @property
    def accepted(self) -> bool:
        return self.route in self.vignette.accepted

    @property
    def below(self) -> bool:
        """Routed lower than every accepted route."""
        place = ORDER.index(self.route) if self.route in ORDER else -1
        return place < min(ORDER.index(route) for route in self.vignette.accepted)

    @property
    def serious(self) -> bool:
        """Routed lower where a child may be harmed."""
        return self.below and not MAY_BE_HARMED.isdisjoint(self.vignette.accepted)


def hold(vignette: Vignette, heard: Mapping[str, Any], persona: Persona, authority: str = "warwickshire") -> Journey:
    """The whole conversation, to its outcome."""
    talk = Talk(audience=vignette.audience, authority=authority).start()
    talk.say(vignette.text, **{**heard, "intent": heard.get("intent", "inform")})
    turns = 1
    while not talk.over and turns < MOST_TURNS and talk.asking:
        _answered(talk, *persona.answer(talk.asking, talk.labels()))
        turns += 1
    questions = int(talk.memory.kept_conversations[talk.id].dialogue["policy_questions"])
    return Journey(vignette, talk.route, questions, turns)


def _answered(talk: Talk, how: str, what: Any) -> None:
    match how:
        case "fill":
            talk.fill(**what)
        case "say":
            talk.say(what)
        case "press":
            talk.press(what)
        case _:
            raise ValueError(f"{how!r} is no way to answer.")


def table(name: str, journeys: Sequence[Journey]) -> None:
    print(f"\n{name}: {len(journeys)} vignettes")
    print(f"  accepted route       {sum(j.accepted for j in journeys) / len(journeys):6.1%}")
    print(f"  below every accepted {sum(j.below for j in journeys):6d}")
    print(f"  of MASH/emergency    {sum(j.serious for j in journeys):6d} below")
    for audience in ("family", "professional"):
        _print_questions(audience, [j for j in journeys if j.vignette.audience == audience])
    for j in journeys:
        if not j.accepted:
            wanted, below = " or ".join(j.vignette.accepted), "  BELOW" if j.below else ""
            print(f"    {j.vignette.id}: reached {j.route}, accepted {wanted}{below}")
    print("  routes:", dict(Counter(j.route for j in journeys)))


def _print_questions(audience: str, journeys: Sequence[Journey]) -> None:
    """Of finished requests only."""
    counts = [j.questions for j in journeys if j.route not in {None, "information"}]
    if counts:
        middle = f"median {statistics.median(counts):g}, most {max(counts)} ({len(counts)} requests)"
        print(f"  policy questions, {audience:12s} {middle}")


def main() -> int:
    if not (EVAL / "vignettes.jsonl").exists():
        print(f"No labelled vignettes in {EVAL} (set FRONTDOOR_EVAL).")
        return 0
    labelled = vignettes()
    heard = understood(v.text for v in labelled)
    held: list[Journey] = []
    for name, is_open in (("open persona", True), ("reticent persona", False)):
        journeys = [hold(v, h, Persona(v, is_open)) for v, h in zip(labelled, heard, strict=True)]
        table(name, journeys)
        held += journeys
    return int(any(j.serious for j in held))


if __name__ == "__main__":
    raise SystemExit(main())
