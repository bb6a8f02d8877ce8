"""The second look at what was marked for the next training, and the files of what was kept. The computer learns nothing by itself."""

from __future__ import annotations

from collections.abc import Sequence

import yaml
from aiohttp import web

from gateway.console.reach import within_reach
from gateway.console.visit import NotFound, Route, Visit
from triage.candidates import CATEGORIES, KEPT, KINDS, MARKED, Candidate, dropped, kept, training_files
from triage.deciding import ChoiceIncomplete
from triage.desk_ports import DeskUnit, StaleRecord
from triage.permissions import Permission


def show(visit: Visit) -> web.Response:
    with visit.console.units() as unit:
        waiting = _in_reach(visit, unit, unit.desk.training_candidates.find(state=MARKED, order="marked_at"))
        ready = _in_reach(visit, unit, unit.desk.training_candidates.find(state=KEPT, order="reviewed_at"))
        unit.audit(visit.console.event(visit.actor, "candidates.read", "desk:candidates"))
        unit.commit()
    return visit.page(
        "candidates.html", waiting=waiting, files=training_files(ready), kinds=KINDS, categories=CATEGORIES
    )


def _in_reach(visit: Visit, unit: DeskUnit, found: Sequence[Candidate]) -> list[Candidate]:
    """As its request is; once nothing leads to that any more, by authority alone."""
    seen = within_reach(unit, visit.officer, [one.request_id for one in found if one.request_id])
    return [one for one in found if (one.request_id in seen if one.request_id else _of_own_authority(visit, one))]


def _of_own_authority(visit: Visit, one: Candidate) -> bool:
    return not visit.officer.authorities or one.authority is None or one.authority in visit.officer.authorities


def review(visit: Visit) -> web.Response:
    """Keep it with a label, or drop it; what was kept can still be dropped. Raises StaleRecord after somebody else's look."""
    with visit.console.units() as unit:
        found = _here(visit, unit)
        if found.state not in (MARKED, KEPT) or visit.form.get("state") != found.state:
            raise StaleRecord("somebody else has read it since the page was opened")
        changed = _judged(visit, found)
        event = visit.console.event(
            visit.actor, f"candidate.{changed.state}", f"candidate:{found.id}", kind=found.kind, label=changed.label
        )
        unit.desk.training_candidates.save(changed, event)
        unit.commit()
    return visit.go(f"/console/candidates?done={changed.state}")


def _here(visit: Visit, unit: DeskUnit) -> Candidate:
    found = unit.desk.training_candidates.get(visit.path["candidate_id"])
    if found is None or not _in_reach(visit, unit, [found]):
        raise NotFound
    return found


def _judged(visit: Visit, found: Candidate) -> Candidate:
    answer, console = visit.form.get("answer"), visit.console
    if answer == "drop":
        return dropped(found, by=visit.officer.id, at=console.now())
    if answer != "keep":
        raise ChoiceIncomplete({"answer": "Choose: keep it or drop it."})
    if "read" not in visit.form:
        raise ChoiceIncomplete({"read": "Confirm that nobody can be told from these words."})
    label, _, category = visit.form.get("label", "").partition("/")
    return kept(found, visit.form.get("words", ""), label, category, by=visit.officer.id, at=console.now())


def export(visit: Visit) -> web.Response:
    """One training file as `data/safety/` has them: what was kept of one label and category, and nothing else."""
    name = visit.path["file"]
    with visit.console.units() as unit:
        ready = _in_reach(visit, unit, unit.desk.training_candidates.find(state=KEPT, order="reviewed_at"))
        lines = training_files(ready).get(name)
        if lines is None:
            raise NotFound
        unit.audit(visit.console.event(visit.actor, "candidates.exported", "desk:candidates", name, lines=len(lines)))
        unit.commit()
    headers = {"Content-Disposition": f'attachment; filename="{name}.yml"'}
    return web.Response(body=as_yaml(lines).encode(), content_type="application/yaml", headers=headers)


def as_yaml(lines: Sequence[Candidate]) -> str:
    """Raises IndexError where there is nothing to write."""
    first = lines[0]
    messages: dict[str, list[str]] = {}
    for one in lines:
        messages.setdefault(one.speaker, []).append(one.words)
    about = {"category": first.category} if first.category else {"looks_like": "marked"}
    facts = sorted({one.fact for one in lines if one.fact})
    head = (
        "# Marked by officers, masked, and kept by a second person. Read every line before it goes into data/safety.\n"
    )
    head += f"# Some were marked for a wrong fact, which concerns bot/text too: {', '.join(facts)}.\n" if facts else ""
    tree = {"label": first.label, **about, "messages": messages}
    return head + yaml.safe_dump(tree, allow_unicode=True, sort_keys=False, width=10_000)


ROUTES = (
    Route("GET", "/candidates", Permission.REVIEW_CANDIDATES, show),
    Route("POST", "/candidates/{candidate_id}/review", Permission.REVIEW_CANDIDATES, review),
    Route("GET", "/candidates/export/{file}.yml", Permission.REVIEW_CANDIDATES, export),
)
