"""Conditions as binary decision diagrams (library `dd`), so that claims about *every* situation can be settled exactly.

Each variable is written in binary; codes left over stand for its last case. So every assignment of bits is a situation, two
conditions are equal exactly when their diagrams are, and a fact matters exactly when one of its bits is in the support.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any as Any_

from dd.bdd import BDD

from policies.engine.conditions import All, Any, AtLeast, Between, Condition, FlagUp, Is, Not, Outcome
from policies.engine.variables import Variable

Ref = int  # a node of the diagram; dd numbers them, and a minus sign negates


class Diagram:
    """A manager of diagrams over the variables, with the conditions read so far."""

    def __init__(self, variables: Iterable[Variable]) -> None:
        self.variables = {variable.fact.name: variable for variable in variables}
        self._bdd: Any_ = BDD()  # type: ignore[abstract]  # dd leaves __eq__ abstract
        self.bits = {name: self._declare(variable) for name, variable in self.variables.items()}
        self.fact_of_bit = {bit: name for name, bits in self.bits.items() for bit in bits}
        self.flags: dict[str, Ref] = {}
        self.outcomes: dict[str, Mapping[str, Ref]] = {}
        self._leaves: dict[tuple[str, frozenset[int]], Ref] = {}
        self._tops: dict[Ref, tuple[int, str] | None] = {}
        self.yes: Ref = self._bdd.true
        self.no: Ref = self._bdd.false

    def _declare(self, variable: Variable) -> tuple[str, ...]:
        bits = tuple(f"{variable.fact.name}.{i}" for i in range((len(variable.cases) - 1).bit_length()))
        for bit in bits:
            self._bdd.add_var(bit)
        return bits

    # ---- boolean algebra ------------------------------------------------------------------------

    def both(self, a: Ref, b: Ref) -> Ref:
        return int(self._bdd.ite(a, b, self.no))

    def either(self, a: Ref, b: Ref) -> Ref:
        return int(self._bdd.ite(a, self.yes, b))

    def any_of(self, refs: Iterable[Ref]) -> Ref:
        """Where one or more hold. Stops reading as soon as the answer is yes everywhere."""
        found = self.no
        for ref in refs:
            found = self.either(found, ref)
            if found == self.yes:
                break
        return found

    def without(self, a: Ref, b: Ref) -> Ref:
        """Where a holds and b does not."""
        return int(self._bdd.ite(b, self.no, a))

    # ---- conditions -----------------------------------------------------------------------------

    def of(self, condition: Condition) -> Ref:
        """The diagram of a condition. Flags and outcomes must have been set before."""
        match condition:
            case Is() | Between():
                return self.cases(condition.fact, self.variables[condition.fact].cases_in(condition))
            case All(parts):
                return -self.any_of(-self.of(part) for part in parts)
            case Any(parts):
                return self.any_of(self.of(part) for part in parts)
            case Not(part):
                return -self.of(part)
            case AtLeast(count, parts):
                return self._at_least(count, [self.of(part) for part in parts])
            case FlagUp(flag):
                return self.flags.get(flag, self.no)
            case Outcome(of, values):
                return self.any_of(self.outcomes[of].get(value, self.no) for value in sorted(values))

    def _at_least(self, count: int, parts: list[Ref]) -> Ref:
        """Row by row: reached[k] holds where k or more of the parts so far do."""
        reached = [self.yes] + [self.no] * count
        for part in parts:
            for k in range(count, 0, -1):
                reached[k] = self.either(reached[k], self.both(part, reached[k - 1]))
        return reached[count]

    def cases(self, fact: str, wanted: frozenset[int]) -> Ref:
        """Where the fact is in one of the wanted cases."""
        key = (fact, wanted)
        if key not in self._leaves:
            self._leaves[key] = self._coded(self.bits[fact], len(self.variables[fact].cases), wanted, 0)
        return self._leaves[key]

    def _coded(self, bits: tuple[str, ...], count: int, wanted: frozenset[int], code: int) -> Ref:
        if not bits:
            return self.yes if min(code, count - 1) in wanted else self.no
        high = self._coded(bits[1:], count, wanted, code * 2 + 1)
        low = self._coded(bits[1:], count, wanted, code * 2)
        return int(self._bdd.ite(self._bdd.var(bits[0]), high, low))

    # ---- questions about a diagram ----------------------------------------------------------------

    def top_fact(self, ref: Ref) -> tuple[int, str] | None:
        """The first bit's place in the order and its fact; None for yes and no."""
        node = abs(ref)
        if node not in self._tops:
            level, low, _ = self._bdd.succ(node)
            self._tops[node] = None if low is None else (level, self.fact_of_bit[self._bdd.var_at_level(level)])
        return self._tops[node]

    def given(self, ref: Ref, fact: str, case: int) -> Ref:
        """The diagram once the fact is in that case."""
        bits = self.bits[fact]
        return int(self._bdd.cofactor(ref, {bit: bool(case >> (len(bits) - 1 - i) & 1) for i, bit in enumerate(bits)}))

    def stepped(self, ref: Ref, fact: str, case: int) -> Ref:
        """`given`, for a diagram with no earlier fact in it: a walk of a few nodes."""
        bits = self.bits[fact]
        while (top := self.top_fact(ref)) is not None and top[1] == fact:
            _, low, high = self._bdd.succ(ref)
            place = bits.index(self._bdd.var_at_level(top[0]))
            step: Ref = high if case >> (len(bits) - 1 - place) & 1 else low
            ref = step if ref > 0 else -step
        return ref

    def support(self, ref: Ref) -> frozenset[str]:
        """The facts that the diagram depends on."""
        return frozenset(self.fact_of_bit[bit] for bit in self._bdd.support(ref))

    def situation(self, ref: Ref) -> dict[str, str] | None:
        """One situation in which the diagram holds, as facts with example values; None where it never does.

        Facts that make no difference on the way are left out.
        """
        bits = self._bdd.pick(ref)
        if bits is None:
            return None
        mentioned = {self.fact_of_bit[bit] for bit in bits}
        return {name: self._value(name, bits) for name in self.variables if name in mentioned}

    def _value(self, fact: str, bits: Mapping[str, bool]) -> str:
        code = 0
        for bit in self.bits[fact]:
            code = code * 2 + bool(bits.get(bit, False))
        variable = self.variables[fact]
        return variable.example(min(code, len(variable.cases) - 1))
