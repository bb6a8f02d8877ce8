"""A draft of a pack's next version, for the safeguarding lead: begun as a copy, changed value by value, withdrawn."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from aiohttp import web

from gateway.console.draft_book import (
    LAW,
    WITHDRAWN,
    address_of,
    draft_here,
    event_of,
    keep,
    open_draft_here,
    pack_named,
)
from gateway.console.pages.steps import needed
from gateway.console.rules.reading import RuleLine, rule_lines
from gateway.console.rules.values import NotAValue
from gateway.console.visit import Route, Visit
from gateway.packs import deployed
from policies.engine import Pack
from triage.deciding import ChoiceIncomplete
from triage.desk import PolicyDraft
from triage.permissions import NotAllowed, Permission

VERSION = re.compile(r"\d{4}\.\d{1,3}\Z")


def begin(visit: Visit) -> web.Response:
    """A draft starts as a copy. Its number and first day are its own."""
    base = pack_named(visit, needed(visit, "base", "Choose the pack."))
    if base.name == LAW:
        raise NotAllowed("The law of England is not a council's to change. Draft a change of your own pack.")
    draft = PolicyDraft(
        visit.console.ids.new(), base.full_name, _version(visit, base), _first_day(visit, base),
        needed(visit, "why", "Say why, in one sentence."), {}, visit.console.now(), visit.officer.id,
    )  # fmt: skip
    with visit.console.units() as unit:
        unit.desk.policy_drafts.add(draft, event_of(visit, draft, "drafted", draft.why, base=draft.base))
        unit.commit()
    return visit.go(address_of(draft))


def _version(visit: Visit, base: Pack) -> str:
    version = needed(visit, "version", "Give the new version, such as 2027.1.")
    if not VERSION.match(version) or f"{base.name}@{version}" in deployed(visit.console.policies_dir).packs:
        raise ChoiceIncomplete({"version": "A version that does not exist yet, such as 2027.1."})
    return version


def _first_day(visit: Visit, base: Pack) -> date:
    """Not before today: what was decided keeps the rules of its day."""
    try:
        day = date.fromisoformat(visit.form.get("in_force_from", ""))
    except ValueError:
        raise ChoiceIncomplete({"in_force_from": "Give the first day."}) from None
    if day <= base.text.in_force_from:
        raise ChoiceIncomplete({"in_force_from": f"A day after {base.text.in_force_from}, on which the pack began."})
    if day < visit.console.today():
        raise ChoiceIncomplete({"in_force_from": "Today or a later day: requests before it keep their rules."})
    return day


def show(visit: Visit) -> web.Response:
    return _page(visit, draft_here(visit), {})


def _page(visit: Visit, draft: PolicyDraft, problems: Mapping[str, str], status: int = 200) -> web.Response:
    return visit.page(
        "rules_pack.html", status=status, pack=pack_named(visit, draft.base), lines=lines_of(visit, draft), draft=draft,
        problems=problems,
    )  # fmt: skip


def lines_of(visit: Visit, draft: PolicyDraft) -> list[RuleLine]:
    """The rules that the draft starts from, as they stand on its first day."""
    packs = deployed(visit.console.policies_dir)
    return rule_lines(packs, pack_named(visit, draft.base), draft.in_force_from, visit.console.source_titles)


def save(visit: Visit) -> web.Response:
    """Keeps what differs from the pack that stands. A value that cannot be is said, and nothing is kept."""
    draft = open_draft_here(visit)
    edits, problems = _edits(lines_of(visit, draft), visit)
    if problems:
        return _page(visit, draft, problems, 422)
    with visit.console.units() as unit:
        keep(unit, draft, replace(draft, edits=edits), event_of(visit, draft, "changed", edits=edits))
        unit.commit()
    return visit.go(f"{address_of(draft)}/check")


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


def withdraw(visit: Visit) -> web.Response:
    draft = open_draft_here(visit)
    with visit.console.units() as unit:
        keep(unit, draft, replace(draft, state=WITHDRAWN), event_of(visit, draft, "draft_withdrawn"))
        unit.commit()
    return visit.go("/console/rules")


_AT = "/rules/drafts/{draft_id}"
ROUTES = (
    Route("POST", "/rules/drafts", Permission.DRAFT_RULES, begin),
    Route("GET", _AT, Permission.DRAFT_RULES, show),
    Route("POST", _AT, Permission.DRAFT_RULES, save),
    Route("POST", f"{_AT}/withdraw", Permission.DRAFT_RULES, withdraw),
)
