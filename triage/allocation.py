"""Work finds a worker: by locality and offer, within capacity whose units are never mixed.

Capacity figures (S001 table 3, S000 "The delivery model"): 10-15 cases for family support, 6-8 for
complex intensive, up to 20 children for a family support worker of a pod, 100 children in a pod, half
with social workers and half with family support workers. Children are not cases (seed contradiction 11).
Capacity never changes a level: what finds no room is recorded as unmet need.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from triage.desk import Allocation, QueueRow, Worker


@dataclass(frozen=True, slots=True)
class TeamRule:
    """Capacity of one worker of a team. `usual` is where a manager looks twice; `most` is the limit."""

    unit: str
    usual: int
    most: int
    source: str


TEAMS: Mapping[str, TeamRule] = {
    "family_support": TeamRule("cases", 10, 15, "S001 table 3"),
    "complex_intensive": TeamRule("cases", 6, 8, "S001 table 3"),
    "pod_family_support": TeamRule("children", 20, 20, "S000 The delivery model"),
    "pod_social_work": TeamRule("children", 50, 50, "S000 The delivery model"),
}
POD_CHILDREN = 100
POD_HALF = POD_CHILDREN // 2


class NoRoom(Exception):
    """This worker cannot take it now. The message says which limit, in which unit."""


@dataclass(frozen=True, slots=True)
class Load:
    worker: Worker
    held: int

    @property
    def room(self) -> int:
        return max(0, self.worker.most - self.held)


def loads(workers: Iterable[Worker], allocations: Iterable[Allocation]) -> tuple[Load, ...]:
    """What each active worker holds today, in the worker's own unit."""
    running = [a for a in allocations if a.ended_on is None]
    return tuple(
        Load(worker, sum(a.load for a in running if a.worker_id == worker.id and a.unit == worker.unit))
        for worker in workers
        if worker.active
    )


def weight(worker: Worker, children: int) -> int:
    """How much one request adds: one case, or its children (at least one: an unborn or unnamed child counts)."""
    return 1 if worker.unit == "cases" else max(1, children)


def check_room(load: Load, children: int, pod: Sequence[Load] = ()) -> None:
    """Raises NoRoom where the worker's own limit or the half of the pod would be passed."""
    added = weight(load.worker, children)
    if added > load.room:
        unit, most = load.worker.unit, load.worker.most
        raise NoRoom(f"{load.worker.name} holds {load.held} of {most} {unit}: there is no room for {added} more.")
    half = sum(one.held for one in pod if one.worker.pod == load.worker.pod and one.worker.team == load.worker.team)
    if load.worker.pod and half + added > POD_HALF:
        raise NoRoom(f"This half of pod {load.worker.pod} holds {half} of {POD_HALF} children.")


def has_room(load: Load, children: int, pod: Sequence[Load] = ()) -> bool:
    try:
        check_room(load, children, pod)
    except NoRoom:
        return False
    return True


def suggestions(all_loads: Sequence[Load], locality: str | None, children: int) -> tuple[Load, ...]:
    """Workers with room: of the locality first, then by most room. A person picks."""
    fitting = [load for load in all_loads if has_room(load, children, all_loads)]
    return tuple(sorted(fitting, key=lambda one: (one.worker.locality != locality, -one.room, one.worker.name)))


@dataclass(frozen=True, slots=True)
class AllocationList:
    """What the weekly meeting of one locality has before it."""

    locality: str
    rows: tuple[QueueRow, ...]


def weekly_list(rows: Iterable[QueueRow]) -> tuple[AllocationList, ...]:
    by_place: dict[str, list[QueueRow]] = {}
    for row in rows:
        by_place.setdefault(row.locality or "locality not known", []).append(row)
    return tuple(AllocationList(place, tuple(found)) for place, found in sorted(by_place.items()))


def same_worker(worker_id: str, earlier: Iterable[Allocation]) -> bool:
    """The family keeps the person it knows (S002 paragraph 8)."""
    return any(allocation.worker_id == worker_id for allocation in earlier)
