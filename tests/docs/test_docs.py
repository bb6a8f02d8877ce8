"""What the documents say is what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs import generate

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")


def test_every_printed_page_is_fresh():
    assert generate.stale() == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(document: Path):
    broken = [link for link in LINK.findall(document.read_text()) if not (document.parent / link).exists()]
    assert broken == []


def test_the_readme_is_short():
    assert len((ROOT / "README.md").read_text().splitlines()) <= 150


def tracked_text() -> list[Path]:
    import subprocess

    names = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    return [ROOT / name for name in names if name and (ROOT / name).suffix not in {".png", ".pdf", ".ico"}]


MACHINE = re.compile(r"(?<![A-Za-z.~])/(root|work|farm|home/[a-z]+)/")
INDEX = re.compile(
    r"(files\.pythonhosted\.org|pypi\.org/simple|registry\.npmjs\.org|deb\.debian\.org|--extra-index-url|--find-links)"
)


@pytest.mark.parametrize("pattern", [MACHINE, INDEX], ids=["a machine's path", "a package index's address"])
def test_nothing_names(pattern: re.Pattern[str]):
    own = Path(__file__)
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in tracked_text()
        if path.exists() and path != own and (match := pattern.search(path.read_text(errors="ignore")))
    ]
    assert found == []


def test_every_test_that_the_safety_case_names_exists():
    text = (ROOT / "docs" / "safety-case.md").read_text()
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", text)
    missing = [f"{file}::{test}" for file, test in named if not _holds(ROOT / file, test)]
    assert len(named) > 30
    assert missing == []


def _holds(file: Path, test: str) -> bool:
    return file.exists() and (not test or f"def {test}(" in file.read_text())
