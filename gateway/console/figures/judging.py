"""How officers decide beside what was proposed: agreement both ways, time on a request, seeded checks (hazard H18)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from gateway.console import words
from gateway.console.figures.figure import Bar, Figure, shown_length, shown_percent, shown_share
from triage import oversight
from triage.oversight import Agreement, DecisionLine


def judging(lines: Sequence[DecisionLine], seeded: Mapping[str, str]) -> list[Figure]:
    groups: list[tuple[str, str, Callable[[DecisionLine], Sequence[str]]]] = [
        ("agreement", "Proposal and decision", lambda line: ["all"]),
        (
            "agreement-route",
            "The same, by proposed route",
            lambda line: [words.ROUTES.get(line.proposed_route or "", "none")],
        ),
        ("agreement-rule", "The same, by rule that fired", lambda line: line.rules),
        ("agreement-authority", "The same, by authority", lambda line: [line.authority or "not known"]),
        ("agreement-blind", "The same, by first look", lambda line: ["blind" if line.blind else "proposal shown"]),
    ]
    made = [_agreement(name, title, oversight.agreement_by(lines, key)) for name, title, key in groups]
    return [*made, _habits(lines), _seeded(lines, seeded)]


def _agreement(name: str, title: str, by_group: Mapping[str, Agreement]) -> Figure:
    rows = tuple(
        (
            group,
            str(a.same.of),
            shown_share(a.same),
            shown_share(a.raised),
            shown_share(a.lowered),
            shown_share(a.rerouted),
        )
        for group, a in by_group.items()
    )
    bars = tuple(Bar(group, a.same.value or 0, shown_percent(a.same.value)) for group, a in by_group.items())
    columns = ("Group", "Decisions", "Same", "Officer went higher", "Officer went lower", "Same level, other route")
    return Figure(name, title, columns, rows, bars, "Shares with the 95 % interval of Wilson.")


def _habits(lines: Sequence[DecisionLine]) -> Figure:
    found = oversight.habits(lines)
    rows = tuple(
        (h.officer, str(h.decisions), str(h.overrides), shown_length(h.median_dwell), h.alarm or "none") for h in found
    )
    bars = tuple(Bar(h.officer, h.median_dwell.total_seconds() / 60, shown_length(h.median_dwell)) for h in found)
    columns = ("Officer", "Decisions", "Overrides", "Median time from opening to decision", "Rubber-stamp alarm")
    return Figure("dwell", "Time on a request, and rubber stamps", columns, rows, bars)


def _seeded(lines: Sequence[DecisionLine], seeded: Mapping[str, str]) -> Figure:
    caught = oversight.seeded_caught(lines, seeded)
    row = (str(len(seeded)), str(caught.of), shown_share(caught))
    return Figure(
        "seeded",
        "Seeded checks",
        ("Seeded", "Decided", "Caught"),
        (row,),
        (),
        "Caught: decided at the known right level.",
    )
