"""School staff in Teams, through Microsoft's own Agents Playground and the whole real service.

`make teams-test` installs the Playground (npm, for development only) and runs this; the ordinary suite leaves it out,
because its licence is for evaluating and it listens on all interfaces while it runs.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import time
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
REFERENCE = re.compile(r"\b[A-Z2-9]{3,4}-[A-Z2-9]{3,4}\b")


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

    def press(self, card: dict[str, Any], title: str, **filled: str) -> list[dict[str, Any]]:
        before = len(self.from_bot())
        action = next(a for a in card["card"]["actions"] if a["title"] == title)
        data = {**action["data"], **filled}
        invoke = {
            "name": "adaptiveCard/action", "from": {"id": USER}, "conversation": {"id": CHAT}, "replyToId": card["id"],
            "value": {"action": {"type": "Action.Execute", "verb": action["verb"], "data": data}},
        }  # fmt: skip
        self.post("/_conversation/v1/invoke", invoke)
        return self.answers_after(before)

    def question(self, seen: int) -> dict[str, Any] | None:
        """The card that came after so many messages; None where the turn ended with words alone."""
        wait_until(lambda: self._is_quiet(seen), seconds=20, what="the rest of the turn in Teams")
        return next((a for a in reversed(self.from_bot()[seen:]) if a["card"] and a["card"]["actions"]), None)

    def _is_quiet(self, seen: int) -> bool:
        """A turn comes in several messages; where no card is among them, its words have all come after a second."""
        new = self.from_bot()[seen:]
        if any(a["card"] and a["card"]["actions"] for a in new):
            return True
        newest = max((f.stat().st_mtime for f in self._records()), default=time.time())
        return bool(new) and time.time() - newest > 1

    def answers_after(self, count: int) -> list[dict[str, Any]]:
        wait_until(lambda: len(self.from_bot()) > count, seconds=20, what="an answer in Teams")
        return self.from_bot()[count:]

    def from_bot(self) -> list[dict[str, Any]]:
        """Everything the bot posted, as the Playground recorded it: text, and the card where there is one."""
        found = []
        for record in self._records():
            for block in record.read_text().split("\n---\n"):
                found += list(_posted(block))
        return found

    def _records(self) -> list[Path]:
        return sorted(self.folder.glob("devTools/events_recording_*.log"))


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
    log = tmp_path / "playground.log"
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=tmp_path, stdout=out, stderr=out, env={**os.environ, "BROWSER": "none"})
    wait_until(lambda: listening(port) and answers(port), seconds=60, what="the Agents Playground")
    yield Playground(port, tmp_path)
    print(log.read_text()[-3000:])
    process.terminate()
    process.wait(timeout=10)


def answers(port: int) -> bool:
    """It listens before it can answer: whoever speaks to it in between is cut off."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as response:
            return bool(response.status == 200)
    except OSError:
        return False


def words(answers: list[dict[str, Any]]) -> str:
    return json.dumps(answers, ensure_ascii=False)


DISCLOSURE = "Disclosure this lunchtime. Boy 10 says dad hit him with a cable last night. I have seen the marks."
EARLY_HELP = "Pupil in year 4 in Nuneaton, mum would like help with routines, nothing worrying, attendance is fine"
LONGEST = 40
PRESSED = ("send", "consent:given", "share:school", "yes", "ongoing_help", "daily_life", "several", "nothing_yet", "school",
           "no_worries_like_these", "none", "contact:call", "skip", "not_known", "not_said")  # fmt: skip
FILLED = {"phone": "01632 960111", "contact_name": "A. Teacher", "names": "Jay"}


def installed(playground: Playground) -> Playground:
    playground.post(f"/_debug/conversation/{CHAT}/installation")
    assert "999" in words(playground.answers_after(0))
    return playground


def test_a_disclosure_is_heard_and_asked_about_on_cards_in_teams(playground: Playground):
    installed(playground)
    seen = len(playground.from_bot())
    assert playground.say(DISCLOSURE)
    card = playground.question(seen)
    assert card
    assert all(action["type"] == "Action.Execute" for action in card["card"]["actions"])


def test_a_pressed_card_brings_the_next_question_and_pressed_again_nothing_new(playground: Playground):
    installed(playground)
    seen = len(playground.from_bot())
    playground.say(EARLY_HELP)
    card = playground.question(seen)
    assert card
    title = next(a["title"] for a in card["card"]["actions"] if a["title"] != "Continue")
    first = [a["text"] for a in playground.press(card, title)]
    assert [a["text"] for a in playground.press(card, title)] == first


def test_a_school_goes_all_the_way_to_a_reference_in_teams(playground: Playground):
    installed(playground)
    seen = len(playground.from_bot())
    playground.say(EARLY_HELP)
    turns = 1
    while turns < LONGEST and not (reference := REFERENCE.search(words(playground.from_bot()))):
        card, seen = playground.question(seen), len(playground.from_bot())
        answer(playground, card)
        turns += 1
    assert reference, words(playground.from_bot()[-3:])
    print(f"Agents Playground: reference after {turns} turns, {len(playground.from_bot())} activities")


def answer(playground: Playground, card: dict[str, Any] | None) -> None:
    """What a member of staff would do with what is on the screen: press, fill in, or write."""
    if card is None:
        playground.say("Oak Primary, Nuneaton")
        return
    body, actions = card["card"]["body"], card["card"]["actions"]
    offered = {a["data"]["choice"]: a["title"] for a in actions if "choice" in a["data"]}
    filled = {part["id"]: value for part in body if "id" in part for value in [fill(part)] if value}
    chosen = next((offered[choice] for choice in PRESSED if choice in offered), next(iter(offered.values()), ""))
    if filled or not chosen:
        playground.press(card, "Continue", **filled)
    else:
        playground.press(card, chosen)


def fill(part: dict[str, Any]) -> str:
    if part["type"] != "Input.ChoiceSet":
        return FILLED.get(part["id"], "")
    ids = [choice["value"] for choice in part["choices"]]
    return next((choice for choice in PRESSED if choice in ids), ids[0])
