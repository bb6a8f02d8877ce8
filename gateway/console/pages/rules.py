"""The thresholds in words, and the drafts of their next versions."""

from __future__ import annotations

from datetime import date

from aiohttp import web

from gateway.console.draft_book import pack_named, within_reach
from gateway.console.rules.reading import rule_lines
from gateway.console.visit import Route, Visit
from gateway.packs import deployed
from policies.engine import NoPackInForce, Pack, PolicySet
from policies.engine.signing import standing_of
from triage.permissions import Permission


def show(visit: Visit) -> web.Response:
    """The packs in force, and the drafts."""
    packs, today = deployed(visit.console.policies_dir), visit.console.today()
    with visit.console.units() as unit:
        drafts = [one for one in unit.desk.policy_drafts.find(order="-created_at") if within_reach(visit, one.base)]
        unit.audit(visit.console.event(visit.actor, "rules.read", "desk:rules"))
        unit.commit()
    names = sorted({pack.name for pack in packs.packs.values() if within_reach(visit, pack.full_name)})
    standing = [pack for name in names if (pack := _in_force(packs, name, today)) is not None]
    signed = {pack.full_name: standing_of(pack).in_words() for pack in standing}
    return visit.page("rules.html", standing=standing, signed=signed, drafts=drafts, today=today)


def _in_force(packs: PolicySet, name: str, on: date) -> Pack | None:
    try:
        return packs.for_authority(name, on=on)
    except NoPackInForce:
        return None


def show_pack(visit: Visit) -> web.Response:
    packs, pack = deployed(visit.console.policies_dir), pack_named(visit, visit.path["pack"])
    on = max(visit.console.today(), pack.text.in_force_from)
    lines = rule_lines(packs, pack, on, visit.console.source_titles)
    with visit.console.units() as unit:
        unit.audit(visit.console.event(visit.actor, "rules.read", f"rules:{pack.full_name}"))
        unit.commit()
    return visit.page("rules_pack.html", pack=pack, lines=lines, draft=None)


ROUTES = (
    Route("GET", "/rules", Permission.READ_RULES, show),
    Route("GET", "/rules/packs/{pack}", Permission.READ_RULES, show_pack),
)
