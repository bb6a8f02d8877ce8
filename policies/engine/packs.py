"""The packs of all authorities, and one version of one of them: what the rest of the house calls."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path

from policies.engine.ask import Asking, questions
from policies.engine.compiled import Compiled
from policies.engine.decide import Decider
from policies.engine.editions import Edition, join
from policies.engine.entries import Area, Entry, Measure
from policies.engine.errors import NoPackInForce, PackError
from policies.engine.forest import Forest
from policies.engine.indication import Indication
from policies.engine.localities import Locality, OtherAuthority, Places
from policies.engine.pack_reader import PackText, read_pack, read_sources
from policies.engine.vocabulary import Known, Vocabulary, load_vocabulary

BASE = "england"


class Pack:
    """One version of one authority's pack. Which edition of it decides depends on the day."""

    def __init__(self, text: PackText, packs: PolicySet) -> None:
        self.text = text
        self.name, self.version, self.full_name = text.name, text.version, text.full_name
        self._packs = packs
        self.vocabulary = packs.vocabulary
        self._editions: dict[tuple[str, ...], Edition] = {}
        self._deciders: dict[int, Decider] = {}
        self._by_day: dict[date, Decider] = {}

    # ---- the contract -----------------------------------------------------------------------------

    def decide(self, known: Known, *, on: date) -> Indication:
        """The indication for what is known on a day. Raises NotAFact, NoPackInForce."""
        return self.decider(on).decide(self._packs.vocabulary.checked(known), on)

    def ask(self, known: Known, *, on: date, audience: str, never: Iterable[str] = ()) -> list[str]:
        """The questions that can still change the result, best first. Empty when nothing more matters or may be asked."""
        decider = self.decider(on)
        facts = self._packs.vocabulary.checked(known)
        return questions(decider.compiled, decider.open(facts), Asking(facts, audience, frozenset(never)))

    # ---- editions ---------------------------------------------------------------------------------

    def decider(self, on: date) -> Decider:
        """The edition that stands on the day, compiled once. Raises NoPackInForce."""
        if on not in self._by_day:
            self._by_day[on] = self._compiled(self.edition(on))
        return self._by_day[on]

    def _compiled(self, edition: Edition) -> Decider:
        key = id(edition)
        if key not in self._deciders:
            self._deciders[key] = Decider(Compiled(edition, self._packs.forest))
        return self._deciders[key]

    def edition(self, on: date) -> Edition:
        """The rules that stand on the day, joined with what they extend. Raises NoPackInForce, PackError."""
        if on < self.text.in_force_from:
            raise NoPackInForce(f"{self.full_name} is in force from {self.text.in_force_from}, not on {on}")
        lineage = self.lineage(on)
        entries = {name: entry for text in lineage for name, entry in text.entries.items() if entry.holds_on(on)}
        key = (*(text.full_name for text in lineage), *entries)
        if key not in self._editions:
            self._editions[key] = self._joined(lineage, entries)
        return self._editions[key]

    def _joined(self, lineage: tuple[PackText, ...], entries: Mapping[str, Entry]) -> Edition:
        clocks: dict[str, Measure] = {}
        labels: dict[str, str] = {}
        capacity: dict[str, Measure] = {}
        for text in lineage:
            clocks.update(text.clocks)
            labels.update(text.labels)
            capacity.update(text.capacity)
        every = frozenset(name for text in lineage for name in text.entries)
        return join(Edition(self.full_name, self._packs.vocabulary, entries, clocks, labels, capacity), every)

    def lineage(self, on: date) -> tuple[PackText, ...]:
        """The versions that stand together on the day: what is extended first, this one last."""
        found = [self.text]
        while (link := found[0].extends) is not None:
            base = self._packs.extended(found[0], link, on)
            if base in found:
                circle = " → ".join(text.full_name for text in reversed([base, *found]))
                raise PackError(
                    found[0].file,
                    found[0].extends_line,
                    f"packs that extend each other in a circle ({circle})",
                    "an end",
                )
            found.insert(0, base)
        _check_names_differ(found)
        return tuple(found)

    def related(self) -> tuple[PackText, ...]:
        """This version, and all versions that may stand behind it on any day."""
        return self._packs.related(self.text)

    def editions(self) -> tuple[tuple[date, Edition], ...]:
        """Every edition that this version has, with the first day on which it stands."""
        days = {self.text.in_force_from}
        for text in self.related():
            days.add(text.in_force_from)
            for entry in text.entries.values():
                days.update(day for day in (entry.since, entry.until) if day)
        found: list[tuple[date, Edition]] = []
        for day in sorted(day for day in days if day >= self.text.in_force_from):
            edition = self.edition(day)
            if all(edition is not other for _, other in found):
                found.append((day, edition))
        return tuple(found)


def _check_names_differ(lineage: list[PackText]) -> None:
    seen: dict[str, Entry] = {}
    for text in lineage:
        for name, entry in text.entries.items():
            if name in seen:
                raise PackError(
                    entry.file,
                    entry.line,
                    f"the name {name}, used by {seen[name].file}",
                    "a name of its own (replaces takes a rule's place)",
                )
            seen[name] = entry


class PolicySet:
    """All packs under one folder, with the vocabulary and the register of sources."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        sources: Mapping[str, Mapping[str, str]],
        texts: Iterable[PackText],
        forest: Forest | None = None,
    ) -> None:
        """`forest`: of packs over the same vocabulary, to keep what was worked out for them."""
        self.vocabulary = vocabulary
        self.sources = sources
        self.forest = forest or Forest()
        self.packs = {text.full_name: Pack(text, self) for text in texts}

    @staticmethod
    def load(folder: Path) -> PolicySet:
        """Read `facts.yml`, `sources/` and `packs/` of the folder. Raises PackError."""
        folder = Path(folder)
        vocabulary = load_vocabulary(folder / "facts.yml")
        sources = read_sources(folder / "sources")
        versions = sorted(path for path in (folder / "packs").glob("*/*") if path.is_dir())
        texts = [read_pack(version, vocabulary, sources) for version in versions]
        packs = PolicySet(vocabulary, sources, texts)
        packs._check()
        return packs

    def _check(self) -> None:
        """What can only be seen with all packs read: what each extends, and that every edition joins."""
        for pack in self.packs.values():
            link = pack.text.extends
            if link and not any(text.name == link[0] and link[1] in (None, text.version) for text in self.texts):
                known = ", ".join(sorted(text.full_name for text in self.texts))
                raise PackError(
                    pack.text.file, pack.text.extends_line, f'the unknown pack "{"@".join(filter(None, link))}"', known
                )
        self._check_starts()
        for pack in self.packs.values():
            pack.editions()

    def _check_starts(self) -> None:
        starts: dict[tuple[str, date], str] = {}
        for text in self.texts:
            key = (text.name, text.in_force_from)
            if key in starts:
                raise PackError(text.file, 1, f"the same start as {starts[key]}", "a day of its own for each version")
            starts[key] = text.full_name

    @cached_property
    def texts(self) -> tuple[PackText, ...]:
        return tuple(pack.text for pack in self.packs.values())

    # ---- choosing a pack --------------------------------------------------------------------------

    def named(self, full_name: str) -> Pack:
        """The version of that name ("warwickshire@2016.1"). Raises NoPackInForce."""
        try:
            return self.packs[full_name]
        except KeyError:
            raise NoPackInForce(f'no pack "{full_name}"; there are {", ".join(sorted(self.packs))}') from None

    def for_authority(self, authority: str | None, *, on: date) -> Pack:
        """The version of the authority's pack that is in force on the day; without an authority, the law of England.

        Raises NoPackInForce.
        """
        name = authority or BASE
        started = [pack for pack in self.packs.values() if pack.name == name and pack.text.in_force_from <= on]
        if not started:
            raise NoPackInForce(f"no pack of {name} is in force on {on}")
        return max(started, key=lambda pack: pack.text.in_force_from)

    def extended(self, text: PackText, link: tuple[str, str | None], on: date) -> PackText:
        """The version that another one extends on the day."""
        name, version = link
        try:
            return (self.named(f"{name}@{version}") if version else self.for_authority(name, on=on)).text
        except NoPackInForce as trouble:
            raise PackError(
                text.file,
                text.extends_line,
                f"extends {name}, of which no version is in force on {on}",
                "a pack in force from then",
            ) from trouble

    def related(self, text: PackText) -> tuple[PackText, ...]:
        """All versions that may stand behind this one, on any day, and itself."""
        names, todo = {text.full_name}, [text]
        while todo:
            link = todo.pop().extends
            for other in self.texts if link else ():
                assert link is not None
                if other.name == link[0] and link[1] in (None, other.version) and other.full_name not in names:
                    names.add(other.full_name)
                    todo.append(other)
        return tuple(other for other in self.texts if other.full_name in names)

    # ---- places -----------------------------------------------------------------------------------

    @cached_property
    def _places(self) -> Places:
        newest: dict[str, tuple[date, Collection[Area]]] = {}
        for text in self.texts:
            if text.areas and (text.name not in newest or newest[text.name][0] < text.in_force_from):
                newest[text.name] = (text.in_force_from, text.areas)
        return Places({name: areas for name, (_, areas) in newest.items()})

    def locate(self, words: str) -> Locality | OtherAuthority | None:
        """The authority and locality of a place or postcode; None where it is not known."""
        return self._places.locate(words)
