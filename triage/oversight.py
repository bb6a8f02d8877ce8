"""What leaders see: agreement in both directions with intervals, dwell, rubber stamps, timeliness, re-referrals.

Counting only. None of these figures is an input to any rule.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from triage.request import Level

_RANK = {level.value: rank for rank, level in enumerate(Level)}
Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """One decision beside the proposal that it met."""

    request_id: str
    authority: str | None
    officer: str
    action: str
    level: str
    route: str
    opened_at: datetime
    at: datetime
    blind: bool
    proposed_level: str | None
    proposed_route: str | None
    rules: tuple[str, ...] = ()

    @property
    def dwell(self) -> timedelta:
        return self.at - self.opened_at


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One sent request, without anything that names a person."""

    id: str
    authority: str | None
    locality: str | None
    channel: str
    audience: str
    language: str
    requester_role: str
    state: str
    level: str | None
    route: str | None
    consent: str
    has_voice: bool
    sent_at: datetime
    opened_at: datetime | None
    decided_at: datetime | None
    due_at: datetime | None
    again_after_days: int | None = None  # days since the last earlier request that shares a key


@dataclass(frozen=True, slots=True)
class Share:
    """`hits` of `of`, with the 95 % interval of Wilson."""

    hits: int
    of: int

    @property
    def value(self) -> float | None:
        return self.hits / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float]:
        return wilson(self.hits, self.of)


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share; (0, 1) where nothing was counted: we know nothing."""
    if of == 0:
        return 0.0, 1.0
    p, z2 = hits / of, Z95**2
    middle = (p + z2 / (2 * of)) / (1 + z2 / of)
    half = Z95 * math.sqrt(p * (1 - p) / of + z2 / (4 * of * of)) / (1 + z2 / of)
    return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Proposal against decision. `raised`: the officer went higher than proposed; `lowered`: lower."""

    same: Share
    raised: Share
    lowered: Share
    rerouted: Share


_VERDICTS = frozenset({"confirm", "override", "no_further_action"})


def agreement(lines: Iterable[DecisionLine]) -> Agreement:
    """Of the decisions that judge the proposal; a question or a hold judges nothing yet."""
    judged = [line for line in lines if line.proposed_level and line.action in _VERDICTS]
    raised = sum(_step(line) > 0 for line in judged)
    lowered = sum(_step(line) < 0 for line in judged)
    rerouted = sum(_step(line) == 0 and _other_route(line) for line in judged)
    total = len(judged)
    same = total - raised - lowered - rerouted
    return Agreement(Share(same, total), Share(raised, total), Share(lowered, total), Share(rerouted, total))


def _step(line: DecisionLine) -> int:
    return _RANK[line.level] - _RANK[line.proposed_level or line.level]


def _other_route(line: DecisionLine) -> bool:
    return line.route != line.proposed_route or line.action == "no_further_action"


def agreement_by(
    lines: Sequence[DecisionLine], key: Callable[[DecisionLine], Iterable[str]]
) -> Mapping[str, Agreement]:
    """Agreement within each group; a decision may stand in several (one for each rule that fired)."""
    groups: dict[str, list[DecisionLine]] = {}
    for line in lines:
        for name in key(line):
            groups.setdefault(name, []).append(line)
    return {name: agreement(found) for name, found in sorted(groups.items())}


@dataclass(frozen=True, slots=True)
class OfficerHabit:
    """How one officer decides. `alarm` says in words what needs a conversation, or is empty."""

    officer: str
    decisions: int
    overrides: int
    median_dwell: timedelta
    alarm: str


SHORTEST_DWELL = timedelta(seconds=60)
ENOUGH_DECISIONS = 10


def habits(lines: Iterable[DecisionLine]) -> tuple[OfficerHabit, ...]:
    by_officer: dict[str, list[DecisionLine]] = {}
    for line in lines:
        by_officer.setdefault(line.officer, []).append(line)
    return tuple(_habit(officer, found) for officer, found in sorted(by_officer.items()))


def _middle(lengths: Sequence[timedelta]) -> timedelta:
    return timedelta(seconds=median(length.total_seconds() for length in lengths))


def _habit(officer: str, lines: Sequence[DecisionLine]) -> OfficerHabit:
    overrides = sum(line.action == "override" for line in lines)
    dwell = _middle([line.dwell for line in lines])
    alarm = ""
    if len(lines) >= ENOUGH_DECISIONS and overrides == 0:
        alarm = f"no override in {len(lines)} decisions"
    if len(lines) >= ENOUGH_DECISIONS and dwell < SHORTEST_DWELL:
        alarm = " and ".join(
            filter(None, (alarm, f"half of them within {dwell.total_seconds():.0f} seconds of opening"))
        )
    return OfficerHabit(officer, len(lines), overrides, dwell, alarm)


def seeded_caught(lines: Iterable[DecisionLine], seeded: Mapping[str, str]) -> Share:
    """Of the seeded checks (requests with a known wrong proposal), how many ended at the known right level."""
    judged = [line for line in lines if line.request_id in seeded and line.action in _VERDICTS]
    return Share(sum(line.level == seeded[line.request_id] for line in judged), len(judged))


@dataclass(frozen=True, slots=True)
class Timeliness:
    decided_in_time: Share
    median_to_open: timedelta | None
    median_to_decide: timedelta | None
    unopened: int


def timeliness(lines: Sequence[RequestLine]) -> Timeliness:
    decided = [line for line in lines if line.decided_at]
    with_clock = [line for line in decided if line.due_at]
    in_time = sum(line.decided_at <= line.due_at for line in with_clock if line.decided_at and line.due_at)
    opened = [line.opened_at - line.sent_at for line in lines if line.opened_at]
    waited = [line.decided_at - line.sent_at for line in decided if line.decided_at]
    return Timeliness(
        Share(in_time, len(with_clock)),
        _middle(opened) if opened else None,
        _middle(waited) if waited else None,
        sum(line.opened_at is None and line.state in ("sent", "abandoned") for line in lines),
    )


BANDS = ((31, "within 1 month"), (92, "1 to 3 months"), (183, "3 to 6 months"), (366, "6 to 12 months"))


def re_referrals(lines: Iterable[RequestLine]) -> tuple[Mapping[str, int], Share]:
    """Re-referrals by band (S004 section 3.4), and the share of all requests that come again within a year."""
    bands = {name: 0 for _, name in BANDS}
    total = 0
    for line in lines:
        total += 1
        if (name := band(line.again_after_days)) is not None:
            bands[name] += 1
    return bands, Share(sum(bands.values()), total)


def band(days: int | None) -> str | None:
    return None if days is None else next((name for limit, name in BANDS if days <= limit), None)


def counts(lines: Iterable[RequestLine], key: Callable[[RequestLine], str | None]) -> Mapping[str, int]:
    found = Counter(key(line) or "not known" for line in lines)
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


SMALLEST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class GroupLine:
    """How one group fared. None throughout where its figures are not shown."""

    requests: int | None
    in_time: Share | None = None
    help_proposed: Share | None = None


HELP = frozenset({"early_responders", "targeted_support", "mash_referral", "emergency"})


def by_group(lines: Iterable[RequestLine], group_of: Mapping[str, str]) -> Mapping[str, GroupLine]:
    """Requests, timeliness and help by group; `group_of` is by request, who said nothing is a group of their own.

    A group under five is not shown; and where only one is hidden, the next smallest is hidden with it, because the hidden
    figure could be worked out from the sum.
    """
    groups: dict[str, list[RequestLine]] = {}
    for line in lines:
        groups.setdefault(group_of.get(line.id, "not said"), []).append(line)
    hidden = _hidden({name: len(found) for name, found in groups.items()})
    return {name: GroupLine(None) if name in hidden else _fared(found) for name, found in sorted(groups.items())}


def _hidden(sizes: Mapping[str, int]) -> frozenset[str]:
    small = {name for name, size in sizes.items() if size < SMALLEST_SHOWN}
    if len(small) == 1 and len(sizes) > 1:
        small.add(min((name for name in sizes if name not in small), key=lambda name: (sizes[name], name)))
    return frozenset(small)


def _fared(lines: Sequence[RequestLine]) -> GroupLine:
    helped = sum(line.route in HELP for line in lines)
    return GroupLine(len(lines), timeliness(lines).decided_in_time, Share(helped, len(lines)))


def breakdown(
    lines: Sequence[RequestLine], key: Callable[[RequestLine], str | None], hit: Callable[[RequestLine], bool]
) -> Mapping[str, Share | None]:
    """A share for each group; groups too small to be anonymous are None, and so is what would give one away."""
    groups: dict[str, list[RequestLine]] = {}
    for line in lines:
        groups.setdefault(key(line) or "not known", []).append(line)
    hidden = _hidden({name: len(found) for name, found in groups.items()})
    return {
        name: None if name in hidden else Share(sum(map(hit, found)), len(found))
        for name, found in sorted(groups.items())
    }
