"""The small invented packs, and the real ones, ready for the tests of the engine."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from policies.engine import Pack, PolicySet

HERE = Path(__file__).parent
SMALL = HERE / "packs_small"
REAL = HERE.parents[1] / "policies"
DAY = date(2024, 6, 3)


@pytest.fixture(scope="session")
def small() -> PolicySet:
    return PolicySet.load(SMALL)


@pytest.fixture(scope="session")
def county(small: PolicySet) -> Pack:
    return small.for_authority("county", on=DAY)


@pytest.fixture(scope="session")
def real() -> PolicySet:
    return PolicySet.load(REAL)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the small packs that a test may spoil."""
    return Path(shutil.copytree(SMALL, tmp_path / "policies"))


@pytest.fixture
def spoil(folder: Path) -> Callable[[str, str, str], Path]:
    """Replace a text in one file of the copy; says when there was nothing to replace."""

    def replace(file: str, old: str, new: str) -> Path:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {file}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return folder

    return replace
