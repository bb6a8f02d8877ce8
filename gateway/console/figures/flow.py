"""What comes in and how it fares: demand, time, routes, agreement, re-referrals, unmet need."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from gateway.console import words
from gateway.console.figures.fairness import by_attribute
from gateway.console.figures.figure import Bar, Figure, shown_length, shown_share
from triage import oversight
from triage.oversight import RequestLine, Share


def flow(lines: Sequence[RequestLine]) -> list[Figure]:
    time = oversight.timeliness(lines)
    timely = (
        ("Decided in time", shown_share(time.decided_in_time)),
        ("Median to opening", shown_length(time.median_to_open)),
        ("Median to decision", shown_length(time.median_to_decide)),
        ("Unopened now", str(time.unopened)),
    )
    bands, again = oversight.re_referrals(lines)
    unmet = [line for line in lines if line.state == "unmet"]
    return [
        _count("demand", "Requests by week sent", lines, lambda r: f"{r.sent_at.isocalendar().year} week {r.sent_at.isocalendar().week:02d}", in_order=True),
        Figure("timeliness", "Timeliness", ("What", "Value"), timely, ()),
        _count("routes", "By proposed or decided route", lines, lambda r: words.ROUTES.get(r.route or "", "not known")),
        _count("levels", "By level", lines, lambda r: words.LEVELS.get(r.level or "", "not known")),
        _bands(bands, again),
        _count("unmet", "Unmet need now, by locality", unmet, lambda r: words.place(r.locality) or None),
        _count("consent", "By agreement to a service", lines, lambda r: words.plain(r.consent)),
        by_attribute("equity-language", "Decided in time, by language", lines, lambda r: r.language),
        by_attribute("equity-channel", "Decided in time, by channel", lines, lambda r: r.channel),
        by_attribute("equity-role", "Decided in time, by who asks", lines, lambda r: words.plain(r.requester_role)),
        _voice(lines),
    ]  # fmt: skip


def _count(name: str, title: str, lines: Sequence[RequestLine], key: Callable[[RequestLine], str | None],
           in_order: bool = False) -> Figure:  # fmt: skip
    found = oversight.counts(lines, key)
    items = sorted(found.items()) if in_order else list(found.items())
    rows = tuple((label, str(number)) for label, number in items)
    return Figure(name, title, ("Group", "Requests"), rows, tuple(Bar(label, n, str(n)) for label, n in items))


def _bands(bands: Mapping[str, int], again: Share) -> Figure:
    rows = tuple((label, str(number)) for label, number in bands.items())
    bars = tuple(Bar(label, number, str(number)) for label, number in bands.items())
    note = f"Requests that share a telephone number, e-mail or name with an earlier one: {shown_share(again)} of all (Children in Need Policy, 3.4)."
    return Figure("re-referrals", "Re-referrals", ("After", "Requests"), rows, bars, note)


def _voice(lines: Sequence[RequestLine]) -> Figure:
    heard = Share(sum(line.has_voice for line in lines), len(lines))
    return Figure(
        "voice",
        "Child's voice recorded",
        ("What", "Share"),
        (("Requests with a child's voice", shown_share(heard)),),
        (),
    )
