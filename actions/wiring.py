"""Puts the action together: the domain's use case with its storage, policies, words and calendar."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from actions.remembering import RememberingPolicies
from actions.turn import ActionTurn
from gateway.calendar import EnglandWorkingDays
from gateway.directory import ServiceDirectory
from gateway.settings import Settings
from gateway.words import Words
from policies.engine import PolicySet
from records.bootstrap import unit_of_work_factory
from triage.conversation import take_turn
from triage.turn import Say, Turn

ROOT = Path(__file__).resolve().parent.parent


class RandomIds:
    def new(self) -> str:
        return uuid.uuid4().hex


def now() -> datetime:
    return datetime.now(UTC)


def action_turn(settings: Settings | None = None) -> ActionTurn:
    """The one action, with everything that a turn needs. Reads the packs and the words once."""
    settings = settings or Settings()
    uow = unit_of_work_factory(settings.database)
    policies = RememberingPolicies(PolicySet.load(settings.policies_dir))
    today = now().date()
    policies.for_authority(settings.authority, on=today).decide(
        {}, on=today
    )  # compiles the pack before the first person comes
    words, ids, directory, calendar = Words.load(ROOT), RandomIds(), ServiceDirectory.load(ROOT), EnglandWorkingDays()

    def take(turn: Turn) -> Sequence[Say]:
        return take_turn(turn, uow=uow, policies=policies, ids=ids, directory=directory, calendar=calendar, words=words)

    return ActionTurn(take, now)
