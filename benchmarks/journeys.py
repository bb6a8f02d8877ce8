"""Vignettes as whole conversations: a scripted persona tells the story, answers what it is asked, and reaches a route.

Two personas: *open* answers every question as a careful reader of the vignette would; *reticent* answers only what stands in
the vignette's own fields (who speaks, the ages, the agreement, which worry) and does not know anything else.
Prints the routes reached, those below an accepted one, and how many policy questions a finished request took.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from benchmarks.rehearsal import ROOT, Talk
from triage.questions import NO_WORRIES, TICKS, WORRIES, choice_of, facts_of

EVAL = Path(os.environ.get("FRONTDOOR_EVAL", ROOT.parent / "shared" / "eval"))
READINGS = ROOT / "tests" / "policies" / "packs" / "readings.yml"
BOT_PYTHON = ROOT / ".venv-bot" / "bin" / "python"
ORDER = ("information", "early_responders", "targeted_support", "mash_referral", "emergency")
MOST_TURNS = 40
UNDERSTAND = (
    "import json, sys\nfrom bot.text.understand import understand\n"
    "for line in sys.stdin:\n    print(json.dumps(understand(json.loads(line))), flush=True)"
)
CALM: dict[str, Any] = {
    "danger_now": False, "wants": "not_sure", "impact": "starting", "needs": "one", "help_so_far": "nothing_yet",
    "place": "in_area", "existing_worker": "none", "informing_unsafe": False, "profession": "other",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Vignette:
    """A labelled message, with the facts that a careful reader would note."""

    id: str
    text: str
    accepted: tuple[str, ...]
    requester: str
    facts: Mapping[str, Any]
    ages: tuple[int, ...]

    @property
    def audience(self) -> str:
        return "professional" if self.requester in {"professional", "own_worker"} else "family"


def vignettes() -> list[Vignette]:
    readings: dict[str, list[Any]] = yaml.safe_load(READINGS.read_text("utf-8"))
    lines = [json.loads(line) for line in (EVAL / "vignettes.jsonl").read_text("utf-8").splitlines()]
    return [_vignette(line, readings[line["id"]]) for line in lines if line["id"] in readings]


def _vignette(line: Mapping[str, Any], reading: Sequence[Any]) -> Vignette:
    accepted, requester, facts = reading
    ages = tuple(-1 if age == "unborn" else int(age) for age in line["child_ages"])
    return Vignette(line["id"], line["text"], tuple(accepted), requester, facts, ages)


def understood(texts: Iterable[str]) -> list[dict[str, Any]]:
    """What the bot reads out of each text, from its own environment; nothing where it is not built."""
    lines = [json.dumps(text) for text in texts]
    if not BOT_PYTHON.exists():
        return [{} for _ in lines]
    done = subprocess.run(
        [str(BOT_PYTHON), "-c", UNDERSTAND], input="\n".join(lines), capture_output=True, text=True, cwd=ROOT
    )
    if done.returncode != 0:
        print(f"(nothing read out of the words: {done.stderr.strip().splitlines()[-1]})", file=sys.stderr)
        return [{} for _ in lines]
    return [json.loads(line) for line in done.stdout.splitlines()]


@dataclass(frozen=True, slots=True)
class Persona:
    """Answers questions from a vignette. The reticent one knows only what the vignette's own fields say."""

    vignette: Vignette
    open: bool

    def answer(self, asking: str, offered: Mapping[str, str]) -> tuple[str, Any]:
        """How (`press`, `say` or `fill`) and what."""
        own = getattr(self, f"_{asking}", None)
        if own is not None:
            return own(offered)
        fact = facts_of(asking)[0]
        value = self.vignette.facts.get(fact, CALM.get(fact) if self.open else None)
        choice = None if value is None or not self.open else choice_of(value)
        return "press", choice if choice in offered else _unknown(offered)

    def _worries(self, offered: Mapping[str, str]) -> tuple[str, Any]:
        there = {
            name: value
            for name, value in self.vignette.facts.items()
            if name in WORRIES and value not in (False, "no", "none")
        }
        ticks = [tick for tick, stands_for in TICKS.items() if stands_for in there.items()]
        plain = [name for name in there if name not in {fact for fact, _ in TICKS.values()}]
        danger = ["danger_now"] if self.vignette.facts.get("danger_now") is True else []
        return "fill", {"worries": [*danger, *(t for t in (*plain, *ticks) if t in offered)] or [NO_WORRIES]}

    def _requester(self, offered: Mapping[str, str]) -> tuple[str, Any]:
        return "press", self.vignette.requester if self.vignette.requester in offered else _unknown(offered)

    def _child_ages(self, offered: Mapping[str, str]) -> tuple[str, Any]:
        return "say", ", ".join("unborn" if age == -1 else str(age) for age in self.vignette.ages) or "don't know"

    def _place(self, offered: Mapping[str, str]) -> tuple[str, Any]:
        return "say", "Nuneaton"

    def _service_agreement(self, offered: Mapping[str, str]) -> tuple[str, Any]:
        wanted = f"consent:{self.vignette.facts.get('service_agreement', 'given')}"
        return "press", wanted if wanted in offered else next(iter(offered))

    def _danger_now(self, offered: Mapping[str, str]) -> tuple[str, Any]:
        return "press", "yes" if self.vignette.facts.get("danger_now") is True else "no"

    def _informing_unsafe(self, offered: Mapping[str, str]) -> tuple[str, Any]:
        return "press", "yes" if self.vignette.facts.get("service_agreement") == "unsafe_to_ask" else "no"

    def _check_answers(self, offered: Mapping[str, str]) -> tuple[str, Any]:
        return "press", "send"

    def _read_back(self, offered: Mapping[str, str]) -> tuple[str, Any]:
        return "press", "yes"

    def _confirm_agreement(self, offered: Mapping[str, str]) -> tuple[str, Any]:
        return "press", "yes"

    def _safe_to_talk(self, offered: Mapping[str, str]) -> tuple[str, Any]:
        return "press", "yes"


def _unknown(offered: Mapping[str, str]) -> str:
    return next(
        (name for name in ("not_known", "not_said", "skip", "no") if name in offered), next(iter(offered), "not_known")
    )


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


def hold(vignette: Vignette, heard: Mapping[str, Any], persona: Persona, authority: str = "warwickshire") -> Journey:
    """The whole conversation, to its outcome."""
    talk = Talk(audience=vignette.audience, authority=authority).start()
    talk.say(vignette.text, **{**heard, "intent": heard.get("intent", "inform")})
    turns = 1
    while not talk.over and turns < MOST_TURNS and talk.asking:
        how, what = persona.answer(talk.asking, talk.labels())
        getattr(talk, how)(**what) if how == "fill" else getattr(talk, how)(what)
        turns += 1
    return Journey(
        vignette, talk.route, int(talk.memory.kept_conversations[talk.id].dialogue["policy_questions"]), turns
    )


def table(name: str, journeys: Sequence[Journey]) -> None:
    finished = [j for j in journeys if j.route not in {None, "information"}]
    print(f"\n{name}: {len(journeys)} vignettes")
    print(f"  accepted route       {sum(j.accepted for j in journeys) / len(journeys):6.1%}")
    print(f"  below every accepted {sum(j.below for j in journeys):6d}")
    print(
        f"  of MASH/emergency    {sum(j.below for j in journeys if {'mash_referral', 'emergency'} & set(j.vignette.accepted)):6d} below"
    )
    for audience in ("family", "professional"):
        counts = [j.questions for j in finished if j.vignette.audience == audience]
        if counts:
            print(
                f"  policy questions, {audience:12s} median {statistics.median(counts):g}, most {max(counts)} ({len(counts)} requests)"
            )
    for j in journeys:
        if not j.accepted:
            print(
                f"    {j.vignette.id}: reached {j.route}, accepted {' or '.join(j.vignette.accepted)}{'  BELOW' if j.below else ''}"
            )
    print("  routes:", dict(Counter(j.route for j in journeys)))


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
    serious = [
        j
        for j in held
        if {"mash_referral", "emergency"} == {*j.vignette.accepted} & {"mash_referral", "emergency"} and j.below
    ]
    return 1 if serious else 0


if __name__ == "__main__":
    raise SystemExit(main())
