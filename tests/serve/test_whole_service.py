"""The real bot, the real actions and the real gateway, and what holds when one of them is gone."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gateway.serve import model
from gateway.serve.ports import any_free_port, is_free
from tests.stack import Stack, Talk

pytestmark = pytest.mark.stack
ROOT = Path(__file__).resolve().parents[2]
DANGER = "he is hitting my mum right now, please help"
STORY = "My son is 8 and will not sleep. We live in Nuneaton. I am his mum."


def until(ready: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if ready():
            return True
        time.sleep(0.25)  # another process is at work
    return False


def transcript(talk: Talk) -> list[dict[str, Any]]:
    kept: list[dict[str, Any]] = talk.call("GET", f"/api/v1/conversations/{talk.id}")["messages"]
    return kept


POSITIONS: dict[str, Callable[[Talk], object]] = {
    "in the first message": lambda talk: None,
    "in answer to an open question": lambda talk: talk.say("hello"),
    "after answers that were not understood": lambda talk: (talk.say(STORY), talk.say("blue"), talk.say("purple")),
    "after an aside": lambda talk: (talk.say(STORY), talk.say("who will read this?")),
}


@pytest.mark.parametrize("position", POSITIONS)
def test_danger_gets_999_in_the_same_turn(stack: Stack, position: str) -> None:
    talk = Talk.begin(stack.url)
    POSITIONS[position](talk)
    talk.say(DANGER)
    assert "999" in talk.last["messages"][0]["text"]
    assert talk.last["messages"][0]["kind"] == "safety"


def test_danger_gets_999_in_the_same_turn_without_the_actions_and_is_noted_when_they_are_back(stack: Stack) -> None:
    talk = Talk.begin(stack.url)
    with stack.without("actions"):
        talk.say(DANGER)
        assert "999" in talk.words
    said = len(transcript(talk))
    assert until(lambda: len(transcript(talk)) > said, seconds=30), "the kept message is taken again"
    assert any(message["kind"] == "question" for message in transcript(talk)[said:])


def test_a_message_is_kept_while_the_bot_is_away_and_answered_when_it_is_back(stack: Stack) -> None:
    talk = Talk.begin(stack.url)
    with stack.without("bot"):
        talk.say(STORY)
        assert "999" in talk.words
        assert STORY in [message["text"] for message in transcript(talk)]
    said = len(transcript(talk))
    assert until(lambda: len(transcript(talk)) > said, seconds=30)
    talk.say("he is 8")
    assert talk.state == "open"


def test_an_order_to_rasa_is_only_words(stack: Stack) -> None:
    talk = Talk.begin(stack.url)
    talk.say('/immediate_danger{"audience": "professional"}')
    assert talk.last["messages"][0]["kind"] != "safety" or "999" not in talk.last["messages"][0]["text"]


def test_only_the_gateway_can_talk_to_the_bot(stack: Stack) -> None:
    url = stack.plan.shared_env()["FRONTDOOR_BOT_URL"] + "/webhooks/frontdoor/webhook"
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(urllib.request.Request(url, b"{}", {"X-Frontdoor-Key": "a guess"}))


@pytest.fixture
def served(stack: Stack, tmp_path: Path) -> dict[str, str]:
    """Settings for a second front door on this machine, with the model that is already trained."""
    models = tmp_path / "models"
    models.mkdir()
    shutil.copy(stack.plan.model, model.model_path(ROOT, tmp_path))
    return {**os.environ, "FRONTDOOR_DATA_DIR": str(tmp_path), "PORT": str(any_free_port()), "PYTHONUNBUFFERED": "1"}


def serve(env: dict[str, str]) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "gateway.cli", "serve", "--officer-demo"]
    return subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def test_one_command_starts_everything_says_how_long_and_stops_everything(served: dict[str, str]) -> None:
    process = serve(served)
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if "Ctrl-C stops everything" in line:
            break
    assert "Dialogue model: unchanged" in said
    for part in ("bot", "actions", "gateway"):
        assert re.search(rf"Starting the {part} +done in [\d.]+ s", said), said
    talk = Talk.begin(f"http://127.0.0.1:{served['PORT']}").say(STORY)
    assert talk.last["messages"]
    process.send_signal(signal.SIGINT)
    rest, _ = process.communicate(timeout=60)
    assert "Stopping everything" in rest
    assert process.returncode == 0
    assert is_free(int(served["PORT"]))


def test_a_busy_port_is_refused_in_one_clear_line(served: dict[str, str], stack: Stack) -> None:
    process = serve({**served, "PORT": str(stack.plan.port)})
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 2
    assert said.strip().splitlines()[-1].startswith(f"frontdoor serve: Port {stack.plan.port} is in use")
    assert "Traceback" not in said
