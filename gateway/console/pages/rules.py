"""The thresholds in words; and, for the safeguarding lead, a draft of the next version with all that it would change."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from aiohttp import web

from gateway.console.pages.steps import needed
from gateway.console.rules.drafting import Asked, ChangedSince, Findings, look, packed
from gateway.console.rules.reading import RuleLine, rule_lines
from gateway.console.rules.values import NotAValue
from gateway.console.visit import NotFound, Route, Visit
from policies.engine import NoPackInForce, Pack, PolicySet
from policies.engine.signing import standing_of
from triage.deciding import ChoiceIncomplete
from triage.desk import PolicyDraft, Signature
from triage.desk_ports import DeskUnit, StaleRecord
from triage.permissions import NotAllowed, Permission

MOST_REQUESTS = 2_000
VERSION = re.compile(r"\d{4}\.\d{1,3}\Z")
OPEN, SIGNED, WITHDRAWN = "open", "signed", "withdrawn"


@lru_cache(maxsize=2)
def _packs(folder: Path) -> PolicySet:
    """As they were deployed: like the bot, the console reads them once."""
    return PolicySet.load(folder)


# ---- reading ----------------------------------------------------------------------------------------


def show(visit: Visit) -> web.Response:
    """The packs in force, and the drafts."""
    packs, today = _packs(visit.console.policies_dir), visit.console.today()
    with visit.console.units() as unit:
        drafts = [one for one in unit.desk.policy_drafts.find(order="-created_at") if _within_reach(visit, one.base)]
        unit.audit(visit.console.event(visit.actor, "rules.read", "desk:rules"))
        unit.commit()
    names = sorted({pack.name for pack in packs.packs.values() if _within_reach(visit, pack.full_name)})
    standing = [pack for name in names if (pack := _in_force(packs, name, today)) is not None]
    signed = {pack.full_name: standing_of(pack).in_words() for pack in standing}
    return visit.page("rules.html", standing=standing, signed=signed, drafts=drafts, today=today)


def show_pack(visit: Visit) -> web.Response:
    packs = _packs(visit.console.policies_dir)
    pack = _pack(visit, packs, visit.path["pack"])
    on = max(visit.console.today(), pack.text.in_force_from)
    lines = rule_lines(packs, pack, on, visit.console.source_titles)
    with visit.console.units() as unit:
        unit.audit(visit.console.event(visit.actor, "rules.read", f"rules:{pack.full_name}"))
        unit.commit()
    return visit.page("rules_pack.html", pack=pack, lines=lines, draft=None, tomorrow=on)


def _within_reach(visit: Visit, full_name: str) -> bool:
    """A pack of one's own authorities; the law of England is everybody's to read, and nobody's to change."""
    return not visit.officer.authorities or full_name.split("@")[0] in {*visit.officer.authorities, "england"}


def _in_force(packs: PolicySet, name: str, on: date) -> Pack | None:
    try:
        return packs.for_authority(name, on=on)
    except NoPackInForce:
        return None


def _pack(visit: Visit, packs: PolicySet, full_name: str) -> Pack:
    if full_name not in packs.packs or not _within_reach(visit, full_name):
        raise NotFound
    return packs.named(full_name)


# ---- drafting ---------------------------------------------------------------------------------------


def begin(visit: Visit) -> web.Response:
    """A draft starts as a copy. Its number and first day are its own."""
    packs = _packs(visit.console.policies_dir)
    base = _pack(visit, packs, needed(visit, "base", "Choose the pack."))
    if base.name == "england":
        raise NotAllowed("The law of England is not a council's to change. Draft a change of your own pack.")
    version = needed(visit, "version", "Give the new version, such as 2027.1.")
    if not VERSION.match(version) or f"{base.name}@{version}" in packs.packs:
        raise ChoiceIncomplete({"version": "A version that does not exist yet, such as 2027.1."})
    draft = PolicyDraft(
        visit.console.ids.new(), base.full_name, version, _first_day(visit, base),
        needed(visit, "why", "Say why, in one sentence."), {}, visit.console.now(), visit.officer.id,
    )  # fmt: skip
    with visit.console.units() as unit:
        event = visit.console.event(visit.actor, "rules.drafted", _subject(draft), draft.why, base=draft.base)
        unit.desk.policy_drafts.add(draft, event)
        unit.commit()
    return visit.go(f"/console/rules/drafts/{draft.id}")


def _first_day(visit: Visit, base: Pack) -> date:
    try:
        day = date.fromisoformat(visit.form.get("in_force_from", ""))
    except ValueError:
        raise ChoiceIncomplete({"in_force_from": "Give the first day."}) from None
    if day <= base.text.in_force_from:
        raise ChoiceIncomplete({"in_force_from": f"A day after {base.text.in_force_from}, on which the pack began."})
    return day


def show_draft(visit: Visit) -> web.Response:
    draft = _draft(visit)
    return _draft_page(visit, draft, {})


def _draft_page(visit: Visit, draft: PolicyDraft, problems: dict[str, str], status: int = 200) -> web.Response:
    packs, lines = _lines(visit, draft)
    return visit.page(
        "rules_pack.html", status=status, pack=packs.named(draft.base), lines=lines, draft=draft, problems=problems,
        tomorrow=draft.in_force_from,
    )  # fmt: skip


def _lines(visit: Visit, draft: PolicyDraft) -> tuple[PolicySet, list[RuleLine]]:
    packs = _packs(visit.console.policies_dir)
    return packs, rule_lines(packs, packs.named(draft.base), draft.in_force_from, visit.console.source_titles)


def save(visit: Visit) -> web.Response:
    """Keeps what differs from the pack that stands. A value that cannot be is said, and nothing is kept."""
    draft = _open_draft(visit)
    edits, problems = _edits(_lines(visit, draft)[1], visit)
    if problems:
        return _draft_page(visit, draft, problems, 422)
    with visit.console.units() as unit:
        event = visit.console.event(visit.actor, "rules.changed", _subject(draft), "", edits=edits)
        unit.desk.policy_drafts.save(replace(draft, edits=edits), event)
        unit.commit()
    return visit.go(f"/console/rules/drafts/{draft.id}/check")


def _edits(lines: list[RuleLine], visit: Visit) -> tuple[dict[str, str], dict[str, str]]:
    edits, problems = {}, {}
    for line in lines:
        for value in line.values:
            place = line.place(value)
            typed = visit.form.get(place, value.now).strip()
            try:
                if typed != value.now:
                    edits[place] = value.checked(typed)
            except NotAValue as error:
                problems[place] = f"{line.name.replace('_', ' ')}: {error}"
    return edits, problems


def check(visit: Visit) -> web.Response:
    """The gates, and exactly whose route changes."""
    draft = _draft(visit)
    findings = _look(visit, draft)
    with visit.console.units() as unit:
        signatures = unit.desk.signatures.find(what=_subject(draft), order="at")
        unit.audit(visit.console.event(visit.actor, "rules.checked", _subject(draft), findings.version))
        unit.commit()
    lines = {line.place(value): (line, value) for line in _lines(visit, draft)[1] for value in line.values}
    edits = [(*lines[place], new) for place, new in draft.edits.items() if place in lines]
    return visit.page("rules_check.html", draft=draft, findings=findings, edits=edits, signatures=signatures)


def _look(visit: Visit, draft: PolicyDraft) -> Findings:
    with visit.console.units.reading() as unit:
        stored = unit.desk.figures.known(draft.base.split("@")[0], MOST_REQUESTS, hidden=visit.officer.own_family)
    asked = [Asked(reference, facts) for reference, facts in stored]
    return _looked(visit.console.policies_dir, Question(draft, asked))


class Question:
    """A draft and the requests that it is tried on: equal where both are, so that signing need not prove it all again."""

    def __init__(self, draft: PolicyDraft, asked: list[Asked]) -> None:
        self.draft, self.asked = draft, asked
        first_day = draft.in_force_from.isoformat()
        requests = [(one.reference, one.facts) for one in asked]
        self._key = json.dumps([draft.base, draft.version, first_day, draft.why, draft.edits, requests], sort_keys=True)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Question) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)


@lru_cache(maxsize=8)
def _looked(policies: Path, question: Question) -> Findings:
    return look(policies, question.draft, question.asked)


def sign(visit: Visit) -> web.Response:
    """A name under exactly the files that were checked. What is malformed or breaks a promise cannot be signed."""
    draft = _open_draft(visit)
    findings = _look(visit, draft)
    if visit.form.get("files") != findings.version:
        raise StaleRecord("the draft has changed since the page was opened")
    if not findings.may_be_signed or not draft.edits:
        raise ChoiceIncomplete({"sign": "This draft changes nothing, or breaks a promise. It cannot be signed."})
    if "read" not in visit.form:
        raise ChoiceIncomplete({"read": "Confirm that you have read whose route changes."})
    signature = Signature(
        visit.console.ids.new(), _subject(draft), findings.version, visit.officer.id, visit.officer.name,
        "safeguarding_lead", visit.console.now(), draft.why,
    )  # fmt: skip
    with visit.console.units() as unit:
        event = visit.console.event(visit.actor, "rules.signed", _subject(draft), draft.why, files=findings.version)
        unit.desk.signatures.add(signature, event)
        _end(visit, unit, draft, SIGNED)
        unit.commit()
    return visit.go(f"/console/rules/drafts/{draft.id}/check")


def withdraw(visit: Visit) -> web.Response:
    draft = _open_draft(visit)
    with visit.console.units() as unit:
        _end(visit, unit, draft, WITHDRAWN)
        unit.commit()
    return visit.go("/console/rules")


def _end(visit: Visit, unit: DeskUnit, draft: PolicyDraft, state: str) -> None:
    event = visit.console.event(visit.actor, f"rules.draft_{state}", _subject(draft))
    unit.desk.policy_drafts.save(replace(draft, state=state), event)


def download(visit: Visit) -> web.Response:
    """For whoever deploys: the folder of the signed version, to be put under packs/ of the policies."""
    draft = _draft(visit)
    if draft.state != SIGNED:
        raise NotFound
    with visit.console.units.reading() as unit:
        signature = unit.desk.signatures.find(what=_subject(draft), order="at")[-1]
    try:
        body = packed(visit.console.policies_dir, draft, signature)
    except ChangedSince as changed:
        raise StaleRecord(str(changed)) from None
    with visit.console.units() as unit:
        unit.audit(visit.console.event(visit.actor, "rules.taken_out", _subject(draft)))
        unit.commit()
    name = f"{draft.base.split('@')[0]}-{draft.version}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return web.Response(body=body, content_type="application/zip", headers=headers)


def _draft(visit: Visit) -> PolicyDraft:
    with visit.console.units.reading() as unit:
        draft = unit.desk.policy_drafts.get(visit.path["draft_id"])
    if draft is None or not _within_reach(visit, draft.base):
        raise NotFound
    return draft


def _open_draft(visit: Visit) -> PolicyDraft:
    draft = _draft(visit)
    if draft.state != OPEN:
        raise StaleRecord(f"the draft is {draft.state}")
    return draft


def _subject(draft: PolicyDraft) -> str:
    return f"policy_draft:{draft.id}"


_DRAFT = "/rules/drafts/{draft_id}"
ROUTES = (
    Route("GET", "/rules", Permission.READ_RULES, show),
    Route("GET", "/rules/packs/{pack}", Permission.READ_RULES, show_pack),
    Route("POST", "/rules/drafts", Permission.DRAFT_RULES, begin),
    Route("GET", _DRAFT, Permission.DRAFT_RULES, show_draft),
    Route("POST", _DRAFT, Permission.DRAFT_RULES, save),
    Route("GET", f"{_DRAFT}/check", Permission.READ_RULES, check),
    Route("POST", f"{_DRAFT}/sign", Permission.DRAFT_RULES, sign),
    Route("POST", f"{_DRAFT}/withdraw", Permission.DRAFT_RULES, withdraw),
    Route("GET", f"{_DRAFT}/pack.zip", Permission.READ_RULES, download),
)
