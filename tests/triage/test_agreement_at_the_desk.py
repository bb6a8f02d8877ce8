"""What was said about agreement when an officer decides on a service that needs it (law.md C22, C61, C62)."""

from __future__ import annotations

from datetime import date

import pytest

from benchmarks.desk_kit import NOW, a_request
from triage.consent import AGREES, ConsentKind, ConsentRecord
from triage.deciding import Action, Choice, ChoiceIncomplete, Look, decide
from triage.permissions import Officer, Role
from triage.request import RequestForService

ADA = Officer("ada", "Ada", frozenset({Role.OFFICER}))


def confirmed(agreement: str) -> RequestForService:
    said = ConsentRecord(ConsentKind.SERVICE, agreement, "parent", NOW, "v1", "web")
    choice = Choice(action=Action.CONFIRM)
    return decide(a_request().agree(said), choice, officer=ADA, look=Look(NOW), now=NOW, today=date(2026, 11, 20))


@pytest.mark.parametrize("agreement", ["refused", "withdrawn", "young_person_refuses"])
def test_a_service_that_was_refused_cannot_be_confirmed(agreement: str) -> None:
    with pytest.raises(ChoiceIncomplete):
        confirmed(agreement)


@pytest.mark.parametrize("agreement", sorted(AGREES))
def test_a_yes_in_whatever_words_can(agreement: str) -> None:
    """Also where the other parent does not agree (one is enough), and where a young person keeps their parents out."""
    assert confirmed(agreement).state == "to_allocate"
