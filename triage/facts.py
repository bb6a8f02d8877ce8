"""A fact: one answer, with who said it, when, in which words, and whether it was confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

Value = bool | int | str
"""A fact's value: yes/no, whole number, or one of the names that `policies/facts.yml` allows."""


class Status(StrEnum):
    """How sure we may be that the person meant it."""

    INFERRED = "inferred"  # read out of free text, not yet read back
    STATED = "stated"  # answered to a question
    CONFIRMED = "confirmed"  # read back and confirmed
    NOT_KNOWN = "not_known"  # the person does not know: asked, and still unknown
    NOT_SAID = "not_said"  # the person would rather not say: asked, and still unknown


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that a fact rests on: characters `start` to `end` of one stored message."""

    message_id: str
    start: int
    end: int
    words: str


def is_so(value: Value | None) -> bool:
    """Whether a worry is there, as far as anybody has said. Each kind of fact has its own word for no."""
    return value not in (None, False, "no", "none")


@dataclass(frozen=True, slots=True)
class Fact:
    """One answer. `value` is None where the person was asked and it is still unknown."""

    name: str
    value: Value | None
    status: Status
    said_by: str
    at: datetime
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class FactBook:
    """All that was noted, oldest first. The latest fact of a name stands; nothing is erased."""

    noted: tuple[Fact, ...] = ()

    def note(self, *facts: Fact) -> FactBook:
        return FactBook(self.noted + facts)

    def latest(self) -> dict[str, Fact]:
        return {fact.name: fact for fact in self.noted}

    def get(self, name: str) -> Fact | None:
        return self.latest().get(name)

    def known(self) -> dict[str, Value]:
        """What the policy engine decides on: names with a value; unknown names are absent."""
        return {n: f.value for n, f in self.latest().items() if f.value is not None}

    def asked_in_vain(self) -> frozenset[str]:
        """Facts that the person does not know or would rather not say: never asked again."""
        return frozenset(n for n, f in self.latest().items() if f.value is None)

    def unconfirmed(self) -> tuple[Fact, ...]:
        return tuple(f for f in self.latest().values() if f.status is Status.INFERRED)


Known = Mapping[str, Value]
