"""What is known, as small numbers: which fact, which of its cases. And what counts as known though nobody said it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from policies.engine.compiled import Compiled
from policies.engine.variables import Variable

Facts = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Coded:
    """Facts as numbers, with the mask of those that are in it."""

    codes: dict[int, int]
    mask: int

    def under(self, other: Coded) -> Coded:
        """These, where the other says nothing."""
        return Coded({**self.codes, **other.codes}, self.mask | other.mask)


class Coder:
    """Numbers for the facts of one edition.

    `settled`: what nobody is asked counts as presumed. `feared`: how bad a named worry is counts as presumed, for the level that
    stands until somebody says. `standing`: every fact at what stands when it was asked in vain.
    """

    def __init__(self, compiled: Compiled) -> None:
        self._cases = {
            v.fact.name: (i, v, {case: n for n, case in enumerate(v.cases)}) for i, v in enumerate(compiled.variables)
        }
        presumed = {v.fact.name: v.fact.presumed for v in compiled.variables if v.fact.presumed is not None}
        follow_ups = {v.fact.name for v in compiled.variables if v.fact.about is not None}
        self.settled_facts: dict[str, str | int] = {
            name: value for name, value in presumed.items() if name not in follow_ups
        }
        self.cautious_facts: dict[str, str | int] = dict(presumed)
        self.settled = self.code(self.settled_facts)
        self.cautious = self.code(self.cautious_facts)
        self.standing = self.code({v.fact.name: _stands(v) for v in compiled.variables})

    def code(self, facts: Facts) -> Coded:
        """Only the facts that this edition rests on."""
        codes: dict[int, int] = {}
        mask = 0
        for name, value in facts.items():
            known = self._cases.get(name)
            if known is not None:
                number, variable, cases = known
                codes[number] = variable.case_of(value) if variable.starts else cases[str(value)]
                mask |= 1 << number
        return Coded(codes, mask)


def _stands(variable: Variable) -> str:
    fact = variable.fact
    return fact.presumed or fact.otherwise or fact.mildest
