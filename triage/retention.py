"""What may be deleted, and when. The council's schedule decides; without one nothing identified is deleted (law.md R01-R04)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

UNIDENTIFIED_DEFAULT_DAYS = 30


@dataclass(frozen=True, slots=True)
class Disposable:
    """One conversation with what became of it. `identified`: a child or an adult could be told from it."""

    conversation_id: str
    request_id: str | None
    last_at: datetime
    state: str  # of the request, or of the conversation where there is none
    route: str | None
    danger: str
    identified: bool
    held: bool


@dataclass(frozen=True, slots=True)
class Schedule:
    """Days to keep after the last change, by kind. A kind that is not set is kept: unknown never deletes.

    Kinds: `unidentified` (left before anything identifying and without danger), `closed`, and any route's name.
    """

    days: Mapping[str, int]

    def for_kind(self, kind: str) -> int | None:
        return self.days.get(kind)


@dataclass(frozen=True, slots=True)
class Verdict:
    item: Disposable
    delete: bool
    why: str


def judge(item: Disposable, schedule: Schedule, today: date) -> Verdict:
    """Whether one conversation goes, with the reason in words. A hold wins over everything."""
    if item.held:
        return Verdict(item, False, "held: nothing may be deleted while the hold stands")
    kind = _kind(item)
    if kind is None:
        return Verdict(item, False, f"still open ({item.state})")
    days = schedule.for_kind(kind)
    if days is None:
        return Verdict(item, False, f"no period is set for “{kind}”: kept")
    until = (item.last_at + timedelta(days=days)).date()
    if today <= until:
        return Verdict(item, False, f"kept until {until.isoformat()} ({kind}, {days} days)")
    return Verdict(item, True, f"{kind}: {days} days have passed since {item.last_at.date().isoformat()}")


def _kind(item: Disposable) -> str | None:
    """The row of the schedule that an item falls under; None while somebody still works with it."""
    if not item.identified and item.danger == "none" and item.state in ("draft", "open", "left", "closed"):
        return "unidentified"
    if item.state != "closed":
        return None
    return f"route:{item.route}" if item.route else "closed"


def judge_all(items: Iterable[Disposable], schedule: Schedule, today: date) -> tuple[Verdict, ...]:
    return tuple(judge(item, schedule, today) for item in items)


def schedule_of(settings: Mapping[str, str]) -> Schedule:
    """The schedule from its stored settings (`retention.closed` = "2190"). Raises ValueError on a bad number."""
    days = {"unidentified": UNIDENTIFIED_DEFAULT_DAYS}
    for name, value in settings.items():
        if name.startswith("retention."):
            days[name.removeprefix("retention.")] = _positive(name, value)
    closed = days.get("closed")
    routes = ("information", "early_responders", "targeted_support", "mash_referral", "emergency", "existing_worker",
              "other_authority")  # fmt: skip
    if closed is not None:
        for route in routes:
            days.setdefault(f"route:{route}", closed)
    return Schedule(days)


def _positive(name: str, value: str) -> int:
    if not value.isdecimal() or int(value) < 1:
        raise ValueError(f"{name} must be a whole number of days, at least 1, not {value!r}")
    return int(value)
