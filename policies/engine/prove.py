"""Prove: what a pack promises about *every* situation, settled on its diagrams. A broken promise comes with a counterexample."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

from policies.engine import prove_agreement, prove_form, prove_safety
from policies.engine.compiled import Compiled, bounded
from policies.engine.errors import ProofFailed
from policies.engine.ground import Broken, Ground
from policies.engine.packs import Pack

PROMISES: dict[str, Callable[[Ground], Iterator[Broken]]] = {
    "total": prove_form.total,
    "unambiguous": prove_form.unambiguous,
    "no dead rule": prove_form.alive,
    "no shadowed rule": prove_form.seen,
    "a worse answer never lowers the level": prove_safety.monotone,
    "danger always reaches emergency": prove_safety.danger,
    "significant harm never waits for agreement": prove_safety.harm_never_waits,
    "nothing proceeds without agreement": prove_agreement.agreement,
    "what needs agreement says so": prove_agreement.agreement_named,
    "capacity is never an input": prove_form.capacity_apart,
    "no dead end": prove_form.no_dead_end,
    "unknown never lowers": prove_safety.unknown_never_lowers,
}


def prove(compiled: Compiled, day: date) -> list[ProofFailed]:
    """Every promise that the edition breaks, each with a situation that shows it. `day`: one on which the edition stands."""
    ground = Ground(compiled)
    with bounded(compiled.edition):
        return [
            ProofFailed(ground.edition.pack, promise, broken.what, ground.diagram.situation(broken.where) or {}, day)
            for promise, check in PROMISES.items()
            for broken in check(ground)
        ]


def prove_pack(pack: Pack) -> list[ProofFailed]:
    """Every promise that some edition of the version breaks; the same failure of several editions once."""
    found: dict[tuple[str, str], ProofFailed] = {}
    with _nothing_collected():
        for day, _ in pack.editions():
            for failure in prove(pack.decider(day).compiled, day):
                found.setdefault((failure.promise, failure.what), failure)
    return list(found.values())


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Diagrams hold no circles: a collector that walks all of them again and again finds nothing and takes a quarter of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
