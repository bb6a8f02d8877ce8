"""School staff in Teams, through Microsoft's own Agents Playground and the whole real service.

`make teams-test` installs the Playground (npm, for development only) and runs this; the ordinary suite leaves it out,
because its licence is for evaluating and it listens on all interfaces while it runs.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, free_port, listening, wait_until
from tests.stack import Stack, make_stack

pytestmark = pytest.mark.playground

PACKAGE = ROOT / ".build" / "playground" / "node_modules" / "@microsoft" / "m365agentsplayground"
CHAT, USER = "chat-1", "user-id-0"


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    folder = tmp_path_factory.mktemp("stack")
    running = make_stack(ROOT, folder, ROOT / ".build" / "stack", FRONTDOOR_TEAMS_ANONYMOUS="true")
    try:
        running.start()
        yield running
    finally:
        running.stop_all()


@dataclass
class Playground:
    port: int
    folder: Path

    def post(self, path: str, body: Any = None) -> Any:
        data = json.dumps(body).encode() if body is not None else b""
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data, headers, method="POST")
        with urllib.request.urlopen(request, timeout=30) as response:
            content = response.read()
        return json.loads(content) if content else None

    def say(self, text: str) -> list[dict[str, Any]]:
        before = len(self.from_bot())
        message = {"text": text, "textFormat": "plain", "from": {"id": USER}}
        self.post(f"/_conversation/v1/conversations/{CHAT}/messages", message)
        return self.answers_after(before)

    def press(self, card: dict[str, Any], title: str) -> list[dict[str, Any]]:
        before = len(self.from_bot())
        (action,) = (a for a in card["card"]["actions"] if a["title"] == title)
        invoke = {
            "name": "adaptiveCard/action", "from": {"id": USER}, "conversation": {"id": CHAT}, "replyToId": card["id"],
            "value": {"action": {"type": "Action.Execute", "verb": action["verb"], "data": action["data"]}},
        }  # fmt: skip
        self.post("/_conversation/v1/invoke", invoke)
        return self.answers_after(before)

    def answers_after(self, count: int) -> list[dict[str, Any]]:
        wait_until(lambda: len(self.from_bot()) > count, seconds=20, what="an answer in Teams")
        return self.from_bot()[count:]

    def from_bot(self) -> list[dict[str, Any]]:
        """Everything the bot posted, as the Playground recorded it: text, and the card where there is one."""
        found = []
        for record in self.folder.glob("devTools/events_recording_*.log"):
            for block in record.read_text().split("\n---\n"):
                found += list(_posted(block))
        return found


def _posted(block: str) -> Iterator[dict[str, Any]]:
    if not block.strip():
        return
    event = json.loads(block)
    body = event.get("request", {}).get("body")
    if event["direction"].startswith("User Application") and isinstance(body, dict) and body.get("type") == "message":
        cards = [a["content"] for a in body.get("attachments") or ()]
        id_ = (event.get("response", {}).get("body") or {}).get("id")
        yield {"id": id_, "text": body.get("text", ""), "card": cards[0] if cards else None}


@pytest.fixture
def playground(stack: Stack, tmp_path: Path) -> Iterator[Playground]:
    if not PACKAGE.exists():
        pytest.fail("run `make teams-test`: it installs the Agents Playground first")
    port = free_port()
    command = [
        shutil.which("node"), str(PACKAGE / "cli.js"), "start", "-e", f"{stack.url}/api/messages", "-c", "msteams",
        "-p", str(port), "--disable-telemetry", "--er", "--conversation-id", CHAT,
    ]  # fmt: skip
    process = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL, env={**os.environ, "BROWSER": "none"})
    wait_until(lambda: listening(port), seconds=30, what="the Agents Playground")
    yield Playground(port, tmp_path)
    process.terminate()
    process.wait(timeout=10)


def words(answers: list[dict[str, Any]]) -> str:
    return json.dumps(answers, ensure_ascii=False)


def test_a_school_is_welcomed_heard_and_shown_the_way_in_teams(playground: Playground):
    playground.post(f"/_debug/conversation/{CHAT}/installation")
    assert "999" in words(playground.answers_after(0))
    answers = playground.say(
        "Disclosure this lunchtime. Boy 10 says dad hit him with a cable last night. I have seen the marks."
    )
    assert answers
    with_buttons = next(a for a in playground.from_bot() if a["card"] and a["card"]["actions"])
    assert all(action["type"] == "Action.Execute" for action in with_buttons["card"]["actions"])


def test_a_pressed_card_is_replaced_and_the_conversation_goes_on(playground: Playground):
    playground.post(f"/_debug/conversation/{CHAT}/installation")
    playground.answers_after(0)
    playground.say("Pupil in year 4, mum would like help with routines, nothing worrying, attendance is fine")
    card = next(a for a in reversed(playground.from_bot()) if a["card"] and a["card"]["actions"])
    title = card["card"]["actions"][-1]["title"]
    assert playground.press(card, title)
