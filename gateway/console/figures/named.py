"""The indicators that the sources ask to be reported, each with its clause; and those that cannot be counted here, with why."""

from __future__ import annotations

from collections.abc import Mapping

from gateway.console.figures.figure import Figure, shown_share
from triage import indicators
from triage.oversight import Share


def named_by_the_sources(desk: indicators.Desk, titles: Mapping[str, str]) -> Figure:
    rows = [
        (
            one.name,
            _counted(one.now),
            "" if one.before is None else _counted(one.before),
            one.printed,
            _cited(one.clause, titles),
        )
        for one in indicators.indicators(desk)
    ]
    rows += [(name, "not counted here", "", why, "") for name, why in indicators.NOT_COUNTED.items()]
    columns = ("Indicator", "This period", "The period before", "What the source printed, or why not", "Clause")
    note = "Every indicator that the sources ask to be reported. Tasks, workers and audits are counted over all authorities."
    return Figure("indicators", "Indicators that the sources name", columns, tuple(rows), (), note)


def _cited(clause: str, titles: Mapping[str, str]) -> str:
    """`S002 ¶19` with the source by its title. Where no register is at hand the key stands."""
    source, _, place = clause.partition(" ")
    return f"{titles.get(source, source)}, {place}" if place else clause


def _counted(value: Share | int) -> str:
    return shown_share(value) if isinstance(value, Share) else str(value)
