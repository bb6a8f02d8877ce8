"""A sampled share of requests is looked at blind: the proposal stays hidden until the officer has chosen.

The sample is drawn by the request's id, so that it cannot be picked, and is the same on every machine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from triage.ports import AuditEvent

CHOSEN = "first_look.chosen"


def in_sample(request_id: str, share: float) -> bool:
    drawn = int.from_bytes(hashlib.sha256(request_id.encode()).digest()[:4], "big") / 2**32
    return drawn < share


def first_choice(trail: Sequence[AuditEvent]) -> AuditEvent | None:
    """What was chosen before the proposal was shown, if somebody has."""
    return next((event for event in trail if event.action == CHOSEN), None)


def hidden(request_id: str, share: float, trail: Sequence[AuditEvent], decided: bool) -> bool:
    return not decided and in_sample(request_id, share) and first_choice(trail) is None
