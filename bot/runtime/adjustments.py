"""The few lines by which our Rasa runs differently from stock, each measured, each switchable.

Every adjustment replaces a private name of one pinned version, so that version is asserted. A replay test
(`tests/bot/rasa/test_adjustments.py`) holds that dialogues are the same with and without them.
`FRONTDOOR_STOCK_RASA=1` runs without any.
"""

from __future__ import annotations

import os
from typing import Any, Callable, Dict, List

import rasa

RASA = "3.6.21"


def apply() -> List[str]:
    """Apply all adjustments; returns their names. Refuses another version of Rasa."""
    if rasa.__version__ != RASA:
        raise RuntimeError(f"Rasa is {rasa.__version__}; bot/runtime/adjustments.py is written for {RASA}.")
    if os.environ.get("FRONTDOOR_STOCK_RASA") == "1":
        return []
    for adjust in ADJUSTMENTS.values():
        adjust()
    return list(ADJUSTMENTS)


def check_action_answers_once_built() -> None:
    """Rasa rebuilds and re-checks the constant schema of an action's answer on every call: about 30 ms."""
    from jsonschema import Draft7Validator
    from rasa.core.actions.action import RemoteAction

    validator = Draft7Validator(RemoteAction.action_response_format_spec())

    def validate_action_result(self: RemoteAction, result: Dict[str, Any]) -> bool:
        validator.validate(result)
        return True

    RemoteAction._validate_action_result = validate_action_result


ADJUSTMENTS: Dict[str, Callable[[], None]] = {
    "check action answers with a validator built once": check_action_answers_once_built,
}
