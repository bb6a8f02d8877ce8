"""The values of a pack's files that may be changed in a draft, and changing them where they stand.

A value is replaced at its own place in the text: everything else, comments included, stays as its authors wrote it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import yaml

from policies.engine.vocabulary import LEVELS, Vocabulary

Way = tuple[str, ...]
_COUNTS = ("at_least", "at_most")
MOST = 9_999


class NotAValue(ValueError):
    """What was typed cannot stand there. The message says what can."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value that may be changed: a level, a number, a step of a scale, or a day."""

    way: Way
    words: str
    now: str
    kind: str  # level | number | step | day
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int = MOST

    @property
    def place(self) -> str:
        return "/".join(self.way)

    def checked(self, typed: str) -> str:
        """As it will stand in the file. Raises NotAValue."""
        if self.kind == "day":
            return _day(typed)
        if self.kind == "number":
            if not typed.removeprefix("-").isdecimal() or not self.least <= int(typed) <= self.most:
                raise NotAValue(f"{self.words}: a whole number from {self.least} to {self.most}, not “{typed}”.")
            return str(int(typed))
        if typed not in self.choices:
            raise NotAValue(f"{self.words}: one of {', '.join(self.choices)}, not “{typed}”.")
        return typed


def _day(typed: str) -> str:
    try:
        return date.fromisoformat(typed).isoformat()
    except ValueError:
        raise NotAValue(f"A day such as 2027-04-01, not “{typed}”.") from None


def entry_values(file: Path, section: str, name: str, vocabulary: Vocabulary) -> list[Value]:
    """What may be changed of one rule or clock, in the order of the file."""
    found = (_value(way, node, vocabulary) for way, node in _scalars(file.read_text("utf-8"), (section, name)))
    return [value for value in found if value is not None]


def _value(way: Way, node: yaml.ScalarNode, vocabulary: Vocabulary) -> Value | None:
    name, now = way[-1], node.value
    if way[0] == "thresholds" and way[2:] == ("level",):
        return Value(way, "level of need", now, "level", LEVELS)
    if name in ("from", "until"):
        return Value(way, "in force from" if name == "from" else "until", now, "day")
    if way[0] == "clocks" and name in ("limit", *_COUNTS):
        return Value(way, {"limit": "time limit"}.get(name, name.replace("_", " ")), now, "number", least=1)
    return _of_condition(way, now, vocabulary) if "when" in way[2:3] else None


def _of_condition(way: Way, now: str, vocabulary: Vocabulary) -> Value | None:
    """A number or a step of a scale that a rule asks for; yes and no stay: turning one round makes another rule."""
    name, comparing = (way[-2], way[-1]) if way[-1] in _COUNTS else (way[-1], "")
    words = f"{name} {comparing}".replace("_", " ").strip()
    fact = vocabulary.facts.get(name)
    if fact is None:
        return Value(way, "how many of these", now, "number", least=1, most=20) if comparing else None
    if fact.is_number:
        return Value(way, words, now, "number", least=fact.least, most=fact.most)
    return Value(way, words, now, "step", fact.values) if fact.type == "band" else None


def _scalars(text: str, under: Way = ()) -> Iterator[tuple[Way, yaml.ScalarNode]]:
    yield from _walk(_composed(text), (), under)


@lru_cache(maxsize=64)
def _composed(text: str) -> yaml.Node:
    """The file with the place of every value. Packs are few and read again and again."""
    node = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    assert node is not None, "a file of a pack that was read is not empty"
    return node


def _walk(node: yaml.Node, way: Way, under: Way) -> Iterator[tuple[Way, yaml.ScalarNode]]:
    if way != under[: len(way)] and way[: len(under)] != under:
        return
    if isinstance(node, yaml.ScalarNode):
        yield way, node
    elif isinstance(node, yaml.MappingNode):
        for key, inner in node.value:
            yield from _walk(inner, (*way, key.value), under)
    elif isinstance(node, yaml.SequenceNode):
        for number, inner in enumerate(node.value):
            yield from _walk(inner, (*way, str(number)), under)


def changed(text: str, new: Mapping[Way, str]) -> str:
    """The text with these values in place of what stood there."""
    spans = [(n.start_mark.index, n.end_mark.index, new[way]) for way, n in _scalars(text) if way in new]
    for start, end, value in sorted(spans, reverse=True):
        text = text[:start] + value + text[end:]
    return text


def block(text: str, section: str, name: str) -> str:
    """The lines of one entry, its name first, without what stands between it and the next."""
    (entries,) = (inner for key, inner in _composed(text).value if key.value == section)
    ((key, body),) = (pair for pair in entries.value if pair[0].value == name)
    end = body.end_mark.line + (1 if body.flow_style else 0)  # a mapping of lines ends where the next thing begins
    lines = text.splitlines()[key.start_mark.line : end]
    while lines and (not lines[-1].strip() or lines[-1].lstrip().startswith("#")):
        lines.pop()
    return "\n".join(lines) + "\n"
