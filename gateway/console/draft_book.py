"""Drafts of rules as they are kept: found where they are in reach, and changed only while they are open."""

from __future__ import annotations

from gateway.console.visit import NotFound, Visit
from gateway.packs import deployed
from policies.engine import Pack
from triage.desk import PolicyDraft
from triage.desk_ports import DeskUnit, StaleRecord
from triage.ports import AuditEvent

LAW = "england"
OPEN, SIGNED, WITHDRAWN = "open", "signed", "withdrawn"


def within_reach(visit: Visit, full_name: str) -> bool:
    """A pack of one's own authorities; the law of England is everybody's to read, and nobody's to change."""
    return not visit.officer.authorities or full_name.split("@")[0] in {*visit.officer.authorities, LAW}


def pack_named(visit: Visit, full_name: str) -> Pack:
    packs = deployed(visit.console.policies_dir)
    if full_name not in packs.packs or not within_reach(visit, full_name):
        raise NotFound
    return packs.named(full_name)


def draft_here(visit: Visit) -> PolicyDraft:
    """The draft that the address names. Raises NotFound."""
    with visit.console.units.reading() as unit:
        draft = unit.desk.policy_drafts.get(visit.path["draft_id"])
    if draft is None or not within_reach(visit, draft.base):
        raise NotFound
    return draft


def open_draft_here(visit: Visit) -> PolicyDraft:
    draft = draft_here(visit)
    if draft.state != OPEN:
        raise StaleRecord(f"the draft is {draft.state}")
    return draft


def keep(unit: DeskUnit, read: PolicyDraft, changed: PolicyDraft, event: AuditEvent) -> None:
    """Raises StaleRecord where somebody else changed, signed or withdrew it since it was read."""
    if unit.desk.policy_drafts.get(read.id) != read:
        raise StaleRecord("the draft has changed since the page was opened")
    unit.desk.policy_drafts.save(changed, event)


def event_of(visit: Visit, draft: PolicyDraft, action: str, why: str = "", **details: object) -> AuditEvent:
    return visit.console.event(visit.actor, f"rules.{action}", subject_of(draft), why, **details)


def subject_of(draft: PolicyDraft) -> str:
    return f"policy_draft:{draft.id}"


def address_of(draft: PolicyDraft) -> str:
    return f"/console/rules/drafts/{draft.id}"
