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


NAMED_FILE = re.compile(r"`((?:actions|benchmarks|bot|data|docs|gateway|make|policies|records|tests|triage)/[\w./-]+)`")
NAMED_TEST = re.compile(r"`(test_\w+)`")
NAMED_VARIABLE = re.compile(r"FRONTDOOR_[A-Z_]+[A-Z]")
EXAMPLES = {"data/services/yourshire.yml"}  # of how one's own would be called


def test_every_file_and_test_that_a_document_names_exists():
    texts = {document: document.read_text() for document in DOCUMENTS}
    written = {
        name for file in (ROOT / "tests").rglob("test_*.py") for name in re.findall(r"def (test_\w+)", file.read_text())
    }
    gone = {
        f"{document.name}: {name}"
        for document, text in texts.items()
        for name in {*NAMED_FILE.findall(text), *NAMED_TEST.findall(text)}
        if name not in EXAMPLES and name not in written and not (ROOT / name).exists()
    }
    assert gone == set()


def test_every_variable_that_a_document_names_is_read_somewhere():
    named = {name for document in DOCUMENTS for name in NAMED_VARIABLE.findall(document.read_text())}
    settings = set(NAMED_VARIABLE.findall(generate.settings_page()))
    code = "".join(
        path.read_text(errors="ignore")
        for folder in ("bot", "gateway", "tests", "actions", "make")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix in {".py", ""}
    )
    unread = {name for name in named - settings if name.removeprefix("FRONTDOOR_") not in code}
    assert len(named) > 30
    assert unread == set()


def test_every_test_that_the_safety_case_names_exists():
    text = (ROOT / "docs" / "safety-case.md").read_text()
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", text)
    missing = [f"{file}::{test}" for file, test in named if not _holds(ROOT / file, test)]
    assert len(named) > 30
    assert missing == []


def _holds(file: Path, test: str) -> bool:
    return file.exists() and (not test or f"def {test}(" in file.read_text())
