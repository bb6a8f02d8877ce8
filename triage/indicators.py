"""The indicators that the sources ask for, counted from what the desk keeps, beside the figures that the sources printed.

Each names its clause. What the desk cannot know is said with the reason, never estimated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from triage.desk import Allocation, SampleReview, Task
from triage.oversight import HELP, RequestLine, Share, re_referrals
from triage.ports import AuditEvent

REVIEWS = frozenset({"review"})
SUSTAINED = timedelta(days=183)
LONGEST = timedelta(days=365)
MASH = frozenset({"mash_referral", "emergency"})

AUDITED = {
    "reason_recorded": ("Rationale and authorisation recorded", ""),
    "voice": ("Child's voice in the audited record", "weak in 3 audits (was 13)"),
    "level_right": ("Level right for what was said", ""),
    "told": ("Family and referrer told", ""),
}


@dataclass(frozen=True, slots=True)
class Desk:
    """What is counted over. `sent` are the requests of the period, `before` those of the same length before it."""

    sent: Sequence[RequestLine]
    before: Sequence[RequestLine]
    tasks: Sequence[Task]
    allocations: Sequence[Allocation]
    audits: Sequence[SampleReview]
    steps: Sequence[AuditEvent]  # step ups, step downs and reopenings, of any time
    today: date
    now: datetime


@dataclass(frozen=True, slots=True)
class Indicator:
    """One line. A share or a number; `printed` is what the source itself reported, in its own year."""

    name: str
    clause: str
    now: Share | int
    before: Share | int | None = None
    printed: str = ""


def indicators(desk: Desk) -> tuple[Indicator, ...]:
    return (*_demand(desk), *_again(desk), *_work(desk), *_audits(desk))


def _demand(desk: Desk) -> tuple[Indicator, ...]:
    sent, before = desk.sent, desk.before
    return (
        Indicator("Requests", "S004 3.1", len(sent), len(before), "+25.3 % from December 2015 to April 2018"),
        Indicator("From professionals", "S002 ¶19", _share(sent, _professional), _share(before, _professional),
                  "the nature of contacts shifted, not their number"),
        Indicator("To MASH or emergency", "S002 ¶19", _share(sent, _to_mash), _share(before, _to_mash),
                  "lower than predicted"),
        Indicator("Help proposed or decided", "S004 9.3", _share(sent, _helped), _share(before, _helped)),
    )  # fmt: skip


def _share(lines: Sequence[RequestLine], hit: Callable[[RequestLine], bool]) -> Share:
    return Share(sum(map(hit, lines)), len(lines))


def _professional(line: RequestLine) -> bool:
    return line.audience == "professional"


def _to_mash(line: RequestLine) -> bool:
    return line.route in MASH


def _helped(line: RequestLine) -> bool:
    return line.route in HELP


def _again(desk: Desk) -> tuple[Indicator, ...]:
    bands, again = re_referrals(desk.sent)
    _, before = re_referrals(desk.before)
    printed = dict(zip(bands, ("34.2 %", "19.1 %", "17.8 %", "28.9 %"), strict=True))
    return (
        Indicator("Re-referrals within a year", "S004 3.2", again, before, "36.3 % in 2017/18"),
        *(
            Indicator(f"of these {name}", "S004 3.4", Share(number, again.hits), None, printed[name])
            for name, number in bands.items()
        ),
    )


def _work(desk: Desk) -> tuple[Indicator, ...]:
    held = [one for one in desk.allocations if one.ended_on is None]
    long = sum(desk.today - one.started_on > LONGEST for one in held)
    return (
        Indicator("Plans reviewed in time", "S004 8.1; S000 value 6", reviewed_in_time(desk.tasks, desk.today)),
        Indicator("Reviews overdue now (drift)", "S002 ¶17", len(overdue_reviews(desk.tasks, desk.today))),
        Indicator("With a worker for more than 12 months", "S001 4.1", Share(long, len(held)), None, "at most 12 months"),
        Indicator("Same worker kept at a change", "S000 value 4", _same_worker(desk.allocations)),
        Indicator("Step downs sustained for six months", "S004 9.3", sustained(desk.steps, desk.now)),
    )  # fmt: skip


def reviewed_in_time(tasks: Iterable[Task], today: date) -> Share:
    """Of the reviews that were due by today, those done by their day."""
    due = [task for task in tasks if task.kind in REVIEWS and task.due_on <= today]
    done = sum(task.done_at is not None and task.done_at.date() <= task.due_on for task in due)
    return Share(done, len(due))


def overdue_reviews(tasks: Iterable[Task], today: date) -> list[Task]:
    return [task for task in tasks if task.kind in REVIEWS and task.done_at is None and task.due_on < today]


def _same_worker(allocations: Sequence[Allocation]) -> Share:
    """Of the allocations of a request that had a worker before."""
    first: set[str] = set()
    later = []
    for one in sorted(allocations, key=lambda one: one.started_on):
        if one.request_id in first:
            later.append(one)
        first.add(one.request_id)
    return Share(sum(one.same_worker for one in later), len(later))


def sustained(steps: Iterable[AuditEvent], now: datetime) -> Share:
    """Of the step downs at least six months old, those after which nothing stepped up or was reopened within six months."""
    by_request: dict[str, list[AuditEvent]] = {}
    for step in sorted(steps, key=lambda step: step.at):
        by_request.setdefault(step.subject, []).append(step)
    held = of = 0
    for found in by_request.values():
        for place, step in enumerate(found):
            if step.action == "request.step_down" and now - step.at >= SUSTAINED:
                of += 1
                held += not any(_undoes(later, step) for later in found[place + 1 :])
    return Share(held, of)


def _undoes(later: AuditEvent, step: AuditEvent) -> bool:
    return later.action in ("request.step_up", "request.reopen") and later.at - step.at < SUSTAINED


def _audits(desk: Desk) -> tuple[Indicator, ...]:
    return tuple(
        Indicator(name, "S002 ¶16", answered_yes(desk.audits, question), None, printed)
        for question, (name, printed) in AUDITED.items()
    )


def answered_yes(audits: Iterable[SampleReview], question: str) -> Share:
    asked = [audit.answers.get(question) for audit in audits]
    counted = [answer for answer in asked if answer in ("yes", "partly", "no")]
    return Share(counted.count("yes"), len(counted))


NOT_COUNTED: Mapping[str, str] = {
    "Child protection plans, children looked after (S004 9.3)": "kept in the case-management system",
    "Family group conferences, visits (S004 9.3)": "kept in the case-management system",
    "Priority Families outcomes, attendance above 90 % (S001 3.2)": "measured after the work, by school and partners",
    "Child in need review before a step down, 91 % (S002 ¶16)": "the plan stays in the case-management system",
    "Management oversight, 72 %, lead professional, 75 % (S002 ¶16)": "read in the case file, not at the front door",
    "Feedback and distance travelled (S002 ¶18, S004 9.1)": "no survey is sent from here",
    "Statistical neighbours (S004 11.1)": "published figures, not ours: set beside ours by hand",
}
