"""What a channel, the API or the console is handed: settings, storage, the conversation and the words."""

from __future__ import annotations

from dataclasses import dataclass

from gateway.channels.bell import Bell
from gateway.channels.conversing import Conversing
from gateway.channels.delivery import Delivery, LeftBehind
from gateway.numbers import Numbers
from gateway.security.rates import Rates
from gateway.settings import Settings
from gateway.units import Units
from triage.ports import Clock, Ids


@dataclass(frozen=True, slots=True)
class Services:
    settings: Settings
    units: Units
    conversing: Conversing
    delivery: Delivery
    left_behind: LeftBehind
    bell: Bell
    numbers: Numbers
    authorities: frozenset[str]  # whose rules we hold
    rates: Rates
    clock: Clock
    ids: Ids
