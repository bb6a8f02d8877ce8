"""The conversation in a terminal: a number picks, words stay words, a pipe works like a person."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

import pytest

from gateway.terminal.lines import body_of, shown, standing
from tests.gateway.fake_bot import FakeBot

ROOT = Path(__file__).resolve().parents[2]

QUESTION: dict[str, Any] = {
    "messages": [{"text": "Is it so?", "choices": [{"id": "yes", "label": "Yes"}, {"id": "no", "label": "No, never"}]}]
}
TICKS: dict[str, Any] = {
    "messages": [
        {
            "text": "Which fit?",
            "choices": [{"id": "not_known", "label": "I don’t know"}],
            "form": {
                "fields": [
                    {"name": "worries", "kind": "many", "label": "Which fit?", "choices": [
                        {"id": "neglect", "label": "Neglect"}, {"id": "missing", "label": "Missing"}]}
                ]
            },
        }
    ]
}  # fmt: skip


@pytest.mark.parametrize(
    ("line", "turn", "body"),
    [
        ("1", QUESTION, {"choice": "yes"}),
        ("no, NEVER", QUESTION, {"choice": "no"}),
        ("7", QUESTION, {"text": "7"}),
        ("no because she hits me", QUESTION, {"text": "no because she hits me"}),
        ("/restart", QUESTION, {"text": "/restart"}),
        ('{"choice": "no"}', QUESTION, {"choice": "no"}),
        ("{not json", QUESTION, {"text": "{not json"}),
        ("1, 2", TICKS, {"answers": {"worries": ["neglect", "missing"]}}),
        ("3", TICKS, {"choice": "not_known"}),
        ("1 3", TICKS, {"text": "1 3"}),  # a worry and “I don’t know” at once: the conversation asks again
    ],
)
def test_a_line_is_read_as_the_person_means_it(line: str, turn: Any, body: Any) -> None:
    assert body_of(line, turn) == body


def test_every_pick_has_a_number() -> None:
    assert list(shown(TICKS))[-4:-1] == ["  1. Neglect", "  2. Missing", "  3. I don’t know"]


def test_what_was_settled_is_said_in_one_line() -> None:
    assert standing({"request": {"reference": "AB-1", "route": "information"}}) == "reference: AB-1; route: information"
    assert standing({"request": {}}) == ""


async def run(url: str, lines: str, *options: str) -> tuple[int, str, str]:
    command = [sys.executable, "-c", "from gateway.cli import main; main()", "chat", "--url", url, *options]
    process = await asyncio.create_subprocess_exec(
        *command,
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate(lines.encode())
    return process.returncode or 0, out.decode(), err.decode()


async def test_a_whole_conversation_comes_through_a_pipe(client: Any, bot: FakeBot) -> None:
    lines = "My son is 7\nA group near me\n\nI am Mo\n"
    code, out, err = await run(str(client.make_url("")), lines)
    assert (code, err) == (0, "")
    assert "What would help?" in out
    assert bot.texts == ["My son is 7", "A group near me", "I am Mo"]


async def test_a_refused_line_is_said_and_the_rest_goes_on(client: Any, bot: FakeBot) -> None:
    code, _, err = await run(str(client.make_url("")), '{"choice": "nonsense"}\nhello\n', "--json")
    assert code == 1
    assert "Not an answer to this question" in err
    assert bot.texts == ["hello"]


async def test_nothing_to_talk_to_is_one_clear_line() -> None:
    code, _, err = await run("http://127.0.0.1:9", "hello\n")
    assert code == 1
    assert "Nothing answers at http://127.0.0.1:9" in err
