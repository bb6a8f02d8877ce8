"""Four things that can be wrong, kept apart: the pack, what it promises, its examples, and what was asked of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path


class PolicyError(Exception):
    """Anything that the policy engine refuses."""


class PackError(PolicyError):
    """A pack is malformed: nothing can be decided with it until somebody mends the file."""

    def __init__(self, file: Path | str, line: int, found: str, allowed: str) -> None:
        super().__init__(f"{file}:{line}: found {found}; allowed: {allowed}")
        self.file = Path(file)
        self.line = line
        self.found = found
        self.allowed = allowed


class ProofFailed(PolicyError):
    """A well-formed pack breaks a promise. `situation` is one in which it does."""

    def __init__(self, pack: str, promise: str, what: str, situation: Mapping[str, str], day: date) -> None:
        super().__init__(f"{pack}: {promise}: {what}")
        self.pack = pack
        self.promise = promise
        self.what = what
        self.situation = dict(situation)
        self.day = day

    def as_case(self) -> str:
        """The counterexample as an example case, ready to paste: what should come of it is for its author to say."""
        facts = ", ".join(f"{name}: {value}" for name, value in self.situation.items())
        return f'  "{self.promise}: {self.what}":\n    on: {self.day}\n    audience: professional\n    facts: {{{facts}}}\n    expect: {{}}\n'


class CaseFailed(PolicyError):
    """An example case of a pack comes out differently from what its authors signed."""

    def __init__(self, pack: str, case: str, file: Path, line: int, differences: tuple[str, ...]) -> None:
        super().__init__(f"{file}:{line}: {pack}: {case}: " + "; ".join(differences))
        self.pack = pack
        self.case = case
        self.file = file
        self.line = line
        self.differences = differences


class NoPackInForce(PolicyError, LookupError):
    """No version of the authority's pack is in force on that day, or nobody knows the authority."""


class NotAFact(PolicyError, ValueError):
    """A fact that the vocabulary does not hold, or a value that the fact cannot have."""
