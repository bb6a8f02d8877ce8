"""The few lines by which our Rasa runs differently from stock, each measured, each switchable.

Every adjustment replaces a private name of one pinned version, so that version is asserted. A replay test
(`tests/bot/rasa/test_adjustments.py`) holds that dialogues are the same with and without them; what each is
worth stands in docs/decisions/0004. `FRONTDOOR_STOCK_RASA=1` runs without any; a comma-separated
list in `FRONTDOOR_WITHOUT` leaves out some.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import rasa

RASA = "3.6.21"


def apply() -> list[str]:
    """Apply the adjustments; returns the names of those applied. Refuses another version of Rasa."""
    if rasa.__version__ != RASA:
        raise RuntimeError(f"Rasa is {rasa.__version__}; bot/runtime/adjustments.py is written for {RASA}.")
    if os.environ.get("FRONTDOOR_STOCK_RASA") == "1":
        return []
    without = os.environ.get("FRONTDOOR_WITHOUT", "").split(",")
    chosen = [name for name in ADJUSTMENTS if name not in without]
    for name in chosen:
        ADJUSTMENTS[name]()
    return chosen


def build_answer_validator_once() -> None:
    """Rasa rebuilds and re-checks the constant schema of an action's answer on every call: about 30 ms."""
    from jsonschema import Draft7Validator
    from rasa.core.actions.action import RemoteAction

    validator = Draft7Validator(RemoteAction.action_response_format_spec())

    def validate_action_result(self: RemoteAction, result: dict[str, Any]) -> bool:
        validator.validate(result)
        return True

    RemoteAction._validate_action_result = validate_action_result


def call_actions_with_the_turn_only() -> None:
    """Rasa sends the whole domain (every response) and every event with each call; our action reads neither."""
    from rasa.core.actions.action import RemoteAction
    from rasa.shared.core.domain import Domain
    from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity

    def action_call_format(self: RemoteAction, tracker: DialogueStateTracker, domain: Domain) -> dict[str, Any]:
        return {
            "next_action": self.name(),
            "sender_id": tracker.sender_id,
            "tracker": tracker.current_state(EventVerbosity.NONE),
            "domain": {},
            "version": rasa.__version__,
        }

    RemoteAction._action_call_format = action_call_format


def keep_connections_to_the_actions() -> None:
    """Rasa opens a session and a connection for every call; here each endpoint keeps one session open."""
    import aiohttp
    from rasa.utils.endpoints import EndpointConfig

    stock = EndpointConfig.session

    def session(self: EndpointConfig) -> Any:
        kept: KeptSession | None = self.__dict__.get("_kept_session")
        if kept is None or kept.session.closed:
            kept = self.__dict__["_kept_session"] = KeptSession(stock(self))
        return kept

    class KeptSession:
        """Stands where Rasa writes `async with self.session()`, and does not close at the end."""

        def __init__(self, session: aiohttp.ClientSession) -> None:
            self.session = session

        async def __aenter__(self) -> aiohttp.ClientSession:
            return self.session

        async def __aexit__(self, *exc: object) -> None:
            return None

    EndpointConfig.session = session


def run_the_graph_in_its_order() -> None:
    """Rasa schedules its graph with dask for every message; ours is a line, and its order never changes."""
    from rasa.engine.runner.dask import DaskGraphRunner

    def run(
        self: DaskGraphRunner, inputs: dict[str, Any] | None = None, targets: list[str] | None = None
    ) -> dict[str, Any]:
        wanted = tuple(targets or self._graph_schema.target_names)
        orders: dict[Any, list[str]] = self.__dict__.setdefault("_orders", {})
        if wanted not in orders:
            orders[wanted] = in_order(self._graph_schema.minimal_graph_schema(list(wanted)))
        given: list[Any] = [(name, value) for name, value in (inputs or {}).items()]
        done: dict[str, Any] = {name: (name, value) for name, value in given}
        for name in orders[wanted]:
            needs = self._graph_schema.nodes[name].needs.values()
            done[name] = self._instantiated_nodes[name](*(done[need] for need in needs))
        return dict(done[name] for name in wanted)

    DaskGraphRunner.run = run


def in_order(schema: Any) -> list[str]:
    """The nodes of a graph schema, each after everything that it needs."""
    order: list[str] = []

    def visit(name: str) -> None:
        if name in order or name not in schema.nodes:
            return
        for need in schema.nodes[name].needs.values():
            visit(need)
        order.append(name)

    for name in schema.nodes:
        visit(name)
    return order


ADJUSTMENTS: dict[str, Callable[[], None]] = {
    "validator": build_answer_validator_once,
    "small-calls": call_actions_with_the_turn_only,
    "keep-alive": keep_connections_to_the_actions,
    "graph-order": run_the_graph_in_its_order,
}
