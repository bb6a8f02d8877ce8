"""One version of one authority's pack, read from its folder. What it extends is joined later (`editions.py`)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

from policies.engine.entries import Area, Entry, Measure, Note
from policies.engine.entry_reader import OFFER_SECTIONS, RULE_SECTIONS, Reader, read_capacity, read_clock
from policies.engine.errors import PackError
from policies.engine.nodes import Node, read
from policies.engine.vocabulary import LEVELS, Vocabulary

T = TypeVar("T")
_PACK_KEYS = ("pack", "version", "title", "in_force_from", "review_by", "approved_by", "changes")
_KNOWN_FILES = (
    "pack.yml",
    "rules/*.yml",
    "offers.yml",
    "offers/*.yml",
    "clocks.yml",
    "clocks/*.yml",
    "capacity.yml",
    "capacity/*.yml",
    "localities.yml",
    "cases/*.yml",
    "signed.yml",
    "*.md",
)
_MORE_PACK_KEYS = ("extends", "standing", "labels", "notes")


@dataclass(frozen=True, slots=True)
class CaseText:
    """An example case before it is read: the vocabulary of its pack is needed for that."""

    name: str
    node: Node


@dataclass(frozen=True, slots=True)
class PackText:
    """A version of a pack by itself. `extends` is (pack, version or None for the one in force)."""

    name: str
    version: str
    title: str
    in_force_from: date
    review_by: date
    approved_by: str
    changes: str
    file: Path
    extends: tuple[str, str | None] | None = None
    extends_line: int = 1
    base: bool = False
    labels: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    entries: Mapping[str, Entry] = field(default_factory=dict)
    clocks: Mapping[str, Measure] = field(default_factory=dict)
    capacity: Mapping[str, Measure] = field(default_factory=dict)
    areas: tuple[Area, ...] = ()
    cases: tuple[CaseText, ...] = ()

    @property
    def full_name(self) -> str:
        return f"{self.name}@{self.version}"


def read_sources(folder: Path) -> dict[str, dict[str, str]]:
    """The register of documents that a rule may cite. Raises PackError."""
    found: dict[str, dict[str, str]] = {}
    for file in sorted(folder.glob("*.yml")):
        for key, node in read(file).keyed(["sources"])["sources"].entries().items():
            entries = node.keyed(
                ["title", "authority", "date"],
                ["sha256", "url", "note", "file", "version", "kind", "confidence", "recheck_by", "owner"],
            )
            if key in found:
                node.fail("each source once in the register", f"the source {key} twice")
            entries["date"].day()
            found[key] = {name: value.text() for name, value in entries.items()}
    return found


def read_pack(folder: Path, vocabulary: Vocabulary, sources: Collection[str]) -> PackText:
    """Everything in the folder of one version. Raises PackError."""
    file = folder / "pack.yml"
    _refuse_strangers(folder)
    node = read(file)
    entries = node.keyed(_PACK_KEYS, _MORE_PACK_KEYS)
    _same_as_folder(entries["pack"], folder.parent.name)
    _same_as_folder(entries["version"], folder.name)
    reader = Reader(vocabulary, sources)
    return PackText(
        name=folder.parent.name,
        version=folder.name,
        title=entries["title"].text(),
        in_force_from=entries["in_force_from"].day(),
        review_by=entries["review_by"].day(),
        approved_by=entries["approved_by"].text(),
        changes=_text_or_list(entries["changes"]),
        file=file,
        extends=_extends(entries.get("extends")),
        extends_line=entries["extends"].line if "extends" in entries else 1,
        base="standing" in entries and entries["standing"].choice(("base", "local")) == "base",
        labels=_labels(entries.get("labels")),
        notes=_notes(reader, entries.get("notes")),
        entries=_entries(reader, folder),
        clocks=_named(folder, "clocks", lambda name, item: read_clock(reader, name, item)),
        capacity=_named(folder, "capacity", lambda name, item: read_capacity(reader, name, item)),
        areas=_areas(folder / "localities.yml"),
        cases=_cases(folder),
    )


def _refuse_strangers(folder: Path) -> None:
    """A file that would not be read is a mistake, not something to pass over."""
    for file in sorted(path for path in folder.rglob("*") if not path.is_dir()):
        place = file.relative_to(folder)
        if not any(place.match(known) and len(place.parts) == known.count("/") + 1 for known in _KNOWN_FILES):
            raise PackError(file, 1, "a file that is no part of a pack", ", ".join(_KNOWN_FILES))


def _same_as_folder(node: Node, name: str) -> None:
    if node.text() != name:
        node.fail(f'"{name}", the name of its folder')


def _text_or_list(node: Node) -> str:
    return node.text() if isinstance(node.value, str) else "; ".join(node.texts())


def _extends(node: Node | None) -> tuple[str, str | None] | None:
    if node is None:
        return None
    name, _, version = node.text().partition("@")
    return name, version or None


def _labels(node: Node | None) -> dict[str, str]:
    return {} if node is None else {level: item.text() for level, item in node.keyed([], LEVELS).items()}


def _notes(reader: Reader, node: Node | None) -> tuple[Note, ...]:
    keys = ("about", "settled", "question", "source", "clause")
    found = []
    for item in node.items() if node else ():
        entries = item.keyed(keys)
        if entries["source"].text() not in reader.sources:
            entries["source"].fail("a source of the register")
        found.append(Note(**{key: entries[key].text() for key in keys}))
    return tuple(found)


def _entries(reader: Reader, folder: Path) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for files, sections in ((_files(folder, "rules"), RULE_SECTIONS), (_files(folder, "offers"), OFFER_SECTIONS)):
        for file in files:
            for section, node in read(file).keyed([], sections).items():
                for name, item in node.entries(f"{section} by name").items():
                    _check_name(name, item, found)
                    found[name] = sections[section](reader, name, item)
    return found


def _check_name(name: str, node: Node, found: Mapping[str, Entry]) -> None:
    Node(node.file, node.line, name).name()
    if name in found:
        other = found[name]
        node.fail("each name once in a pack", f"the name {name}, used at {other.file.name}:{other.line}")


def _files(folder: Path, name: str) -> list[Path]:
    single = folder / f"{name}.yml"
    return ([single] if single.exists() else []) + sorted((folder / name).glob("*.yml"))


def _named(folder: Path, section: str, reading: Callable[[str, Node], T]) -> dict[str, T]:
    found: dict[str, T] = {}
    for file in _files(folder, section):
        for name, node in read(file).keyed([section])[section].entries().items():
            Node(node.file, node.line, name).name()
            if name in found:
                node.fail("each name once", f"the name {name} twice")
            found[name] = reading(name, node)
    return found


def _areas(file: Path) -> tuple[Area, ...]:
    if not file.exists():
        return ()
    root = read(file).keyed(["localities"], ["elsewhere"])
    ours = [_area(name, node, True) for name, node in root["localities"].entries().items()]
    others = (
        [_area(name, node, False) for name, node in root["elsewhere"].entries().items()] if "elsewhere" in root else []
    )
    return tuple(ours + others)


def _area(name: str, node: Node, ours: bool) -> Area:
    entries = node.keyed(["name"], ["places", "postcodes", "team"] if ours else ["places", "postcodes", "number"])

    def texts(key: str) -> tuple[str, ...]:
        return entries[key].texts() if key in entries else ()

    def text(key: str) -> str:
        return entries[key].text() if key in entries else ""

    return Area(name, entries["name"].text(), ours, text("team"), text("number"), texts("places"), texts("postcodes"))


def _cases(folder: Path) -> tuple[CaseText, ...]:
    found: dict[str, CaseText] = {}
    for file in sorted((folder / "cases").glob("*.yml")):
        for name, node in read(file).keyed(["cases"])["cases"].entries().items():
            if name in found:
                node.fail("each case name once in a pack", f'the case "{name}" twice')
            found[name] = CaseText(name, node)
    return tuple(found.values())
