"""YAML read strictly: every scalar keeps its text, every value knows its line, and nothing is clever.

Tags, several documents, duplicate keys, deep nesting and large files are refused; an anchor's value counts again each time it
is used, so that a hostile file gives an error and never a hang.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

import yaml

from policies.engine.errors import PackError

MOST_BYTES = 1_000_000
MOST_DEPTH = 40
MOST_VALUES = 60_000
NAME = re.compile(r"[a-z][a-z0-9_]{0,79}\Z")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Node:
    """One value of a file: text, a list, or a mapping whose keys are text."""

    file: Path
    line: int
    value: str | list[Node] | dict[str, Node]

    def fail(self, allowed: str, found: str | None = None) -> NoReturn:
        raise PackError(self.file, self.line, found or self.shown(), allowed)

    def shown(self) -> str:
        if isinstance(self.value, str):
            return f'"{self.value[:60]}"'
        if isinstance(self.value, list):
            return f"a list of {len(self.value)}"
        return f"a mapping of {', '.join(list(self.value)[:6]) or 'nothing'}"

    # ---- reading with a precise error ---------------------------------------------------------

    def text(self, what: str = "some text") -> str:
        if not isinstance(self.value, str) or not self.value.strip():
            self.fail(what)
        return self.value.strip()

    def name(self) -> str:
        text = self.text("a name")
        if not NAME.match(text):
            self.fail("a name: lower case letters, digits and underscores, starting with a letter")
        return text

    def items(self, what: str = "a list") -> list[Node]:
        if not isinstance(self.value, list):
            self.fail(what)
        return self.value

    def entries(self, what: str = "a mapping") -> dict[str, Node]:
        if not isinstance(self.value, dict):
            self.fail(what)
        return self.value

    def keyed(self, required: Iterable[str], optional: Iterable[str] = ()) -> dict[str, Node]:
        """The mapping, holding every required key and none but those allowed."""
        needed, extra = list(required), list(optional)
        entries = self.entries(f"a mapping of {', '.join(needed + extra)}")
        for key, value in entries.items():
            if key not in needed and key not in extra:
                value.fail(", ".join(needed + extra), f'the unknown key "{key}"')
        for key in needed:
            if key not in entries:
                self.fail(f'the key "{key}" as well', f"no {key}")
        return entries

    def choice(self, allowed: Iterable[str]) -> str:
        options = list(allowed)
        if not isinstance(self.value, str) or self.value not in options:
            self.fail(", ".join(options))
        return self.value

    def answer(self) -> bool:
        return self.choice(("yes", "no")) == "yes"

    def whole(self, least: int = -(10**9), most: int = 10**9) -> int:
        what = "a whole number" if most == 10**9 else f"a whole number from {least} to {most}"
        if not isinstance(self.value, str) or not re.fullmatch(r"-?[0-9]{1,9}", self.value):
            self.fail(what)
        number = int(self.value)
        if not least <= number <= most:
            self.fail(what)
        return number

    def number(self) -> int | Decimal:
        """A figure as it was written: whole, or with decimal places."""
        if not isinstance(self.value, str) or not re.fullmatch(r"[0-9]{1,9}([.][0-9]{1,4})?", self.value):
            self.fail("a number such as 20 or 7.6")
        return Decimal(self.value) if "." in self.value else int(self.value)

    def day(self) -> date:
        try:
            return date.fromisoformat(self.text("a date such as 2024-04-01"))
        except ValueError:
            self.fail("a date such as 2024-04-01")

    def names(self) -> tuple[str, ...]:
        """One name, or a list of different names."""
        if isinstance(self.value, str):
            return (self.name(),)
        found = tuple(item.name() for item in self.items("a name or a list of names"))
        if len(set(found)) != len(found):
            self.fail("each name once", "a name twice")
        return found

    def texts(self) -> tuple[str, ...]:
        return tuple(item.text() for item in self.items("a list of texts"))


def read(file: Path) -> Node:
    """The one document of a file."""
    return _build(file, _events(file))


def _decoded(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            raw = stream.read(MOST_BYTES + 1)
    except OSError as trouble:
        raise PackError(file, 1, trouble.strerror or "an unreadable file", "a readable file") from trouble
    if len(raw) > MOST_BYTES:
        raise PackError(file, 1, f"more than {MOST_BYTES:,} bytes", f"at most {MOST_BYTES:,} bytes")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as trouble:
        line = raw[: trouble.start].count(b"\n") + 1
        raise PackError(file, line, f"the byte {raw[trouble.start]:#04x}", "text in UTF-8") from trouble


def _events(file: Path) -> Iterator[Any]:
    text = _decoded(file)
    try:
        yield from yaml.parse(text, Loader=_LOADER)
    except (yaml.YAMLError, ValueError) as trouble:
        mark = getattr(trouble, "problem_mark", None)
        problem = getattr(trouble, "problem", None) or getattr(trouble, "reason", None) or "a character"
        raise PackError(file, mark.line + 1 if mark else 1, f"broken YAML ({problem})", "YAML") from trouble
    except RecursionError as trouble:
        raise PackError(file, 1, "very deep nesting", f"at most {MOST_DEPTH} levels") from trouble


class _Open:
    """A list or mapping that is still being read."""

    def __init__(self, node: Node, anchor: str | None, counted: int) -> None:
        self.node, self.anchor, self.counted = node, anchor, counted
        self.key: Node | None = None

    def take(self, child: Node) -> None:
        if isinstance(self.node.value, list):
            self.node.value.append(child)
        elif self.key is None:
            self.key = child
            self._refuse_odd_or_double(child)
        else:
            assert isinstance(self.node.value, dict)
            assert isinstance(self.key.value, str)
            self.node.value[self.key.value] = child
            self.key = None

    def _refuse_odd_or_double(self, key: Node) -> None:
        assert isinstance(self.node.value, dict)
        if not isinstance(key.value, str):
            key.fail("a key that is text")
        if key.value in self.node.value:
            key.fail("each key once", f'the key "{key.value[:60]}" twice')


class _Builder:
    """The tree, built without recursion, so that depth and size can be counted instead of suffered."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.root: Node | None = None
        self.stack: list[_Open] = []
        self.anchors: dict[str, tuple[Node, int]] = {}
        self.count = 0

    def start(self, event: Any, line: int) -> None:
        empty: list[Node] | dict[str, Node] = [] if isinstance(event, yaml.SequenceStartEvent) else {}
        self.stack.append(_Open(Node(self.file, line, empty), event.anchor, self.count))
        if len(self.stack) > MOST_DEPTH:
            raise PackError(self.file, line, "very deep nesting", f"at most {MOST_DEPTH} levels")

    def end(self) -> None:
        done = self.stack.pop()
        self.place(done.node, done.anchor, self.count - done.counted)

    def scalar(self, event: Any, line: int) -> None:
        self.place(Node(self.file, line, event.value), event.anchor, 1)

    def alias(self, event: Any, line: int) -> None:
        if event.anchor not in self.anchors:
            raise PackError(self.file, line, f"the alias *{event.anchor}", "an alias of a value that is complete")
        node, size = self.anchors[event.anchor]
        self.counted(size, line)
        self.place(node, None, size)

    def counted(self, size: int, line: int) -> None:
        self.count += size
        if self.count > MOST_VALUES:
            raise PackError(
                self.file, line, f"more than {MOST_VALUES:,} values", f"at most {MOST_VALUES:,} values in a file"
            )

    def place(self, node: Node, anchor: str | None, size: int) -> None:
        if anchor is not None:
            self.anchors[anchor] = (node, size)
        if self.stack:
            self.stack[-1].take(node)
        else:
            self.root = node


def _build(file: Path, events: Iterator[Any]) -> Node:
    builder, documents = _Builder(file), 0
    for event in events:
        line = event.start_mark.line + 1
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise PackError(file, line, "a second document", "one document in a file")
        elif isinstance(event, yaml.CollectionEndEvent):
            builder.end()
        elif isinstance(event, yaml.AliasEvent):
            builder.alias(event, line)
        elif isinstance(event, yaml.NodeEvent):
            _refuse_tags(file, line, event)
            builder.counted(1, line)
            builder.scalar(event, line) if isinstance(event, yaml.ScalarEvent) else builder.start(event, line)
    if builder.root is None:
        raise PackError(file, 1, "an empty file", "a mapping")
    return builder.root


def _refuse_tags(file: Path, line: int, event: Any) -> None:
    if event.tag is not None and event.tag != "!":
        raise PackError(file, line, f'the tag "{event.tag}"', "plain values without tags")
