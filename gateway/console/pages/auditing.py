"""The audit log, to read and to check. There is no way to change it; dip-sample reviews stand beside it."""

from __future__ import annotations

import hashlib

from aiohttp import web

from gateway.console.pages.steps import needed
from gateway.console.reach import reach_of, within_reach
from gateway.console.visit import Route, Visit
from triage.deciding import ChoiceIncomplete
from triage.desk import SampleReview, Switch
from triage.desk_ports import DeskUnit
from triage.permissions import Permission
from triage.request import Level

PAGE = 100
SAMPLE, MOST_DRAWN_FROM, MOST_DONE = 10, 2_000, 50
DECIDED = ("to_allocate", "unmet", "allocated", "referred", "transferred", "closed")
QUESTIONS = {
    "level_right": "Is the level right for what was said?",
    "reason_recorded": "Is the reason for the decision recorded, and does it hold?",
    "consent_recorded": "Is it recorded who agreed, and with what standing?",
    "voice": "Is the child's voice there?",
    "timely": "Was it opened and decided in time?",
    "told": "Were the family and the referrer told, where that was safe?",
}
ANSWERS = ("yes", "partly", "no", "not_applicable")


def show(visit: Visit) -> web.Response:
    text = visit.query.get("q", "").strip()[:100]
    page = visit.query.get("page", "1")
    number = max(1, int(page) if page.isdecimal() and len(page) < 7 else 1)
    with visit.console.units() as unit:
        sought = _sought(unit, text)
        events = unit.desk.trail.latest(text=sought, limit=PAGE, offset=(number - 1) * PAGE)
        total = unit.desk.trail.count(text=sought)
        unit.audit(visit.console.event(visit.actor, "audit.read", "desk:audit", text))
        unit.commit()
    return visit.page(
        "audit.html", events=events, total=total, text=text, number=number, pages=-(-total // PAGE) or 1, verdict=None
    )


def _sought(unit: DeskUnit, text: str) -> str:
    """The account of an officer whose name was typed: the log keeps accounts."""
    named = [one.id for one in unit.desk.officers.all() if one.name.casefold() == text.casefold()]
    return f"officer:{named[0]}" if len(named) == 1 else text


def verify(visit: Visit) -> web.Response:
    # a long log takes a while to walk: nobody who writes waits for it
    with visit.console.units.reading() as unit:
        broken = unit.desk.trail.verify()
        total = unit.desk.trail.count()
        events = unit.desk.trail.latest(limit=PAGE)
    verdict = f"Broken at event {broken.seq}: {broken.what}." if broken else f"All {total} events hold."
    with visit.console.units() as unit:
        unit.audit(visit.console.event(visit.actor, "audit.verified", "desk:audit", verdict))
        unit.commit()
    return visit.page(
        "audit.html", events=events, total=total, text="", number=1, pages=-(-total // PAGE) or 1, verdict=verdict
    )


def reviews(visit: Visit) -> web.Response:
    """A dip sample that nobody can pick: decided requests in the order of a hash of their id and the month."""
    month = f"{visit.console.today():%Y-%m}"
    decided = reach_of(visit.officer, states=DECIDED, limit=MOST_DRAWN_FROM, sort="newest")
    with visit.console.units() as unit:
        rows = unit.desk.queue.rows(decided)
        done = unit.desk.sample_reviews.find(order="-at")
        seen = within_reach(unit, visit.officer, (one.request_id for one in done))
        unit.audit(visit.console.event(visit.actor, "reviews.read", "desk:reviews"))
        unit.commit()
    reviewed = {review.request_id for review in done}
    drawn = sorted(rows, key=lambda row: hashlib.sha256(f"{month}:{row.id}".encode()).digest())
    sample = [row for row in drawn if row.id not in reviewed][:SAMPLE]
    shown = [one for one in done if one.request_id in seen][:MOST_DONE]
    return visit.page(
        "reviews.html", sample=sample, done=shown, questions=QUESTIONS, answers=ANSWERS,
        references={row.id: row.reference for row in rows}, month=f"{visit.console.today():%B %Y}",
    )  # fmt: skip


def review(visit: Visit) -> web.Response:
    answers = {name: visit.form.get(name, "") for name in QUESTIONS}
    if missing := [name for name, answer in answers.items() if answer not in ANSWERS]:
        raise ChoiceIncomplete({name: QUESTIONS[name] for name in missing})
    with visit.on_request(Permission.REVIEW_SAMPLE, why="dip-sample review") as (unit, request):
        kept = SampleReview(
            visit.console.ids.new(), request.id, visit.officer.id, visit.console.now(), answers,
            visit.form.get("note", "").strip(),
        )  # fmt: skip
        event = visit.console.event(visit.actor, "sample.reviewed", f"request:{request.id}", "", **answers)
        unit.desk.sample_reviews.add(kept, event)
    return visit.go("/console/reviews")


def seed(visit: Visit) -> web.Response:
    """Mark a request as a seeded check: its proposal is known to be wrong, and this is the right level."""
    level = needed(visit, "level", "Choose the level that is right.")
    if level not in set(Level):
        raise ChoiceIncomplete({"level": "Choose the level that is right."})
    with visit.console.units() as unit:
        request = visit.request(
            unit, Permission.REVIEW_SAMPLE, why="read"
        )  # officers see the timeline: it must not say more
        mark = Switch(f"seed:{request.id}", level, visit.console.now(), visit.officer.id)
        unit.desk.switches.save(mark, visit.console.event(visit.actor, "check.seeded", f"seed:{request.id}"))
        unit.commit()
    return visit.go("/console/reviews")


ROUTES = (
    Route("GET", "/audit", Permission.READ_AUDIT, show),
    Route("POST", "/audit/verify", Permission.READ_AUDIT, verify),
    Route("GET", "/reviews", Permission.REVIEW_SAMPLE, reviews),
    Route("POST", "/requests/{request_id}/review", Permission.REVIEW_SAMPLE, review),
    Route("POST", "/requests/{request_id}/seed", Permission.REVIEW_SAMPLE, seed),
)
