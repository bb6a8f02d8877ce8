"""A fact that was noted wrongly is put right by an officer, who says how they know; the proposal follows it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from aiohttp import web

from gateway.console.clocks import IMMEDIATE
from gateway.console.pages.steps import back, needed, same_version
from gateway.console.visit import Route, Visit
from gateway.console.words import plain
from gateway.packs import deployed
from policies.engine import NoPackInForce, vocabulary
from policies.engine.vocabulary import Vocabulary, load_vocabulary
from triage.corrected import corrected
from triage.deciding import ChoiceIncomplete
from triage.desk_ports import DeskUnit
from triage.facts import Fact, Status, Value
from triage.lifecycle import open_states
from triage.permissions import Permission
from triage.ports import AuditEvent, Policy
from triage.request import RequestForService


def correct(visit: Visit) -> web.Response:
    """A correction is a new fact by the officer; what was noted before stays and can be seen, proposals too."""
    name = needed(visit, "fact", "Name the fact.")
    value = needed(visit, "value", "Give the right value.")
    reason = needed(visit, "reason", "Say how you know.")
    if name not in visit.console.fact_meanings:
        raise ChoiceIncomplete({"fact": f"There is no fact called {name}."})
    right = _one_of_its_values(_vocabulary(visit.console.policies_dir / "facts.yml").fact(name), value)
    with visit.on_request(Permission.DECIDE, why="to correct a fact") as (unit, request):
        same_version(visit, request)
        fact = Fact(name, right, Status.CONFIRMED, visit.actor, visit.console.now())
        after = note_and_propose(visit, unit, request, fact)
        unit.requests.save(after, _event(visit, request, after, fact, reason))
        note_what_rose(visit, unit, request, after, reason)
    return back(visit, "proposed" if after.proposal != request.proposal else "noted")


def note_and_propose(visit: Visit, unit: DeskUnit, request: RequestForService, fact: Fact) -> RequestForService:
    """The fact noted, and the proposal worked out anew under the pack that made the earlier one."""
    chat = unit.conversations.get(request.conversation_id)
    return corrected(request, fact, its_pack(visit, request), chat, visit.console.now())


def its_pack(visit: Visit, request: RequestForService) -> Policy | None:
    """None where the pack is deployed no longer: no other pack may stand in for it."""
    if request.proposal is None:
        return None
    try:
        return deployed(visit.console.policies_dir).named(request.proposal.pack)
    except NoPackInForce:
        return None


def _event(visit: Visit, before: RequestForService, after: RequestForService, fact: Fact, reason: str) -> AuditEvent:
    old, new = before.proposal, after.proposal
    moved = {} if old is None or new is None or new == old else {
        "pack": new.pack, "level": [old.level, new.level], "route": [old.route, new.route],
    }  # fmt: skip
    return visit.console.event(visit.actor, "fact.corrected", f"request:{before.id}", reason, fact=fact.name, **moved)


def note_what_rose(
    visit: Visit, unit: DeskUnit, before: RequestForService, after: RequestForService, reason: str
) -> None:
    """Danger that the corrected fact brought, with its short clock; and that the family must not be told."""
    subject, console = f"request:{before.id}", visit.console
    if after.danger != before.danger:
        unit.audit(console.event(visit.actor, "danger.raised", subject, reason, danger=after.danger))
        if after.state in open_states():
            unit.desk.queue.set_clock(before.id, console.now() + IMMEDIATE)
    if after.do_not_tell_family != before.do_not_tell_family:
        unit.audit(console.event(visit.actor, "do_not_tell.set", subject, reason))


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
