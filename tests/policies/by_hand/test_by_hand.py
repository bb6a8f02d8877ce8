"""Situations written by hand from the documents: what the clause demands, whatever the engine says.

Each file of `situations/` names its situations by the clause. `told` is the story in a sentence, `facts` what it gives; everything
else is the answer of a calm family (below). `not_known` takes answers away again. `demands` is read from the clause alone; where
an answer is missing it is the route that stands meanwhile. `due` counts a time limit by the calendar, bank holidays included.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from gateway.calendar import EnglandWorkingDays
from policies.engine import NoPackInForce, Pack, PolicySet
from policies.engine.indication import Clock, Indication

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
PACKS = PolicySet.load(ROOT / "policies")
CALENDAR = EnglandWorkingDays()
FILE_KEYS, KEYS = {"authority", "day"}, {"told", "facts", "demands", "not_known", "due", "authority", "day"}
TODAY = date(2026, 11, 23)
AUTHORITIES = ("warwickshire", "wiltshire", "leicestershire", "exampleshire")
NEEDS = {
    "wants": "information",
    "impact": "managing",
    "needs": "none",
    "help_so_far": "nothing_yet",
    "youngest_age": 9,
    "oldest_age": 9,
}
STANDING = {
    "danger_now": False,
    "place": "in_area",
    "existing_worker": "none",
    "requester": "parent",
    "profession": "other",
    "service_agreement": "given",
    "informing_unsafe": False,
    "assessment_in_place": False,
    "referral_source": "other",
    "adult_out_of_work_or_in_debt": False,
    "health_problems": False,
}


@dataclass(frozen=True)
class Situation:
    name: str
    authority: str | None
    on: date
    facts: Mapping[str, Any]
    demands: Mapping[str, Any]
    due: Mapping[str, Mapping[str, date]]


class EachOnce(yaml.SafeLoader):
    """Refuses a name that stands twice: the second would silently hide the first."""


def _once(loader: EachOnce, node: yaml.MappingNode) -> dict[Any, Any]:
    names = [loader.construct_object(key, deep=True) for key, _ in node.value]
    assert len(names) == len(set(names)), f"{node.start_mark}: a name stands twice"
    return {name: loader.construct_object(value, deep=True) for name, (_, value) in zip(names, node.value, strict=True)}


EachOnce.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _once)


def calm() -> dict[str, Any]:
    """A family without any worry of the list, which wants information."""
    facts = (PACKS.vocabulary.fact(name) for name in PACKS.vocabulary.questions["worries"].settles)
    worries = {fact.name: fact.plain("no" if fact.type == "yes_no" else fact.values[0]) for fact in facts}
    return {**worries, "no_worries_like_these": True, **STANDING, **NEEDS}


def read(file: Path) -> list[Situation]:
    text = yaml.load(file.read_text(encoding="utf-8"), EachOnce)
    whole = {key: text.pop(key, None) for key in FILE_KEYS}
    return [_situation(name, {**{k: v for k, v in whole.items() if v}, **one}) for name, one in text.items()]


def _situation(name: str, said: Mapping[str, Any]) -> Situation:
    assert set(said) <= KEYS, name
    assert said["told"], name
    assert said["demands"], name
    facts = {**calm(), **said["facts"]}
    for fact in said.get("not_known", ()):
        facts.pop(fact, None)
    return Situation(name, said.get("authority"), said.get("day", TODAY), facts, said["demands"], said.get("due", {}))


SITUATIONS = [one for file in sorted((HERE / "situations").glob("*.yml")) for one in read(file)]
every_situation = pytest.mark.parametrize("situation", SITUATIONS, ids=lambda one: one.name)


def packs_of(situation: Situation) -> list[Pack]:
    """The authority's pack of the day; what the law demands holds under every pack."""
    names = [situation.authority] if situation.authority else AUTHORITIES
    return [PACKS.for_authority(name, on=situation.on) for name in names]


def answered(said: Indication) -> dict[str, Any]:
    return {
        "pack": said.pack,
        "level": said.level,
        "could_be": list(said.could_be),
        "route": said.route or said.standing_route,
        "offer": said.offer or said.standing_offer,
        "consent": said.consent or said.standing_consent,
        "proceeds": said.proceeds,
    }


def differences(situation: Situation, said: Indication) -> list[str]:
    got, demands = answered(said), situation.demands
    plain = {key: value for key, value in demands.items() if key in got}
    wrong = [f"{key}: {got[key]}, not {value}" for key, value in plain.items() if got[key] != value]
    there = {*said.rules, *said.duties, *said.also, *said.flags, str(got["offer"])}
    wrong += [f"{name} is missing" for name in demands.get("has", ()) if name not in there]
    wrong += [f"{name} should not be there" for name in demands.get("not", ()) if name in there]
    clocks = {clock.measure.name: f"{clock.figure.shown()} {clock.measure.unit}" for clock in said.clocks}
    wrong += [f"{n}: {clocks.get(n)}, not {t}" for n, t in demands.get("clocks", {}).items() if clocks.get(n) != t]
    units = {clock.measure.unit for clock in said.clocks} & set(demands.get("no_clock_in", ()))
    return wrong + [f"a time limit in {unit}" for unit in sorted(units)] + _not_due(situation, said)


def _not_due(situation: Situation, said: Indication) -> list[str]:
    clocks = {clock.measure.name: clock for clock in said.clocks}
    wrong = []
    for name, day in situation.due.items():
        ends = ends_on(clocks[name], day["from"]) if name in clocks else None
        if ends != day["by"]:
            wrong.append(f"{name} from {day['from']} ends {ends}, not {day['by']}")
    return wrong


def ends_on(clock: Clock, start: date) -> date:
    limit = int(clock.figure.limit if clock.figure.limit is not None else clock.figure.at_most or 0)
    if clock.measure.unit == "working_days":
        return CALENDAR.after(start, limit)
    if clock.measure.unit == "months":
        month = start.month - 1 + limit
        return start.replace(year=start.year + month // 12, month=month % 12 + 1)
    return start + timedelta(days=limit * {"days": 1, "weeks": 7}[clock.measure.unit])


@every_situation
def test_the_engine_answers_what_the_clause_demands(situation: Situation) -> None:
    if situation.demands.get("pack") == "none":
        with pytest.raises(NoPackInForce):
            packs_of(situation)
        return
    wrong = [
        f"{pack.full_name}: {difference}"
        for pack in packs_of(situation)
        for difference in differences(situation, pack.decide(situation.facts, on=situation.on))
    ]
    assert not wrong


@every_situation
def test_the_clause_is_of_a_document_in_the_register(situation: Situation) -> None:
    """Every name begins with the document and its place: `s001 6.1.1: three are not four`."""
    cited = situation.name.partition(":")[0]
    named = {word.strip(",;") for word in cited.split()} & set(PACKS.sources)
    assert named or cited.startswith(("consent table", "unknown")), cited


def test_there_are_enough_situations_for_every_authority() -> None:
    assert len(SITUATIONS) >= 80
    assert {one.authority for one in SITUATIONS} >= {"warwickshire", "wiltshire", "leicestershire"}


def test_the_command_answers_the_same(tmp_path: Path) -> None:
    """What officers can run by hand is the same engine."""
    one = next(one for one in SITUATIONS if one.name.startswith("s001 6.1.1: three are not four"))
    facts = tmp_path / "facts.json"
    facts.write_text(json.dumps(dict(one.facts)))
    command = [str(Path(sys.executable).parent / "frontdoor"), "policy", "decide", str(facts)]
    said = subprocess.run(
        [*command, "--pack", str(one.authority), "--on", str(one.on)], capture_output=True, text=True, cwd=ROOT
    )
    assert said.returncode == 0, said.stderr
    assert {key: json.loads(said.stdout)[key] for key in ("level", "route", "offer")} == {
        key: one.demands[key] for key in ("level", "route", "offer")
    }
