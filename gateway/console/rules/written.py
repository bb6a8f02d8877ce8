"""A draft written out as a pack of its own among all others, in a folder that goes away again.

Nothing here decides about anybody: what decides is changed only by deploying the signed pack (docs/decisions/0007).
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from gateway.console.rules.values import Way, block, changed
from policies.engine import NoPackInForce, Pack, PackError, PolicySet
from policies.engine.cases import Case, as_case, read_cases
from policies.engine.signing import SIGNED
from triage.desk import PolicyDraft

CHANGED_HERE = "rules/changed_here.yml"
EXAMPLES = "cases/signed.yml"
UNSIGNED = "Draft; whoever signs it is on record in the console"

Edits = dict[str, dict[Way, str]]
"""New values by the place of what they change, by the file that holds them."""


class Malformed(Exception):
    """What was written out is no pack. The message names the file, the line and what is allowed there."""


@dataclass(frozen=True, slots=True)
class Written:
    """A draft as files: the version that it starts from, the new one, and the example cases that both are held to."""

    folder: Path  # of all packs
    draft: PolicyDraft
    base: Pack
    new: Pack
    cases: tuple[Case, ...]

    def files(self) -> list[Path]:
        """Those of the new version."""
        return sorted(path for path in _folder(self.folder, self.new.full_name).rglob("*") if path.is_file())

    def digest(self) -> str:
        """Of exactly these files."""
        found = hashlib.sha256()
        for file in self.files():
            found.update(file.relative_to(self.folder).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
        return found.hexdigest()[:16]


@contextmanager
def written_out(policies: Path, draft: PolicyDraft) -> Iterator[Written]:
    """Raises Malformed, also for what shows only while the pack is looked at."""
    with tempfile.TemporaryDirectory(prefix="frontdoor-draft-") as name:
        folder = Path(name)
        try:
            yield _written(policies, folder, draft)
        except (PackError, NoPackInForce) as error:
            raise Malformed(str(error).replace(f"{folder}/", "")) from None


def _written(policies: Path, folder: Path, draft: PolicyDraft) -> Written:
    shutil.copy(policies / "facts.yml", folder)
    for part in ("sources", "packs"):
        shutil.copytree(policies / part, folder / part)
    _write(folder, draft)
    packs = PolicySet.load(folder)
    base, new = packs.named(draft.base), packs.named(full_name(draft))
    cases = _cases(base, draft)
    _write_cases(new, cases)
    return Written(folder, draft, base, new, cases)


def full_name(draft: PolicyDraft) -> str:
    return f"{draft.base.split('@')[0]}@{draft.version}"


def _folder(folder: Path, pack: str) -> Path:
    name, version = pack.split("@")
    return folder / "packs" / name / version


# ---- example cases ----------------------------------------------------------------------------------


def _cases(base: Pack, draft: PolicyDraft) -> tuple[Case, ...]:
    """The examples of the version it starts from, moved to a day on which the draft stands."""
    return tuple(
        Case(case.name, case.node, max(case.on, draft.in_force_from), case.audience, case.facts, case.expected)
        for case in read_cases(base.text.cases, base.vocabulary)
        if case.expected is not None
    )


def _write_cases(new: Pack, cases: tuple[Case, ...]) -> None:
    """Its own examples, as it decides them: what differs from before is listed for whoever signs."""
    text = "".join(as_case(new, case.name, case.facts, case.on, case.audience) for case in cases)
    target = new.text.file.parent / EXAMPLES
    shutil.rmtree(target.parent, ignore_errors=True)
    target.parent.mkdir()
    target.write_text(f"cases:\n{text}" if cases else "cases: {}\n", "utf-8")


# ---- rules ------------------------------------------------------------------------------------------


def _write(folder: Path, draft: PolicyDraft) -> None:
    target = _folder(folder, full_name(draft))
    shutil.copytree(_folder(folder, draft.base), target, ignore=shutil.ignore_patterns(SIGNED))
    own, inherited = _by_file(draft)
    for file, new in own.items():
        path = target / file
        path.write_text(changed(path.read_text("utf-8"), new), "utf-8")
    if inherited:
        _write_inherited(folder, target, inherited)
    _write_head(target / "pack.yml", draft)


def _by_file(draft: PolicyDraft) -> tuple[Edits, Edits]:
    """Edits of the pack's own files, and of rules that it takes over from the pack it extends (`pack:file`)."""
    own: Edits = {}
    inherited: Edits = {}
    for place, value in draft.edits.items():
        pack, file, way = place.split(":", 2)
        of, key = (own, file) if pack == draft.base else (inherited, f"{pack}:{file}")
        of.setdefault(key, {})[tuple(way.split("/"))] = value
    return own, inherited


def _write_inherited(folder: Path, target: Path, edits: Mapping[str, Mapping[Way, str]]) -> None:
    """A rule of the pack it extends is copied, changed, and takes the place of the one it was."""
    blocks = []
    for key, new in edits.items():
        pack, file = key.split(":")
        text = changed((_folder(folder, pack) / file).read_text("utf-8"), new)
        blocks += [_in_place_of(block(text, "thresholds", name)) for name in dict.fromkeys(way[1] for way in new)]
    path = target / CHANGED_HERE
    before = path.read_text("utf-8") if path.exists() else "thresholds:\n"
    path.write_text(before + "".join(blocks), "utf-8")


def _in_place_of(entry: str) -> str:
    head, _, rest = entry.partition("\n")
    name = head.strip().removesuffix(":")
    also = re.search(r"^    replaces: (.+)\n", rest, re.M)
    names = [name, *(also.group(1).strip("[]").split(", ") if also else [])]
    rest = re.sub(r"^    replaces: .+\n", "", rest, flags=re.M)
    return f"  {name}_here:\n    replaces: [{', '.join(names)}]\n{rest}"


def _write_head(file: Path, draft: PolicyDraft) -> None:
    new = {
        "version": _quoted(draft.version),
        "in_force_from": draft.in_force_from.isoformat(),
        "approved_by": _quoted(UNSIGNED),
        "changes": _quoted(draft.why),
    }
    text = file.read_text("utf-8")
    lists = re.compile(r"^changes:\n(?:[ -].*\n)+", re.M)  # a list of changes becomes the one sentence
    file.write_text(changed(lists.sub("changes: x\n", text), {(key,): value for key, value in new.items()}), "utf-8")


def _quoted(text: str) -> str:
    """As YAML reads it back, whatever somebody typed: a JSON string is one of YAML's."""
    return json.dumps(text, ensure_ascii=False)
