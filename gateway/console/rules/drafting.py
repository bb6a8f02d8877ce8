"""All that a draft would do: its gates, every kind of change, the example cases and stored requests that it moves."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

from gateway.console.rules.written import Malformed, Written, written_out
from policies.engine import NotAFact, Pack
from policies.engine.compare import Change, compare
from policies.engine.prove import prove_pack
from policies.engine.vocabulary import Known
from triage.desk import PolicyDraft


@dataclass(frozen=True, slots=True)
class Moved:
    """A stored request or an example case that would come out differently."""

    name: str
    before: tuple[str, str]  # level, route
    after: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Findings:
    """All that a draft would do. It may be signed where `malformed` is empty and no promise is broken."""

    malformed: str = ""
    broken: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    cases: int = 0
    moved_cases: tuple[Moved, ...] = ()
    requests: int = 0
    moved_requests: tuple[Moved, ...] = ()
    version: str = ""  # of exactly the files that were looked at

    @property
    def may_be_signed(self) -> bool:
        return not self.malformed and not self.broken


@dataclass(frozen=True, slots=True)
class Recorded:
    """A stored request as far as rules go: what was known."""

    reference: str
    facts: Known = field(default_factory=dict)


def look(policies: Path, draft: PolicyDraft, requests: Sequence[Recorded]) -> Findings:
    """Write the draft out, check it, prove it, and find everything that it changes."""
    try:
        with written_out(policies, draft) as written:
            return _findings(written, requests)
    except Malformed as fault:
        return Findings(malformed=str(fault))


def _findings(written: Written, requests: Sequence[Recorded]) -> Findings:
    base, new, day = written.base, written.new, written.draft.in_force_from
    return Findings(
        broken=tuple(f"{failure.promise}: {failure.what}" for failure in prove_pack(new)),
        changes=tuple(compare(base.decider(day), new.decider(day))),
        cases=len(written.cases),
        moved_cases=_all_moved(base, new, ((case.name, case.facts, case.on) for case in written.cases)),
        requests=len(requests),
        moved_requests=_all_moved(base, new, ((one.reference, one.facts, day) for one in requests)),
        version=written.digest(),
    )


def _all_moved(base: Pack, new: Pack, situations: Iterable[tuple[str, Known, date]]) -> tuple[Moved, ...]:
    found = (_moved(base, new, name, facts, on) for name, facts, on in situations)
    return tuple(one for one in found if one)


def _moved(base: Pack, new: Pack, name: str, facts: Known, on: date) -> Moved | None:
    try:
        before, after = (_level_and_route(pack, facts, on) for pack in (base, new))
    except NotAFact:
        return None  # noted under an older vocabulary: no version of today can say anything about it
    return Moved(name, before, after) if before != after else None


def _level_and_route(pack: Pack, facts: Known, on: date) -> tuple[str, str]:
    said = pack.decide(facts, on=on)
    return said.level, said.route or said.standing_route or "undecided"


# ---- once -------------------------------------------------------------------------------------------


def look_once(policies: Path, draft: PolicyDraft, requests: Sequence[Recorded]) -> Findings:
    """The same, remembered: signing need not prove again what the page before it has just proved."""
    return _looked(policies, _Question(draft, requests))


class _Question:
    """A draft and the requests that it is tried on: equal where both are."""

    def __init__(self, draft: PolicyDraft, requests: Sequence[Recorded]) -> None:
        self.draft, self.requests = draft, requests
        first_day = draft.in_force_from.isoformat()
        tried_on = [(one.reference, one.facts) for one in requests]
        self._key = json.dumps([draft.base, draft.version, first_day, draft.why, draft.edits, tried_on], sort_keys=True)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Question) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)


@lru_cache(maxsize=8)
def _looked(policies: Path, question: _Question) -> Findings:
    return look(policies, question.draft, question.requests)
