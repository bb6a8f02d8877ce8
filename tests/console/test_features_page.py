"""`docs/features.md` names tests that exist, and says of every row what is there."""

from __future__ import annotations

import re
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]


def test_every_named_test_exists(docs):
    named = set(re.findall(r"`(test_\w+)`", (docs / "features.md").read_text("utf-8")))
    written = {
        name for file in TESTS.rglob("test_*.py") for name in re.findall(r"def (test_\w+)", file.read_text("utf-8"))
    }
    assert named - written == set()


def test_all_rows_are_there_and_each_says_yes_with_its_proof_or_what_is_missing(docs):
    rows = re.findall(
        r"^\| (\d+) \| (.+?) \| (yes|part|no) \| (.+?) \|$", (docs / "features.md").read_text("utf-8"), re.M
    )
    assert [int(number) for number, *_ in rows] == list(range(1, 72))
    for _number, _feature, here, proof in rows:
        assert "`" in proof if here == "yes" else len(proof) > 20
