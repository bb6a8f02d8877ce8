"""The one vocabulary: `facts.yml` as types. Everything that a rule may rest on, and the questions that word it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from policies.engine.errors import NotAFact
from policies.engine.nodes import Node, read

LEVELS = ("universal", "early_help", "targeted", "child_in_need", "significant_harm", "immediate_danger")
ROUTES = (
    "information",
    "early_responders",
    "targeted_support",
    "mash_referral",
    "emergency",
    "existing_worker",
    "other_authority",
)
GROUPS = ("safety", "need", "standing", "service")
AUDIENCES = ("family", "young_person", "public", "professional")
Value = bool | int | str
Known = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Fact:
    """One word of the vocabulary.

    `values` in order, least worrying first for bands; empty for numbers, which lie between `least` and `most`.
    `presumed`: what the fact counts as until somebody says otherwise. `otherwise`: what stands when it was asked in vain.
    `about`: asked only once that fact is "yes". `floor`: the level below which no pack may go, by value.
    """

    name: str
    type: str
    means: str
    worse: str
    group: str
    sensitivity: int
    asked_of: tuple[str, ...]
    question: str | None
    values: tuple[str, ...] = ()
    least: int = 0
    most: int = 0
    unit: str = ""
    presumed: str | None = None
    otherwise: str | None = None
    about: str | None = None
    floor: tuple[tuple[str, str], ...] = ()
    agree: tuple[str, ...] = ()

    @property
    def is_number(self) -> bool:
        return self.type == "number"

    @property
    def mildest(self) -> str:
        """The value that worries least; for facts without a direction, the first."""
        if self.is_number:
            return str(self.least)
        return self.values[-1] if self.worse in ("no", "down") else self.values[0]

    def worsening(self) -> tuple[str, ...]:
        """The values from mildest to worst, or nothing where neither way is worse."""
        if self.worse == "neither" or self.is_number:
            return ()
        return tuple(reversed(self.values)) if self.worse in ("no", "down") else self.values

    def coded(self, value: Value) -> str | int:
        """The value as the engine holds it: text, or a whole number. Refuses what the fact cannot be."""
        if self.is_number:
            if isinstance(value, bool) or not isinstance(value, int) or not self.least <= value <= self.most:
                raise NotAFact(f"{self.name} is a whole number from {self.least} to {self.most}, not {value!r}")
            return value
        text = ("yes" if value else "no") if value is True or value is False else value
        if text not in self.values:
            raise NotAFact(f"{self.name} is one of {', '.join(self.values)}, not {value!r}")
        return text

    def plain(self, value: str | int) -> Value:
        """The value as the contract gives it: yes_no as a boolean."""
        return value == "yes" if self.type == "yes_no" else value


@dataclass(frozen=True, slots=True)
class Question:
    """One question, which may settle several facts. `kind`: choice, many, ages or place."""

    name: str
    kind: str
    settles: tuple[str, ...]


@dataclass(frozen=True)
class Vocabulary:
    """All facts and questions, in the order of the file."""

    facts: Mapping[str, Fact]
    questions: Mapping[str, Question]

    def fact(self, name: str) -> Fact:
        try:
            return self.facts[name]
        except KeyError:
            raise NotAFact(f'"{name}" is not in the vocabulary') from None

    @cached_property
    def presumed(self) -> dict[str, str]:
        return {fact.name: fact.presumed for fact in self.facts.values() if fact.presumed is not None}

    def checked(self, known: Known) -> dict[str, str | int]:
        """Known facts in the engine's own values."""
        facts = self.facts
        found: dict[str, str | int] = {}
        for name, value in known.items():
            fact = facts.get(name) or self.fact(name)
            found[name] = fact.coded(value)
        return found


def load_vocabulary(file: Path) -> Vocabulary:
    """Read facts.yml. Raises PackError."""
    root = read(file).keyed(["facts", "questions"])
    facts = {name: _fact(name, node) for name, node in root["facts"].entries().items()}
    questions = {name: _question(name, node, facts) for name, node in root["questions"].entries().items()}
    for name, node in root["facts"].entries().items():
        _check_links(facts[name], node, facts, questions)
    return Vocabulary(facts, questions)


_REQUIRED = ("type", "worse", "group", "sensitivity", "asked_of", "question", "means")
_OPTIONAL = ("values", "unit", "min", "max", "presumed", "otherwise", "about", "floor", "agree")


def _fact(name: str, node: Node) -> Fact:
    entries = node.keyed(_REQUIRED, _OPTIONAL)
    kind = entries["type"].choice(("yes_no", "band", "one_of", "number"))
    values = _values(kind, node, entries)
    least, most = (entries["min"].whole(), entries["max"].whole()) if kind == "number" else (0, 0)
    question = entries["question"].text()
    fact = Fact(
        name=name,
        type=kind,
        means=entries["means"].text(),
        worse=entries["worse"].choice(("yes", "no", "neither") if kind == "yes_no" else ("up", "down", "neither")),
        group=entries["group"].choice(GROUPS),
        sensitivity=entries["sensitivity"].whole(0, 3),
        asked_of=tuple(item.choice(AUDIENCES) for item in entries["asked_of"].items()),
        question=None if question in ("null", "~") else question,
        values=values,
        least=least,
        most=most,
        unit=entries["unit"].text() if "unit" in entries else "",
        about=entries["about"].name() if "about" in entries else None,
    )
    return _with_stands(fact, entries)


def _values(kind: str, node: Node, entries: dict[str, Node]) -> tuple[str, ...]:
    if kind == "yes_no":
        return ("no", "yes")
    if kind == "number":
        node.keyed((*_REQUIRED, "min", "max", "unit"), _OPTIONAL)
        return ()
    if "values" not in entries:
        node.fail('the key "values"', "no values")
    values = entries["values"].texts()
    if len(values) < 2 or len(set(values)) != len(values):
        entries["values"].fail("two or more different values")
    return values


def _with_stands(fact: Fact, entries: dict[str, Node]) -> Fact:
    def value(key: str) -> str | None:
        if key not in entries:
            return None
        if fact.is_number:
            return str(entries[key].whole(fact.least, fact.most))
        return entries[key].choice(fact.values)

    floor = entries["floor"].entries() if "floor" in entries else {}
    for text, level in floor.items():
        if text not in fact.values:
            level.fail(", ".join(fact.values), f'the value "{text}"')
    return replace(
        fact,
        presumed=value("presumed"),
        otherwise=value("otherwise"),
        floor=tuple((text, level.choice(LEVELS)) for text, level in floor.items()),
        agree=tuple(item.choice(fact.values) for item in entries["agree"].items()) if "agree" in entries else (),
    )


def _question(name: str, node: Node, facts: Mapping[str, Fact]) -> Question:
    entries = node.keyed(["kind", "settles"])
    settles = tuple(item.choice(facts) for item in entries["settles"].items())
    return Question(name, entries["kind"].choice(("choice", "many", "ages", "place")), settles)


def _check_links(fact: Fact, node: Node, facts: Mapping[str, Fact], questions: Mapping[str, Question]) -> None:
    if fact.question is not None and (
        fact.question not in questions or fact.name not in questions[fact.question].settles
    ):
        node.fail(f"a question that settles {fact.name}", f'the question "{fact.question}"')
    if fact.about is not None and (fact.about not in facts or facts[fact.about].type != "yes_no"):
        node.fail("a yes_no fact", f'about "{fact.about}"')
