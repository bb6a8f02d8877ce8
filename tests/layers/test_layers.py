"""Imports point one way. The contracts stand in `.importlinter`; a bad import breaks them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("actions", "gateway", "policies", "records", "triage")


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    lint_imports = Path(sys.executable).parent / "lint-imports"
    return subprocess.run([lint_imports, "--no-cache"], cwd=folder, capture_output=True, text=True)


@pytest.fixture
def copy_of_the_house(tmp_path: Path) -> Path:
    for room in ROOMS:
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("*.yml", "__pycache__", "static"))
    shutil.copy(ROOT / ".importlinter", tmp_path)
    return tmp_path


def test_every_import_points_downwards():
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("room", "line"),
    [
        ("triage", "import records.tables"),
        ("triage", "import sqlalchemy"),
        ("policies/engine", "import triage.facts"),
        ("records", "import gateway"),
        ("actions", "import gateway"),
        ("gateway", "import actions"),
    ],
)
def test_a_bad_import_is_refused(copy_of_the_house: Path, room: str, line: str):
    (copy_of_the_house / room / "bad_import.py").write_text(line + "\n")
    result = lint(copy_of_the_house)
    assert result.returncode != 0
    assert "bad_import" in result.stdout, "refused for the import, not for something else"


def test_every_room_has_its_place_in_the_contracts():
    """Exhaustive: a new package at the top is either a room of the contracts or one of the known folders beside them."""
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert packages - set(ROOMS) <= {"bot", "benchmarks", "docs"}
    contracts = (ROOT / ".importlinter").read_text()
    assert all(f"    {room}" in contracts for room in ROOMS)


BOT_MAY_NOT_KNOW = {"actions", "gateway", "policies", "records", "triage"}


def test_the_bot_knows_nothing_of_ours():
    import ast

    for file in (ROOT / "bot").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
            used = {name.split(".")[0] for name in names} & BOT_MAY_NOT_KNOW
            assert not used, f"{file.relative_to(ROOT)} imports {used}"
