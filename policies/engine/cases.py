"""Example cases beside the rules: what an authority signed, run against what the engine says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NoReturn

from policies.engine.case_differences import HOLDS, HOLDS_NOT, differences
from policies.engine.errors import CaseFailed, NoPackInForce
from policies.engine.indication import Indication
from policies.engine.nodes import Node
from policies.engine.pack_reader import CaseText
from policies.engine.packs import Pack
from policies.engine.vocabulary import AUDIENCES, LEVELS, Value, Vocabulary

NOTHING = "nothing"
UNDECIDED = "undecided"
_REQUIRED = ("level", "could_be", "next_question", "rules")
_OPTIONAL = ("route", "offer", "consent", "proceeds", "duties", "also", "flags")
_LISTS = ("could_be", "rules", "duties", "also", "flags", HOLDS, HOLDS_NOT)


@dataclass(frozen=True, slots=True)
class Case:
    """One example: what is known, and what must come of it. `expected` is None where no pack may be in force.

    `because`: the clause that somebody read, and what of it makes the answer right. Such a case may expect just what the clause
    says: any outcome, and names of rules and offers that hold or do not (`holds`, `not`).
    """

    name: str
    node: Node
    on: date
    audience: str
    facts: Mapping[str, Value]
    expected: Mapping[str, str | tuple[str, ...]] | None
    because: str = ""


def read_cases(texts: Sequence[CaseText], vocabulary: Vocabulary) -> tuple[Case, ...]:
    """The cases of a pack, each `like` resolved. Raises PackError."""
    found: dict[str, Case] = {}
    for text in texts:
        found[text.name] = _read(text, vocabulary, found)
    return tuple(found.values())


def _read(text: CaseText, vocabulary: Vocabulary, earlier: Mapping[str, Case]) -> Case:
    node = text.node
    if isinstance(node.value, dict) and "like" in node.value:
        entries = node.keyed(["like", "expect"], ["on", "audience", "facts", "forget", "because"])
        base = earlier.get(entries["like"].text()) or entries["like"].fail(
            "the name of a case that stands before this one"
        )
    else:
        entries = node.keyed(["on", "audience", "facts", "expect"], ["because"])
        base = None
    facts = dict(base.facts) if base else {}
    for name in entries["forget"].names() if "forget" in entries else ():
        if facts.pop(name, None) is None:
            entries["forget"].fail("facts of the case that it is like")
    facts |= _facts(entries["facts"], vocabulary) if "facts" in entries else {}
    on = entries["on"].day() if "on" in entries else base.on if base else node.fail("on")
    audience = (
        entries["audience"].choice(AUDIENCES)
        if "audience" in entries
        else base.audience
        if base
        else node.fail("audience")
    )
    because = (
        entries["because"].text("the clause that was read, and why the answer follows") if "because" in entries else ""
    )
    return Case(text.name, node, on, audience, facts, _expected(entries["expect"], bool(because)), because)


def _facts(node: Node, vocabulary: Vocabulary) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for name, value in node.entries("facts with their values").items():
        fact = vocabulary.facts.get(name)
        if fact is None:
            value.fail("a fact of facts.yml", f'the unknown fact "{name}"')
        found[name] = value.whole(fact.least, fact.most) if fact.is_number else fact.plain(value.choice(fact.values))
    return found


def _expected(node: Node, read_by_somebody: bool) -> dict[str, str | tuple[str, ...]] | None:
    if isinstance(node.value, dict) and "in_force" in node.value:
        node.keyed(["in_force"])["in_force"].choice(("no",))
        return None
    some = (*_REQUIRED, *_OPTIONAL, HOLDS, HOLDS_NOT)
    entries = node.keyed([], some) if read_by_somebody else node.keyed(_REQUIRED, _OPTIONAL)
    if not entries:
        node.fail("an outcome or two: " + ", ".join(some))
    found: dict[str, str | tuple[str, ...]] = {}
    for key, value in entries.items():
        if key in _LISTS:
            found[key] = tuple(item.name() for item in value.items("a list of names"))
        else:
            found[key] = value.choice(LEVELS) if key == "level" else value.name()
    return found


# ---- running ----------------------------------------------------------------------------------------


def outcome(pack: Pack, facts: Mapping[str, Value], on: date, audience: str) -> dict[str, str | tuple[str, ...]]:
    """Everything that a case may expect, as the engine says it."""
    indication = pack.decide(facts, on=on)
    return {**_said(indication), "next_question": next(iter(pack.ask(facts, on=on, audience=audience)), NOTHING)}


def _said(indication: Indication) -> dict[str, str | tuple[str, ...]]:
    return {
        "level": indication.level,
        "could_be": indication.could_be,
        "rules": tuple(sorted(indication.rules)),
        "route": indication.route or UNDECIDED,
        "offer": indication.offer or UNDECIDED,
        "consent": indication.consent or UNDECIDED,
        "proceeds": indication.proceeds or UNDECIDED,
        "duties": tuple(sorted(indication.duties)),
        "also": tuple(sorted(indication.also)),
        "flags": tuple(sorted(indication.flags)),
    }


def check_case(pack: Pack, case: Case) -> None:
    """Raises CaseFailed, naming every difference."""
    if case.expected is None:
        _check_not_in_force(pack, case)
        return
    try:
        got = outcome(pack, case.facts, case.on, case.audience)
    except NoPackInForce as trouble:
        _fail(pack, case, (str(trouble),))
    names = {name for text in pack.related() for name in text.entries}
    found = tuple(differences(case.expected, got, names))
    if found:
        _fail(pack, case, found)


def _check_not_in_force(pack: Pack, case: Case) -> None:
    try:
        pack.edition(case.on)
    except NoPackInForce:
        return
    _fail(pack, case, (f"the pack is in force on {case.on}, and should not be",))


def _fail(pack: Pack, case: Case, found: tuple[str, ...]) -> NoReturn:
    raise CaseFailed(pack.full_name, case.name, case.node.file, case.node.line, found)


def run_cases(pack: Pack) -> tuple[int, list[CaseFailed]]:
    """How many cases the pack has, and those that failed. Raises PackError where one cannot be read."""
    cases = read_cases(pack.text.cases, pack.vocabulary)
    return len(cases), list(_failures(pack, cases))


def _failures(pack: Pack, cases: Iterable[Case]) -> Iterator[CaseFailed]:
    for case in cases:
        try:
            check_case(pack, case)
        except CaseFailed as failed:
            yield failed


# ---- writing ----------------------------------------------------------------------------------------


def as_case(pack: Pack, name: str, facts: Mapping[str, Value], on: date, audience: str) -> str:
    """A case ready to paste, with what the engine says today: to be read before it is signed."""
    got = outcome(pack, facts, on, audience)
    keys = [*_REQUIRED, "route", "offer", "consent", *(key for key in ("duties", "also", "flags") if got[key])]
    lines = [
        f"  {_quoted(name)}:",
        f"    on: {on}",
        f"    audience: {audience}",
        f"    facts: {{{', '.join(f'{k}: {_plain(v)}' for k, v in facts.items())}}}",
        "    expect:",
    ]
    for key in keys:
        value = got[key]
        lines.append(f"      {key}: {value if isinstance(value, str) else '[' + ', '.join(value) + ']'}")
    return "\n".join(lines) + "\n"


def _plain(value: Value) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _quoted(name: str) -> str:
    return f'"{name}"' if any(mark in name for mark in ":#{}[],&*!|>'\"%@`") else name
