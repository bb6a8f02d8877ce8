"""The indicators that the sources ask to be reported, each with its clause; and those that cannot be counted here, with why."""

from __future__ import annotations

from collections.abc import Mapping

from gateway.console.figures.figure import Figure, shown_share
from gateway.console.words import cited
from triage import indicators
from triage.oversight import Share


def named_by_the_sources(desk: indicators.Desk, titles: Mapping[str, str]) -> Figure:
    rows = [
        (
            one.name,
            _counted(one.now),
            "" if one.before is None else _counted(one.before),
            one.printed,
            cited(one.clause, titles),
        )
        for one in indicators.indicators(desk)
    ]
    rows += [(cited(name, titles), "not counted here", "", why, "") for name, why in indicators.NOT_COUNTED.items()]
    columns = ("Indicator", "This period", "The period before", "What the source printed, or why not", "Clause")
    note = "Every indicator that the sources ask to be reported. Tasks, workers and audits are counted over all authorities."
    return Figure("indicators", "Indicators that the sources name", columns, tuple(rows), (), note)


def _counted(value: Share | int) -> str:
    return shown_share(value) if isinstance(value, Share) else str(value)
