"""A pack in words: each threshold with its level, when it holds, the clause it rests on, and what of it may be changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from gateway.console.rules.values import Value, entry_values
from policies.engine import Pack, PolicySet
from policies.engine.entries import Threshold
from policies.engine.vocabulary import LEVELS
from policies.engine.words import in_words


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule or time limit as an officer reads it. `pack`: the version whose file it stands in."""

    name: str
    level: str  # empty for a time limit
    staff: str
    when: str
    source: str
    clause: str
    rests_on: str
    pack: str
    file: str  # within that version's folder
    section: str
    values: tuple[Value, ...]
    since: date | None = None
    until: date | None = None

    def place(self, value: Value) -> str:
        return f"{self.pack}:{self.file}:{value.place}"


def rule_lines(packs: PolicySet, pack: Pack, on: date, titles: Mapping[str, str]) -> list[RuleLine]:
    """The thresholds that stand on the day, the most serious level first, and after them the pack's own time limits."""
    return [*_thresholds(packs, pack, on, titles), *_clocks(packs, pack, titles)]


def _thresholds(packs: PolicySet, pack: Pack, on: date, titles: Mapping[str, str]) -> list[RuleLine]:
    found = []
    for rule in sorted(pack.edition(on).of(Threshold), key=lambda rule: -LEVELS.index(rule.level)):
        owner, folder = _owner(rule.file)
        values = tuple(entry_values(rule.file, "thresholds", rule.name, packs.vocabulary))
        cited = rule.citation
        found.append(
            RuleLine(
                rule.name, rule.level, rule.staff, in_words(rule.when, packs.vocabulary),
                titles.get(cited.source, cited.source), cited.clause, cited.rests_on, owner,
                rule.file.relative_to(folder).as_posix(), "thresholds", values, rule.since, rule.until,
            )
        )  # fmt: skip
    return found


def _clocks(packs: PolicySet, pack: Pack, titles: Mapping[str, str]) -> list[RuleLine]:
    folder = pack.text.file.parent
    found = []
    for file in sorted([*folder.glob("clocks.yml"), *folder.glob("clocks/*.yml")]):
        for name, clock in pack.text.clocks.items():
            values = tuple(entry_values(file, "clocks", name, packs.vocabulary))
            if values:
                cited = clock.citation
                when = "; ".join(
                    f"{figure.shown()} {clock.unit.replace('_', ' ')} from {clock.starts.replace('_', ' ')}, since {figure.since}"
                    for figure in clock.values
                )
                found.append(
                    RuleLine(
                        name, "", clock.what, when, titles.get(cited.source, cited.source), cited.clause,
                        cited.rests_on, pack.full_name, file.relative_to(folder).as_posix(), "clocks", values,
                    )
                )  # fmt: skip
    return found


def _owner(file: Path) -> tuple[str, Path]:
    """The version that a rule's file belongs to, and its folder: packs/NAME/VERSION/rules/FILE."""
    folder = file.parent
    while not (folder / "pack.yml").exists():
        folder = folder.parent
    return f"{folder.parent.name}@{folder.name}", folder
