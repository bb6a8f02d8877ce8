"""What a draft would change, the name under it, and the files that leave for whoever deploys them."""

from __future__ import annotations

from dataclasses import replace

from aiohttp import web

from gateway.console.draft_book import (
    SIGNED,
    address_of,
    draft_here,
    event_of,
    keep,
    open_draft_here,
    subject_of,
)
from gateway.console.pages.drafts import lines_of
from gateway.console.rules.drafting import Findings, Recorded, look_once
from gateway.console.rules.packing import ChangedSince, packed
from gateway.console.visit import NotFound, Route, Visit
from triage.deciding import ChoiceIncomplete
from triage.desk import PolicyDraft, Signature
from triage.desk_ports import StaleRecord
from triage.permissions import Permission

MOST_REQUESTS = 2_000  # that a draft is tried on, the newest: some seconds of work


def check(visit: Visit) -> web.Response:
    """The gates, and exactly whose route changes."""
    draft = draft_here(visit)
    findings = _look(visit, draft)
    with visit.console.units() as unit:
        signatures = unit.desk.signatures.find(what=subject_of(draft), order="at")
        unit.audit(event_of(visit, draft, "checked", findings.version))
        unit.commit()
    lines = {line.place(value): (line, value) for line in lines_of(visit, draft) for value in line.values}
    edits = [(*lines[place], new) for place, new in draft.edits.items() if place in lines]
    return visit.page("rules_check.html", draft=draft, findings=findings, edits=edits, signatures=signatures)


def _look(visit: Visit, draft: PolicyDraft) -> Findings:
    with visit.console.units.reading() as unit:
        stored = unit.desk.figures.known(draft.base.split("@")[0], MOST_REQUESTS, hidden=visit.officer.own_family)
    return look_once(visit.console.policies_dir, draft, [Recorded(reference, facts) for reference, facts in stored])


def sign(visit: Visit) -> web.Response:
    """A name under exactly the files that were checked. What is malformed or breaks a promise cannot be signed."""
    draft = open_draft_here(visit)
    files = _read_and_sound(visit, draft)
    signature = Signature(
        visit.console.ids.new(), subject_of(draft), files, visit.officer.id, visit.officer.name,
        "safeguarding_lead", visit.console.now(), draft.why,
    )  # fmt: skip
    with visit.console.units() as unit:
        unit.desk.signatures.add(signature, event_of(visit, draft, "signed", draft.why, files=files))
        keep(unit, draft, replace(draft, state=SIGNED), event_of(visit, draft, "draft_signed"))
        unit.commit()
    return visit.go(f"{address_of(draft)}/check")


def _read_and_sound(visit: Visit, draft: PolicyDraft) -> str:
    """The version of the files that were read. Raises where they are others now, unsound, or not read."""
    findings = _look(visit, draft)
    if visit.form.get("files") != findings.version:
        raise StaleRecord("the draft has changed since the page was opened")
    if not findings.may_be_signed or not draft.edits:
        raise ChoiceIncomplete({"sign": "This draft changes nothing, or breaks a promise. It cannot be signed."})
    if "read" not in visit.form:
        raise ChoiceIncomplete({"read": "Confirm that you have read whose route changes."})
    return findings.version


def download(visit: Visit) -> web.Response:
    """For whoever deploys: the folder of the signed version, to be put under packs/ of the policies."""
    draft = draft_here(visit)
    if draft.state != SIGNED:
        raise NotFound
    with visit.console.units.reading() as unit:
        signature = unit.desk.signatures.find(what=subject_of(draft), order="at")[-1]
    try:
        body = packed(visit.console.policies_dir, draft, signature)
    except ChangedSince as changed:
        raise StaleRecord(str(changed)) from None
    with visit.console.units() as unit:
        unit.audit(event_of(visit, draft, "taken_out"))
        unit.commit()
    name = f"{draft.base.split('@')[0]}-{draft.version}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return web.Response(body=body, content_type="application/zip", headers=headers)


_AT = "/rules/drafts/{draft_id}"
ROUTES = (
    Route("GET", f"{_AT}/check", Permission.READ_RULES, check),
    Route("POST", f"{_AT}/sign", Permission.DRAFT_RULES, sign),
    Route("GET", f"{_AT}/pack.zip", Permission.READ_RULES, download),
)
