"""From what is known to one route, also where something stays unknown.

What nobody could say is never turned into a fact. The pack says what stands meanwhile (`otherwise` and `presumed` in the
vocabulary): soft questions of need count as their ordinary answer, a named harm counts as bad until it is known better.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from triage.facts import Known
from triage.ports import Policy
from triage.request import Level, Route

SAFEGUARDING = frozenset({Level.SIGNIFICANT_HARM.value, Level.IMMEDIATE_DANGER.value})


@dataclass(frozen=True, slots=True)
class Settled:
    """The indication with one route."""

    level: str
    route: str
    indication: Any

    @property
    def unsure(self) -> tuple[str, ...]:
        """What an officer finds still open."""
        return () if self.indication.route else tuple(self.indication.matters)

    @property
    def safeguarding(self) -> bool:
        return self.level in SAFEGUARDING


LOOKED_AT = frozenset({Route.EMERGENCY.value, Route.MASH_REFERRAL.value})


def settle(known: Known, policy: Policy, *, on: date, danger: str = "none") -> Settled:
    """One route for what is known now: the pack's own, or what stands if nobody can say more.

    `danger` is what the safety screen heard in any message so far. An immediate danger that somebody takes back
    afterwards no longer calls for 999, but a social worker looks at it all the same: words never lower it further.
    """
    indication = policy.decide(known, on=on)
    route = indication.route or indication.standing_route or Route.MASH_REFERRAL.value
    if danger == Level.IMMEDIATE_DANGER and route not in LOOKED_AT:
        return Settled(Level.SIGNIFICANT_HARM.value, Route.MASH_REFERRAL.value, indication)
    return Settled(str(indication.level), str(route), indication)
