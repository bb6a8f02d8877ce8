"""A fact that was noted wrongly is put right by an officer, who says how they know."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from aiohttp import web

from gateway.console.pages.steps import back, needed, same_version
from gateway.console.visit import Route, Visit
from gateway.console.words import plain
from policies.engine import vocabulary
from policies.engine.vocabulary import Vocabulary, load_vocabulary
from triage.deciding import ChoiceIncomplete
from triage.facts import Fact, Status, Value
from triage.permissions import Permission


def correct(visit: Visit) -> web.Response:
    """A correction is a new fact by the officer; what was noted before stays and can be seen."""
    name = needed(visit, "fact", "Name the fact.")
    value = needed(visit, "value", "Give the right value.")
    reason = needed(visit, "reason", "Say how you know.")
    if name not in visit.console.fact_meanings:
        raise ChoiceIncomplete({"fact": f"There is no fact called {name}."})
    right = _one_of_its_values(_vocabulary(visit.console.policies_dir / "facts.yml").fact(name), value)
    with visit.console.units() as unit:
        request = visit.request(unit, Permission.DECIDE, why="to correct a fact")
        same_version(visit, request)
        fact = Fact(name, right, Status.CONFIRMED, visit.actor, visit.console.now())
        event = visit.console.event(visit.actor, "fact.corrected", f"request:{request.id}", reason, fact=name)
        unit.requests.save(request.note(fact), event)
        unit.commit()
    return back(visit, "noted")


@lru_cache(maxsize=4)
def _vocabulary(file: Path) -> Vocabulary:
    return load_vocabulary(file)


def _one_of_its_values(fact: vocabulary.Fact, typed: str) -> Value:
    """Raises ChoiceIncomplete where the fact cannot be that: a value that no rule knows would count for nothing."""
    word = "_".join(typed.casefold().split())
    try:
        return fact.plain(fact.coded(int(word) if fact.is_number else word))
    except ValueError:
        words = ("yes", "no") if fact.type == "yes_no" else fact.values
        may_be = (
            f"a whole number from {fact.least} to {fact.most}" if fact.is_number else " or ".join(map(plain, words))
        )
        raise ChoiceIncomplete({"value": f"{plain(fact.name).capitalize()} is {may_be}."}) from None


ROUTES = (Route("POST", "/requests/{request_id}/correct", Permission.DECIDE, correct),)
