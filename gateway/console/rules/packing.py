"""A signed draft as the file that the council's IT deploys."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from gateway.console.rules.written import Malformed, Written, full_name, written_out
from policies.engine.signing import Signature as FileSignature
from policies.engine.signing import fingerprint, sign_pack
from triage.desk import PolicyDraft, Signature


class ChangedSince(Exception):
    """What stands beneath a draft was changed after it was signed: the files are no longer those that were read."""


def packed(policies: Path, draft: PolicyDraft, signature: Signature) -> bytes:
    """The version as a ZIP of its folder with its signature beside the rules, ready to be deployed. Raises ChangedSince."""
    try:
        with written_out(policies, draft) as written:
            if written.digest() != signature.version:
                raise ChangedSince(f"{full_name(draft)} is no longer what {signature.name} signed: draft it again")
            _sign(written, signature)
            return _zipped(written)
    except Malformed as fault:
        raise ChangedSince(f"{full_name(draft)} can no longer be written: {fault}") from None


def _sign(written: Written, signature: Signature) -> None:
    by = f"{signature.name}, {signature.capacity.replace('_', ' ')}"
    new = written.new
    sign_pack(new, FileSignature(new.full_name, by, signature.at.date(), fingerprint(new)))


def _zipped(written: Written) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in written.files():
            # no moment inside: the same draft is the same file, byte for byte
            inside = zipfile.ZipInfo(file.relative_to(written.folder).as_posix())
            archive.writestr(inside, file.read_bytes(), zipfile.ZIP_DEFLATED)
    return out.getvalue()
