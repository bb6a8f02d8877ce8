"""The dialogue model, trained only when its inputs changed: kept in the data folder under the hash of its inputs."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Iterable
from pathlib import Path

INPUTS = (
    "bot/config.yml",
    "bot/domain",
    "bot/components",
    "data/nlu",
    "data/rules",
    "data/stories",
    "bot/requirements.lock",
)
SUFFIXES = {".yml", ".yaml", ".py", ".lock"}
KEPT = 3
"""Models kept beside the one in use, so that going back to earlier words does not mean training again."""


class TrainingFailed(Exception):
    """Rasa could not train. Holds the end of what it said."""


def input_files(root: Path) -> list[Path]:
    """Every file that the model is made of, in a fixed order."""
    found = (path for name in INPUTS for path in _files(root / name))
    return sorted(path for path in found if path.suffix in SUFFIXES)


def _files(place: Path) -> Iterable[Path]:
    return place.rglob("*") if place.is_dir() else [place] if place.exists() else []


def content_hash(root: Path) -> str:
    """Changes when a name or a byte of an input changes, and only then."""
    digest = hashlib.sha256()
    for path in input_files(root):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:16]


def model_path(root: Path, data_dir: Path) -> Path:
    return data_dir / "models" / f"dialogue-{content_hash(root)}.tar.gz"


def train(python: Path, root: Path, model: Path) -> None:
    """Train into `model`, then drop the oldest models."""
    command = [str(python), "-m", "bot.launch", "train", "--out", str(model)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if done.returncode or not model.exists():
        raise TrainingFailed((done.stdout + done.stderr)[-2000:])
    for old in _oldest_first(model.parent)[: -KEPT - 1]:
        old.unlink()


def _oldest_first(folder: Path) -> list[Path]:
    return sorted(folder.glob("dialogue-*.tar.gz"), key=lambda path: path.stat().st_mtime)
