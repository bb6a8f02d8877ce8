"""Consent is four separate records, never a boolean (law.md C01)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ConsentKind(StrEnum):
    SERVICE = "service"  # agreement to a service or an assessment
    SHARING = "sharing"  # agreement to share with one named agency
    INFORMED = "informed"  # whether the child or parents were told
    LAWFUL_BASIS = "lawful_basis"  # the council's basis for processing: never the tick of a box


AGREES = frozenset({"given", "partial", "other_parent_disagrees", "child_refuses_parent_contact"})
"""Values of a service record that are a yes of whoever speaks. Whether their yes is enough is for the pack to say."""


@dataclass(frozen=True, slots=True)
class ConsentRecord:
    """One thing agreed, refused, withdrawn, told or relied on.

    `value` is a word of the kind: for SERVICE one of the values of the fact `service_agreement`;
    for SHARING given/refused/withdrawn with `agency`; for INFORMED yes/no/unsafe;
    for LAWFUL_BASIS "public_task" with `reason` naming the DPA 2018 Schedule 1 para 18 ground if relied on.
    Records are only ever added; the latest of a kind (and agency) stands.
    """

    kind: ConsentKind
    value: str
    by: str  # in the person's standing: "parent with PR", "young person 17", "referrer for parent"
    at: datetime
    wording: str  # version of the words that were shown
    channel: str
    agency: str | None = None
    reason: str | None = None
