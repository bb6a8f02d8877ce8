"""The whole understanding of one message, by its contract, for any input."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.text.concerns import CONCERNS
from bot.text.language import LANGUAGES
from bot.text.speaker import ROLES
from bot.text.understand import main, understand

KEYS = {
    "danger", "danger_evidence", "danger_categories", "uncertain", "intent", "language", "speaker_role", "speaker_evidence", "child_ages",
    "age_evidence", "places", "place_evidence", "concerns", "concern_evidence", "already_has_worker", "consent", "times", "private", "facts",
}  # fmt: skip


def test_a_story_is_understood_in_one_pass() -> None:
    text = "Hi im mum to Jaden hes 7 and we live in nuneaton, he wont go to bed till 11 and is shattered at school"
    found = understand(text)
    assert set(found) >= KEYS
    assert (found["speaker_role"], found["child_ages"], found["places"]) == ("parent", [7], ["Nuneaton"])
    assert "routines_sleep" in found["concerns"]
    assert {"name": "youngest_age", "value": 7, "start": text.index("7"), "end": text.index("7") + 1} in found["facts"]


@given(st.text(max_size=400))
@settings(max_examples=60, deadline=None)
def test_any_text_gives_an_answer_of_the_contract_with_evidence_inside_the_text(text: str) -> None:
    found = understand(text)
    assert found["speaker_role"] in ROLES
    assert found["language"] in LANGUAGES
    assert set(found["concerns"]) <= set(CONCERNS)
    assert found["danger"] in ("immediate_danger", "safeguarding_concern", "none")
    for key in ("age_evidence", "place_evidence", "concern_evidence", "times", "private"):
        assert all(0 <= start <= end <= len(text) for start, end, _ in found[key])
    json.dumps(found)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "😀😀",
        "a" * 3_000_000,
        "word " * 40_000,
        "\ud83d",
        "\u202eabc",
        "<script>alert(1)</script>",
        "1 " * 50_000,
        ", " * 50_000,
        "no " * 50_000,
    ],
)
def test_bad_input_is_answered_and_not_slowly(text: str) -> None:
    began = time.process_time()
    understand(text)
    assert time.process_time() - began < 20


def test_the_command_reports_a_bad_line_and_goes_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(
        '{"id": 1, "text": "hello"}\nnot json\n\n{"id": 2}\n{"id": "c", "text": "bye"}\n', encoding="utf-8"
    )
    assert main([str(source), str(target)]) == 1
    errors = capsys.readouterr().err
    assert "line 2:" in errors
    assert "line 4:" in errors
    assert [json.loads(line)["id"] for line in target.read_text(encoding="utf-8").splitlines()] == [1, "c"]


def test_the_command_wants_two_files_that_exist(tmp_path: Path) -> None:
    assert main(["only"]) == 2
    assert main([str(tmp_path / "missing"), str(tmp_path / "out")]) == 2
