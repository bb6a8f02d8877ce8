"""Who signed a version of a pack, and whether it still is what was signed.

A signature is a record, kept beside the rules in `signed.yml`: a name, a day, and the fingerprint of everything that the version
decides with. It proves nothing about who typed the name; the history of the repository does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from policies.engine.nodes import read
from policies.engine.packs import Pack, PolicySet

SIGNED = "signed.yml"
_HEAD = "# Written by `frontdoor policy sign`. A signature holds as long as the fingerprint is that of the files.\n"


@dataclass(frozen=True, slots=True)
class Signature:
    """`of`: the version, PACK@VERSION. `fingerprint`: SHA-256 over its files, those of all it extends, and the vocabulary."""

    of: str
    by: str
    on: date
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Standing:
    """The signatures of a version, oldest first, and the fingerprint that it has today."""

    signatures: tuple[Signature, ...]
    fingerprint: str

    @property
    def last(self) -> Signature | None:
        return self.signatures[-1] if self.signatures else None

    @property
    def changed(self) -> bool:
        """Whether it was signed, and is no longer what was signed last."""
        return self.last is not None and self.last.fingerprint != self.fingerprint

    def in_words(self) -> str:
        if self.last is None:
            return "Not signed by anybody."
        if self.changed:
            return f"Changed since it was signed by {self.last.by} on {self.last.on}."
        return f"Signed as it stands by {self.last.by} on {self.last.on}."


def standing_of(pack: Pack) -> Standing:
    """Signatures of this version only: a folder that was copied to a new version brings none with it.

    Raises PackError where the record is malformed.
    """
    file = _folder(pack) / SIGNED
    if not file.exists():
        return Standing((), fingerprint(pack))
    items = read(file).keyed(["signatures"])["signatures"].items("a list of signatures")
    entries = [item.keyed(["of", "by", "on", "fingerprint"]) for item in items]
    signatures = (Signature(e["of"].text(), e["by"].text(), e["on"].day(), e["fingerprint"].text()) for e in entries)
    return Standing(tuple(one for one in signatures if one.of == pack.full_name), fingerprint(pack))


def fingerprint(pack: Pack) -> str:
    """Of the text of the files, whatever ends their lines."""
    digest = hashlib.sha256()
    packs_folder = _folder(pack).parents[1]
    for file in _files(pack):
        digest.update(f"{file.relative_to(packs_folder.parent).as_posix()}\n".encode())
        digest.update(file.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()


def _folder(pack: Pack) -> Path:
    return pack.text.file.parent


def _files(pack: Pack) -> Iterable[Path]:
    """The vocabulary, then each version that stands behind this one, in the order of their names."""
    yield _folder(pack).parents[2] / "facts.yml"
    for folder in sorted(text.file.parent for text in pack.related()):
        yield from (file for file in sorted(folder.rglob("*.yml")) if file.name != SIGNED)


def sign_pack(pack: Pack, signature: Signature) -> None:
    """Add the signature to the record."""
    signatures = (*standing_of(pack).signatures, signature)
    lines = [
        f"  - of: {s.of}\n    by: {_quoted(s.by)}\n    on: {s.on}\n    fingerprint: {s.fingerprint}\n"
        for s in signatures
    ]
    (_folder(pack) / SIGNED).write_text(_HEAD + "signatures:\n" + "".join(lines), encoding="utf-8")


def _quoted(text: str) -> str:
    escaped = " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def earlier(packs: PolicySet, pack: Pack) -> Pack | None:
    """The version of the same pack that this one follows."""
    starts = [
        other
        for other in packs.packs.values()
        if other.name == pack.name and other.text.in_force_from < pack.text.in_force_from
    ]
    return max(starts, key=lambda other: other.text.in_force_from, default=None)
