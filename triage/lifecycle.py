"""The life of a request, as data: states, whose turn it is, the steps between them and who may take them.

`docs/reference/lifecycle.md` is printed from these tables (`python -m triage.lifecycle`), so it cannot drift.
A request in `draft` belongs to the person who writes it; nobody else sees it unless danger was heard.
"""

from __future__ import annotations

from dataclasses import dataclass

from triage.permissions import NotAllowed, Officer, Permission, check_role


@dataclass(frozen=True, slots=True)
class State:
    name: str
    turn: str  # whose move: person | officer | manager | worker | other_team | nobody
    means: str


@dataclass(frozen=True, slots=True)
class Step:
    """One allowed move. `by` is None where the person or the clock moves, not an officer."""

    name: str
    sources: tuple[str, ...]
    target: str
    by: Permission | None
    means: str
    reason: bool = True


STATES = (
    State("draft", "person", "being written in the conversation; not sent"),
    State("abandoned", "officer", "left before sending, but danger or concern was heard: a contact to look at"),
    State("sent", "officer", "waits for a decision"),
    State("held", "officer", "on hold until a date, with a reason"),
    State("asked", "person", "a question went back to the person; anybody may still decide"),
    State("to_allocate", "manager", "decided for a service; waits for a worker"),
    State("unmet", "manager", "meets the threshold but cannot be offered now: recorded as unmet need"),
    State("allocated", "worker", "a named worker has it"),
    State("referred", "other_team", "handed to MASH or the emergency team"),
    State("transferred", "other_team", "sent to another authority or team"),
    State("withdrawn", "officer", "the person took back their request; an officer closes it or acts for safety"),
    State("closed", "nobody", "ended, with a reason and a letter where that is safe"),
)

_OPEN = ("sent", "held", "asked", "abandoned", "withdrawn")
_WORKED = ("to_allocate", "unmet", "allocated")

STEPS = (
    Step("send", ("draft",), "sent", None, "the person sends the request", reason=False),
    Step("abandon", ("draft",), "abandoned", None, "the person leaves after danger or concern was heard", reason=False),
    Step("answer", ("asked",), "sent", None, "the person answers the question", reason=False),
    Step(
        "withdraw",
        ("sent", "held", "asked", *_WORKED),
        "withdrawn",
        None,
        "the person takes the request back",
        reason=False,
    ),
    Step("offer_service", _OPEN, "to_allocate", Permission.DECIDE, "decide for early help or targeted support"),
    Step(
        "record_unmet_need",
        (*_OPEN, "to_allocate"),
        "unmet",
        Permission.DECIDE,
        "the threshold is met but nothing can be offered now",
    ),
    Step("refer", _OPEN, "referred", Permission.DECIDE, "decide for MASH or emergency"),
    Step("transfer", _OPEN, "transferred", Permission.DECIDE, "send to another authority, team or the existing worker"),
    Step("give_information", _OPEN, "closed", Permission.DECIDE, "decide for information and close"),
    Step("close_without_action", _OPEN, "closed", Permission.DECIDE, "no further action"),
    Step("hold", ("sent", "asked", "abandoned", "withdrawn"), "held", Permission.DECIDE, "wait until a date"),
    Step("ask", ("sent", "held", "abandoned"), "asked", Permission.DECIDE, "ask the person a question"),
    Step("allocate", ("to_allocate", "unmet", "allocated"), "allocated", Permission.ALLOCATE, "give it to a worker"),
    Step("step_up", _WORKED, "referred", Permission.STEP, "the need has grown: to MASH, with the plan so far"),
    Step("step_down", ("referred",), "to_allocate", Permission.STEP, "social work ends: to early help, with a plan"),
    Step("close", (*_WORKED, "referred", "transferred"), "closed", Permission.STEP, "the work is done or has stopped"),
    Step("reopen", ("closed", "transferred", "referred"), "sent", Permission.DECIDE, "new facts, or closed in error"),
)

_STATES = {state.name: state for state in STATES}
_STEPS = {step.name: step for step in STEPS}


class StepNotPossible(Exception):
    """The request is not in a state from which this step leads anywhere."""


def state_named(name: str) -> State:
    return _STATES[name]


def step_named(name: str) -> Step:
    try:
        return _STEPS[name]
    except KeyError:
        raise StepNotPossible(f"There is no step called {name}.") from None


def steps_from(state: str) -> tuple[Step, ...]:
    return tuple(step for step in STEPS if state in step.sources)


def check_step(state: str, name: str, officer: Officer | None) -> Step:
    """The step, if it leads on from `state` and `officer` (None: the person or the clock) may take it."""
    step = step_named(name)
    if state not in step.sources:
        raise StepNotPossible(f"“{step.means}” is not possible: the request is {_STATES[state].means}.")
    if step.by is not None:
        if officer is None:
            raise NotAllowed("Only a member of staff may do this.")
        check_role(officer, step.by)
    return step


def may_step(state: str, name: str, officer: Officer | None) -> bool:
    try:
        check_step(state, name, officer)
    except (StepNotPossible, NotAllowed):
        return False
    return True


def open_states() -> tuple[str, ...]:
    """States that stand in the decision queue."""
    return _OPEN


def diagram() -> str:
    """The tables above as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", "    [*] --> draft"]
    for step in STEPS:
        lines += [f"    {source} --> {step.target}: {step.name}" for source in step.sources]
    return "\n".join([*lines, "    closed --> [*]"]) + "\n"


def reference() -> str:
    """The whole page `docs/reference/lifecycle.md`."""
    states = "\n".join(f"| `{s.name}` | {s.turn} | {s.means} |" for s in STATES)
    steps = "\n".join(
        f"| `{s.name}` | {', '.join(s.sources)} | {s.target} | {s.by or 'the person or the clock'} "
        f"| {'yes' if s.reason else 'no'} | {s.means} |"
        for s in STEPS
    )
    return (
        "# The life of a request\n\nPrinted from `triage/lifecycle.py` by `python -m triage.lifecycle`. Do not edit.\n\n"
        f"```mermaid\n{diagram()}```\n\n| state | whose turn | means |\n|---|---|---|\n{states}\n\n"
        f"| step | from | to | who may | reason | means |\n|---|---|---|---|---|---|\n{steps}\n"
    )


if __name__ == "__main__":
    print(reference(), end="")
