"""A draft written out as a pack of its own, put through the gates, and compared with what stands.

Nothing here decides about anybody: a draft lives in a folder of its own and is deleted after the look. What decides is changed
only by deploying the signed pack (docs/decisions/0007).
"""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from gateway.console.rules.values import block, changed
from policies.engine import NoPackInForce, NotAFact, Pack, PackError, PolicySet
from policies.engine.cases import Case, as_case, read_cases
from policies.engine.compare import Change, compare
from policies.engine.prove import prove_pack
from policies.engine.signing import SIGNED, fingerprint, sign_pack
from policies.engine.signing import Signature as FileSignature
from policies.engine.vocabulary import Known
from triage.desk import PolicyDraft, Signature

CHANGED_HERE = "rules/changed_here.yml"
EXAMPLES = "cases/signed.yml"


@dataclass(frozen=True, slots=True)
class Moved:
    """A stored request or an example case that would come out differently."""

    name: str
    before: tuple[str, str]  # level, route
    after: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Findings:
    """All that a draft would do. It may be signed where `malformed` is empty and no promise is broken."""

    malformed: str = ""
    broken: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    cases: int = 0
    moved_cases: tuple[Moved, ...] = ()
    requests: int = 0
    moved_requests: tuple[Moved, ...] = ()
    version: str = ""  # of exactly the files that were looked at

    @property
    def may_be_signed(self) -> bool:
        return not self.malformed and not self.broken


@dataclass(frozen=True, slots=True)
class Asked:
    """A stored request as far as rules go: what was known."""

    reference: str
    facts: Known = field(default_factory=dict)


def look(policies: Path, draft: PolicyDraft, requests: Sequence[Asked]) -> Findings:
    """Write the draft out, check it, prove it, and find everything that it changes."""
    with written_out(policies, draft) as folder:
        try:
            packs = PolicySet.load(folder)
            base, new = packs.named(draft.base), packs.named(_full_name(draft))
            cases = _cases(base, draft.in_force_from)
            _write_cases(folder, new, cases)
            return _findings(packs, draft, cases, requests, folder)
        except (PackError, NoPackInForce) as error:
            return Findings(malformed=_without_folder(str(error), folder))


class ChangedSince(Exception):
    """What stands beneath a draft was changed after it was signed: the files are no longer those that were read."""


def packed(policies: Path, draft: PolicyDraft, signature: Signature) -> bytes:
    """The version as a ZIP of its folder with its signature beside the rules, ready to be deployed. Raises ChangedSince."""
    with written_out(policies, draft) as folder:
        packs = PolicySet.load(folder)
        new = packs.named(_full_name(draft))
        _write_cases(folder, new, _cases(packs.named(draft.base), draft.in_force_from))
        if _digest(folder, draft) != signature.version:
            raise ChangedSince(f"{_full_name(draft)} is no longer what {signature.name} signed")
        by = f"{signature.name}, {signature.capacity.replace('_', ' ')}"
        sign_pack(new, FileSignature(_full_name(draft), by, signature.at.date(), fingerprint(new)))
        return _zipped(folder, draft)


def _zipped(folder: Path, draft: PolicyDraft) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in _files(folder, draft):
            # no moment inside: the same draft is the same file, byte for byte
            inside = zipfile.ZipInfo(file.relative_to(folder).as_posix())
            archive.writestr(inside, file.read_bytes(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _findings(
    packs: PolicySet, draft: PolicyDraft, cases: Sequence[Case], requests: Sequence[Asked], folder: Path
) -> Findings:
    base, new, day = packs.named(draft.base), packs.named(_full_name(draft)), draft.in_force_from
    moved_cases = (_moved(base, new, case.name, case.facts, case.on) for case in cases)
    moved = (_moved(base, new, request.reference, request.facts, day) for request in requests)
    return Findings(
        broken=tuple(f"{failure.promise}: {failure.what}" for failure in prove_pack(new)),
        changes=tuple(compare(base.decider(day), new.decider(day))),
        cases=len(cases),
        moved_cases=tuple(one for one in moved_cases if one),
        requests=len(requests),
        moved_requests=tuple(one for one in moved if one),
        version=_digest(folder, draft),
    )


def _moved(base: Pack, new: Pack, name: str, facts: Known, on: date) -> Moved | None:
    try:
        before, after = (_level_and_route(pack, facts, on) for pack in (base, new))
    except NotAFact:
        return None  # noted under an older vocabulary: no version of today can say anything about it
    return Moved(name, before, after) if before != after else None


def _level_and_route(pack: Pack, facts: Known, on: date) -> tuple[str, str]:
    said = pack.decide(facts, on=on)
    return said.level, said.route or said.standing_route or "undecided"


# ---- example cases ----------------------------------------------------------------------------------


def _cases(base: Pack, first_day: date) -> list[Case]:
    """The examples of the version it starts from, moved to a day on which the draft stands."""
    found = read_cases(base.text.cases, base.vocabulary)
    return [
        Case(case.name, case.node, max(case.on, first_day), case.audience, case.facts, case.expected)
        for case in found
        if case.expected is not None
    ]


def _write_cases(folder: Path, new: Pack, cases: Sequence[Case]) -> None:
    """Its own examples, as it decides them: what differs from before is listed for whoever signs."""
    text = "".join(as_case(new, case.name, case.facts, case.on, case.audience) for case in cases)
    target = new.text.file.parent / EXAMPLES
    shutil.rmtree(target.parent, ignore_errors=True)
    target.parent.mkdir()
    target.write_text(f"cases:\n{text}" if cases else "cases: {}\n", "utf-8")


# ---- writing out ------------------------------------------------------------------------------------


@contextmanager
def written_out(policies: Path, draft: PolicyDraft) -> Iterator[Path]:
    """All packs and the draft beside them, in a folder that goes away again."""
    with tempfile.TemporaryDirectory(prefix="frontdoor-draft-") as name:
        folder = Path(name)
        shutil.copy(policies / "facts.yml", folder)
        for part in ("sources", "packs"):
            shutil.copytree(policies / part, folder / part)
        _write(folder, draft)
        yield folder


def _write(folder: Path, draft: PolicyDraft) -> None:
    base = _folder(folder, draft.base)
    target = _folder(folder, _full_name(draft))
    shutil.copytree(base, target, ignore=shutil.ignore_patterns(SIGNED))
    own, inherited = _by_file(draft)
    for file, new in own.items():
        path = target / file
        path.write_text(changed(path.read_text("utf-8"), new), "utf-8")
    if inherited:
        _write_inherited(folder, target, inherited)
    _write_head(target / "pack.yml", draft)


def _by_file(draft: PolicyDraft) -> tuple[dict[str, dict[tuple[str, ...], str]], dict[str, dict[tuple[str, ...], str]]]:
    """Edits of the pack's own files, and of rules that it takes over from the pack it extends."""
    own: dict[str, dict[tuple[str, ...], str]] = {}
    inherited: dict[str, dict[tuple[str, ...], str]] = {}
    for place, value in draft.edits.items():
        pack, file, way = place.split(":", 2)
        of, key = (own, file) if pack == draft.base else (inherited, f"{pack}:{file}")
        of.setdefault(key, {})[tuple(way.split("/"))] = value
    return own, inherited


def _write_inherited(folder: Path, target: Path, edits: Mapping[str, Mapping[tuple[str, ...], str]]) -> None:
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
    why = draft.why.replace("\n", " ").replace('"', "'")
    new = {"version": f'"{draft.version}"', "in_force_from": draft.in_force_from.isoformat(),
           "approved_by": '"Draft; whoever signs it is on record in the console"', "changes": f'"{why}"'}  # fmt: skip
    text = file.read_text("utf-8")
    lists = re.compile(r"^changes:\n(?:[ -].*\n)+", re.M)  # a list of changes becomes the one sentence
    file.write_text(changed(lists.sub("changes: x\n", text), {(key,): value for key, value in new.items()}), "utf-8")


def _folder(folder: Path, full_name: str) -> Path:
    name, version = full_name.split("@")
    return folder / "packs" / name / version


def _full_name(draft: PolicyDraft) -> str:
    return f"{draft.base.split('@')[0]}@{draft.version}"


def _files(folder: Path, draft: PolicyDraft) -> list[Path]:
    return sorted(path for path in _folder(folder, _full_name(draft)).rglob("*") if path.is_file())


def _digest(folder: Path, draft: PolicyDraft) -> str:
    found = hashlib.sha256()
    for file in _files(folder, draft):
        found.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return found.hexdigest()[:16]


def _without_folder(text: str, folder: Path) -> str:
    return text.replace(f"{folder}/", "")
