"""Rules, offers and dated figures read from their files."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from policies.engine.condition_reader import Scope, read_condition
from policies.engine.entries import (
    Also,
    Citation,
    ConsentRule,
    Duty,
    Entry,
    Exclusion,
    Figure,
    Flag,
    Measure,
    Offer,
    Routing,
    Threshold,
)
from policies.engine.nodes import Node
from policies.engine.vocabulary import LEVELS, ROUTES, Vocabulary

PROCEEDS = ("yes", "no", "without_agreement")
STARTS = [
    "request_received",
    "first_home_visit",
    "plan_start",
    "allocation",
    "strategy_discussion",
    "assessment_complete",
    "enquiry_start",
    "service_start",
    "step_up",
    "step_down",
    "case_closed",
    "homelessness_known",
    "arrangement_known",
]
TIME_UNITS = ("hours", "days", "working_days", "weeks", "months", "sessions", "years")
CAPACITY_UNITS = (
    "children",
    "cases",
    "families",
    "workers",
    "fte",
    "sessions",
    "groups",
    "buildings",
    "percent",
    "meetings",
)
_CITED = ("source", "clause", "rests_on")
_DATED = ("exception_to", "replaces", "from", "until")


@dataclass(frozen=True, slots=True)
class Reader:
    """What reading needs to know: the vocabulary and the register of sources."""

    vocabulary: Vocabulary
    sources: Collection[str]

    def scope(self, *may_name: str) -> Scope:
        return Scope(self.vocabulary, frozenset(may_name))

    def citation(self, entries: dict[str, Node]) -> Citation:
        source = entries["source"].text()
        if source not in self.sources:
            entries["source"].fail("a source of the register: " + (", ".join(sorted(self.sources)[:12]) or "none yet"))
        return Citation(source, entries["clause"].text(), entries["rests_on"].text())

    def common(self, name: str, node: Node, entries: dict[str, Node], scope: Scope) -> dict[str, Any]:
        since = entries["from"].day() if "from" in entries else None
        until = entries["until"].day() if "until" in entries else None
        if since and until and until <= since:
            entries["until"].fail("a day after from")
        return {
            "name": name,
            "when": read_condition(entries["when"], scope),
            "citation": self.citation(entries),
            "file": node.file,
            "line": node.line,
            "staff": entries["staff"].text() if "staff" in entries else "",
            "family": entries["family"].text() if "family" in entries else "",
            "exception_to": entries["exception_to"].names() if "exception_to" in entries else (),
            "replaces": entries["replaces"].names() if "replaces" in entries else (),
            "since": since,
            "until": until,
        }


def _flag(reader: Reader, name: str, node: Node) -> Flag:
    entries = node.keyed(["when", *_CITED, "staff"], ["family", *_DATED])
    return Flag(**reader.common(name, node, entries, reader.scope()))


def _threshold(reader: Reader, name: str, node: Node) -> Threshold:
    entries = node.keyed(["level", "when", *_CITED, "staff", "family"], _DATED)
    return Threshold(level=entries["level"].choice(LEVELS), **reader.common(name, node, entries, reader.scope("flag")))


def _duty(reader: Reader, name: str, node: Node) -> Duty:
    entries = node.keyed(["when", *_CITED, "staff"], ["family", "clocks", "contact", "worth_asking", *_DATED])
    return Duty(
        clocks=entries["clocks"].names() if "clocks" in entries else (),
        contact=entries["contact"].text() if "contact" in entries else "",
        worth_asking=entries["worth_asking"].answer() if "worth_asking" in entries else False,
        **reader.common(name, node, entries, reader.scope("flag", "level")),
    )


def _consent(reader: Reader, name: str, node: Node) -> ConsentRule:
    entries = node.keyed(
        ["outcome", "proceeds", "share_with", "tell_family", "when", *_CITED, "staff", "family"], _DATED
    )
    return ConsentRule(
        outcome=entries["outcome"].name(),
        proceeds=entries["proceeds"].choice(PROCEEDS),
        share_with=entries["share_with"].text(),
        tell_family=entries["tell_family"].text(),
        **reader.common(name, node, entries, reader.scope("flag", "level")),
    )


def _exclusion(reader: Reader, name: str, node: Node) -> Exclusion:
    entries = node.keyed(["excludes", "when", *_CITED, "staff"], ["family", *_DATED])
    common = reader.common(name, node, entries, reader.scope("flag", "level", "consent", "route"))
    return Exclusion(excludes=entries["excludes"].names(), **common)


def _routing(reader: Reader, name: str, node: Node) -> Routing:
    entries = node.keyed(["route", "when", *_CITED, "staff", "family"], _DATED)
    return Routing(
        route=entries["route"].choice(ROUTES),
        **reader.common(name, node, entries, reader.scope("flag", "level", "consent")),
    )


def _offer(reader: Reader, name: str, node: Node) -> Offer:
    entries = node.keyed(
        ["route", "when", "name", "needs_agreement", "contact", "next_step", *_CITED], ["duration", "clocks", *_DATED]
    )
    words = entries["next_step"].keyed(["staff", "family"])
    common = reader.common(name, node, entries, reader.scope("flag", "level", "consent", "route"))
    return Offer(
        route=entries["route"].choice(ROUTES),
        title=entries["name"].text(),
        needs_agreement=entries["needs_agreement"].answer(),
        contact=entries["contact"].text(),
        duration=entries["duration"].text() if "duration" in entries else "",
        clocks=entries["clocks"].names() if "clocks" in entries else (),
        **{**common, "staff": words["staff"].text(), "family": words["family"].text()},
    )


def _also(reader: Reader, name: str, node: Node) -> Also:
    entries = node.keyed(["when", "name", "contact", *_CITED], ["family", "staff", "duration", *_DATED])
    return Also(
        title=entries["name"].text(),
        contact=entries["contact"].text(),
        duration=entries["duration"].text() if "duration" in entries else "",
        **reader.common(name, node, entries, reader.scope("flag", "level", "consent", "route")),
    )


RULE_SECTIONS: dict[str, Callable[[Reader, str, Node], Entry]] = {
    "flags": _flag,
    "thresholds": _threshold,
    "duties": _duty,
    "consent": _consent,
    "exclusions": _exclusion,
    "routing": _routing,
}
OFFER_SECTIONS: dict[str, Callable[[Reader, str, Node], Entry]] = {"offers": _offer, "also": _also}


def read_clock(reader: Reader, name: str, node: Node) -> Measure:
    entries = node.keyed(["what", "starts", "unit", "values", *_CITED], ["note"])
    return _measure(reader, name, entries, entries["unit"].choice(TIME_UNITS), entries["starts"].choice(STARTS))


def read_capacity(reader: Reader, name: str, node: Node) -> Measure:
    entries = node.keyed(["what", "unit", "values", *_CITED], ["note"])
    return _measure(reader, name, entries, entries["unit"].choice(CAPACITY_UNITS), "")


def _measure(reader: Reader, name: str, entries: dict[str, Node], unit: str, starts: str) -> Measure:
    values = tuple(_figure(item) for item in entries["values"].items("a list of dated values"))
    days = [figure.since for figure in values]
    if not days or days != sorted(set(days)):
        entries["values"].fail("one dated value or more, oldest first, each from its own day")
    note = entries["note"].text() if "note" in entries else ""
    return Measure(name, entries["what"].text(), unit, values, reader.citation(entries), starts, note)


def _figure(node: Node) -> Figure:
    entries = node.keyed(["from"], ["limit", "at_least", "at_most", "each"])
    kinds = set(entries) - {"from"}
    if kinds not in ({"limit"}, {"each"}, {"at_least"}, {"at_most"}, {"at_least", "at_most"}):
        node.fail("from with limit, with each, or with at_least and at_most")

    def number(key: str) -> int | Decimal | None:
        return entries[key].number() if key in entries else None

    least, most = number("at_least"), number("at_most")
    if least is not None and most is not None and least > most:
        node.fail("at_least no more than at_most")
    each = tuple(item.whole(0, 10_000) for item in entries["each"].items()) if "each" in entries else ()
    return Figure(entries["from"].day(), number("limit"), least, most, each)
