"""Whether people fare alike, by what is known of the request and by their optional answers: to look for differences, never to decide."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from gateway.console import words
from gateway.console.figures.figure import Bar, Figure, shown_percent, shown_share
from triage import oversight
from triage.oversight import GroupLine, RequestLine

HIDDEN = "Groups under 5 are not shown, nor is what would give them away."


def by_attribute(
    name: str, title: str, lines: Sequence[RequestLine], key: Callable[[RequestLine], str | None]
) -> Figure:
    decided = [line for line in lines if line.decided_at and line.due_at]
    found = oversight.breakdown(decided, key, lambda r: bool(r.decided_at and r.due_at and r.decided_at <= r.due_at))
    rows = tuple((group, shown_share(share) if share else "not shown") for group, share in found.items())
    bars = tuple(Bar(group, s.value or 0, shown_percent(s.value)) for group, s in found.items() if s)
    return Figure(
        name, title, ("Group", "Share"), rows, bars, "Used to look for differences, never to decide. " + HIDDEN
    )


def by_answers(lines: Sequence[RequestLine], groups: Mapping[str, Mapping[str, str]]) -> list[Figure]:
    """One figure for each optional question that somebody has answered."""
    return [_group(question, oversight.by_group(lines, answers)) for question, answers in groups.items()]


def _group(question: str, found: Mapping[str, GroupLine]) -> Figure:
    rows = tuple((words.plain(name), *_fared(line)) for name, line in found.items())
    shown = {name: line.in_time for name, line in found.items() if line.in_time is not None}
    bars = tuple(Bar(words.plain(name), s.value or 0, shown_percent(s.value)) for name, s in shown.items())
    columns = ("Group", "Requests", "Decided in time", "Help proposed or decided")
    note = "Optional answers, never used to decide. " + HIDDEN
    return Figure(f"group-{question}", f"Decided in time, by {words.plain(question)}", columns, rows, bars, note)


def _fared(line: GroupLine) -> tuple[str, str, str]:
    if line.requests is None or line.in_time is None or line.help_proposed is None:
        return ("not shown",) * 3
    return str(line.requests), shown_share(line.in_time), shown_share(line.help_proposed)
