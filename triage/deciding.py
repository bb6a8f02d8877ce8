"""An officer decides. Nothing is pre-chosen; not following the proposal needs a reason, and so does closing.

The decision is about need (level and route). Whether it can be offered today is a separate tick,
`cannot_offer`, which never changes the level (hazards H30; features row 24).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from triage.consent import ConsentKind
from triage.lifecycle import check_step
from triage.permissions import Officer, Permission, check_request
from triage.request import Decision, Level, RequestForService, Route


class Action(StrEnum):
    CONFIRM = "confirm"
    OVERRIDE = "override"
    HOLD = "hold"
    ASK = "ask"
    TRANSFER = "transfer"
    NO_FURTHER_ACTION = "no_further_action"


NEEDS_AGREEMENT = frozenset({Route.EARLY_RESPONDERS, Route.TARGETED_SUPPORT})
_NOT_AGREED = frozenset({"refused", "withdrawn", "young_person_refuses"})  # a second parent's no is no veto: s2(7)
LONGEST_HOLD_DAYS = 28
WITHOUT_AGREEMENT = (
    "Nobody has agreed to this yet. Record what the family says, or say why it goes on without their yes."
)

_STEP_OF_ROUTE = {
    Route.INFORMATION: "give_information",
    Route.EARLY_RESPONDERS: "offer_service",
    Route.TARGETED_SUPPORT: "offer_service",
    Route.MASH_REFERRAL: "refer",
    Route.EMERGENCY: "refer",
    Route.EXISTING_WORKER: "transfer",
    Route.OTHER_AUTHORITY: "transfer",
}
_STEP_OF_ACTION = {
    Action.HOLD: "hold",
    Action.ASK: "ask",
    Action.TRANSFER: "transfer",
    Action.NO_FURTHER_ACTION: "close_without_action",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What the officer filled in. Everything is empty until they choose."""

    action: Action | None = None
    level: Level | None = None
    route: Route | None = None
    reason: str = ""
    until: date | None = None
    to: str = ""
    question: str = ""
    cannot_offer: bool = False


class ChoiceIncomplete(Exception):
    """What is still missing or does not fit, by field, in words for the officer."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__("; ".join(problems.values()))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Look:
    """When the officer opened the request, and whether the proposal was hidden from them then."""

    opened_at: datetime
    blind: bool = False


def decide(
    request: RequestForService, choice: Choice, *, officer: Officer, look: Look, now: datetime, today: date,
    agreement_awaited: bool = False,
) -> RequestForService:  # fmt: skip
    """The request with the decision added and its state moved on. `agreement_awaited`: the consent table holds the
    proposal back until somebody agrees. Raises ChoiceIncomplete, StepNotPossible, NotAllowed."""
    check_request(officer, Permission.DECIDE, request)
    problems = _problems(request, choice, today)
    if agreement_awaited and choice.action is Action.CONFIRM and not choice.reason.strip():
        problems.setdefault("reason", WITHOUT_AGREEMENT)
    if problems:
        raise ChoiceIncomplete(problems)
    level, route = settled(request, choice)
    step = check_step(request.state, step_of(choice, route), officer)
    decision = Decision(
        at=now,
        officer=officer.id,
        action=choice.action or "",
        level=level,
        route=route,
        reason=choice.reason.strip(),
        opened_at=look.opened_at,
        proposal_at=request.proposal.at if request.proposal else None,
        blind=look.blind,
    )
    assigned = request.assigned_to or officer.id
    return replace(request, state=step.target, decisions=(*request.decisions, decision), assigned_to=assigned)


def settled(request: RequestForService, choice: Choice) -> tuple[Level, Route]:
    """Level and route that this choice stands for. Only an override brings its own."""
    if choice.action is Action.OVERRIDE and choice.level and choice.route:
        return choice.level, choice.route
    last = request.decision
    if request.proposal is not None:
        return request.proposal.level, request.proposal.route
    if last is not None:
        return last.level, last.route
    # without any proposal nobody has looked yet: the higher level stands until somebody has
    return Level.SIGNIFICANT_HARM, Route.MASH_REFERRAL


def step_of(choice: Choice, route: Route) -> str:
    """The step of the lifecycle that a choice takes."""
    if choice.action in _STEP_OF_ACTION:
        return _STEP_OF_ACTION[choice.action]
    if choice.cannot_offer and route in NEEDS_AGREEMENT:
        return "record_unmet_need"
    return _STEP_OF_ROUTE[route]


def _problems(request: RequestForService, choice: Choice, today: date) -> dict[str, str]:
    if choice.action is None:
        return {"action": "Choose what happens with this request."}
    found = _BY_ACTION[choice.action](request, choice, today)
    if not choice.reason.strip() and reason_required(request, choice):
        found["reason"] = "Say why, in a sentence that another officer will understand."
    return found


def reason_required(request: RequestForService, choice: Choice) -> bool:
    """Always, but where the proposal is followed, something can be offered, and the request goes on."""
    if choice.action is not Action.CONFIRM or choice.cannot_offer:
        return True
    return request.proposal is None or request.proposal.route is Route.INFORMATION


def _confirm(request: RequestForService, choice: Choice, today: date) -> dict[str, str]:
    if request.proposal is None:
        return {"action": "There is no proposal to agree with. Choose a level and a route."}
    return _agreement(request, request.proposal.route)


def _override(request: RequestForService, choice: Choice, today: date) -> dict[str, str]:
    found = {}
    if choice.level is None:
        found["level"] = "Choose the level of need."
    if choice.route is None:
        found["route"] = "Choose the route."
    proposal = request.proposal
    if proposal and (choice.level, choice.route) == (proposal.level, proposal.route):
        found["action"] = "This is what was proposed. Choose “Agree with the proposal”, or change the level or route."
    return found or _agreement(request, choice.route)


def _agreement(request: RequestForService, route: Route | None) -> dict[str, str]:
    said = [record.value for record in request.consents if record.kind is ConsentKind.SERVICE]
    if route in NEEDS_AGREEMENT and said and said[-1] in _NOT_AGREED:
        return {
            "route": "This service needs the family's agreement, and it was not given. Choose another route or ask."
        }
    return {}


def _hold(request: RequestForService, choice: Choice, today: date) -> dict[str, str]:
    if request.danger == "immediate_danger":
        return {"action": "A request with immediate danger cannot be put on hold."}
    if choice.until is None or choice.until <= today:
        return {"until": "Give the date, after today, on which somebody looks again."}
    if (choice.until - today).days > LONGEST_HOLD_DAYS:
        return {"until": f"A hold can last {LONGEST_HOLD_DAYS} days at most."}
    return {}


def _ask(request: RequestForService, choice: Choice, today: date) -> dict[str, str]:
    return {} if choice.question.strip() else {"question": "Write the question for the person."}


def _transfer(request: RequestForService, choice: Choice, today: date) -> dict[str, str]:
    return {} if choice.to.strip() else {"to": "Name the authority or team."}


def _end(request: RequestForService, choice: Choice, today: date) -> dict[str, str]:
    return {}


_BY_ACTION = {
    Action.CONFIRM: _confirm,
    Action.OVERRIDE: _override,
    Action.HOLD: _hold,
    Action.ASK: _ask,
    Action.TRANSFER: _transfer,
    Action.NO_FURTHER_ACTION: _end,
}
