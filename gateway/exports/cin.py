"""Census-coded rows, one for each child: provisional codes for a worker to confirm (law.md S01-S06)."""

from __future__ import annotations

import csv
import io
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from gateway.exports.cells import spreadsheet_safe
from triage.ports import StoredMessage
from triage.request import Child, RequestForService, Route

CODES = Path(__file__).resolve().parents[2] / "data" / "codelists" / "cin.yml"
COLUMNS = (
    "LAchildID", "ChildName", "PersonBirthDate", "ExpectedPersonBirthDate", "Sex", "CINReferralDate", "ReferralSource",
    "PrimaryNeedCode", "ProvisionalFactors", "ReferralNFA", "ContactOutcome",
)  # fmt: skip

_OUTCOME = {
    Route.INFORMATION: "Information and Advice",
    Route.EARLY_RESPONDERS: "EH Referral",
    Route.TARGETED_SUPPORT: "EH Referral",
    Route.MASH_REFERRAL: "CIN Referral",
    Route.EMERGENCY: "CIN Referral",
    Route.EXISTING_WORKER: "Information and Advice",
    Route.OTHER_AUTHORITY: "Information and Advice",
}


@lru_cache(maxsize=1)
def codes() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(CODES.read_text("utf-8"))
    return data


def as_csv(request: RequestForService, _messages: list[StoredMessage]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    for child in request.children or (Child(1),):
        writer.writerow({key: spreadsheet_safe(value) for key, value in row(request, child).items()})
    return out.getvalue().encode("utf-8-sig")


def row(request: RequestForService, child: Child) -> dict[str, str]:
    return {
        "LAchildID": child_id(request, child),
        "ChildName": child.name or "",
        "PersonBirthDate": "",  # never asked at the front door: an age is enough
        "ExpectedPersonBirthDate": child.due.isoformat() if child.due else "",
        "Sex": "U",  # not asked; for an unborn child U is the rule (8750)
        "CINReferralDate": request.sent_at.date().isoformat() if request.sent_at else "",
        "ReferralSource": referral_source(request),
        "PrimaryNeedCode": primary_need(request),
        "ProvisionalFactors": " ".join(factors(request)),
        "ReferralNFA": _no_further_action(request),
        "ContactOutcome": outcome(request),
    }


def child_id(request: RequestForService, child: Child) -> str:
    """At most 20 letters and digits (rules 1570, 1580)."""
    base = re.sub(r"[^A-Za-z0-9]", "", request.reference or request.id)[:17]
    return f"{base}{child.number % 1000:03d}"


def referral_source(request: RequestForService) -> str:
    if request.anonymous:
        return str(codes()["referral_source"]["anonymous"])
    profession = str(request.facts.known().get("profession", ""))
    known = codes()["referral_source"]
    return str(known.get(profession) or known.get(request.requester_role) or codes()["referral_source_unknown"])


def primary_need(request: RequestForService) -> str:
    """Where two needs fit, the one highest in the table (S02). It describes; it never chooses a service."""
    present = _present(request)
    for code, names in codes()["primary_need"].items():
        if present & set(names):
            return str(code)
    return str(codes()["primary_need_unknown"])


def factors(request: RequestForService) -> list[str]:
    known = codes()["factors"]
    found = sorted({str(known[name]) for name in _present(request) if name in known})
    return found or [str(codes()["factors_other"])]


def _present(request: RequestForService) -> set[str]:
    """Concerns that were named and facts that are stated as so. Unknown is not a factor, and neither is "no"."""
    facts = {name for name, value in request.facts.known().items() if value not in (False, "no", "none")}
    return set(request.concerns) | facts


def outcome(request: RequestForService) -> str:
    decision = request.decision
    if decision is None:
        return ""
    return "No Further Action" if decision.action == "no_further_action" else _OUTCOME[decision.route]


def _no_further_action(request: RequestForService) -> str:
    decision = request.decision
    return "" if decision is None else "1" if decision.action == "no_further_action" else "0"
