"""The bot of `rasa init`, trained once under .build: what any change to Rasa is compared with."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from gateway.serve.parts import Part
from gateway.serve.ports import any_free_port

QUIET = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "SQLALCHEMY_SILENCE_UBER_WARNING": "1"}
SAID = ("hello", "I am sad", "no", "hi there", "so perfect", "are you a bot?", "very sad", "yes", "good evening", "extremely good", "am I talking to a human?", "bye")  # fmt: skip
"""A conversation that its training data knows: every turn is understood and answered."""


def stock_bot(python: Path, folder: Path) -> Part:
    """Ready to start: no actions, memory stores, DIET, TED and UnexpecTED, as `rasa init` leaves it."""
    if not list((folder / "models").glob("*.tar.gz")):
        folder.mkdir(parents=True, exist_ok=True)
        command = [str(python), "-m", "rasa", "init", "--no-prompt", "--init-dir", str(folder)]
        subprocess.run(command, check=True, env={**os.environ, **QUIET}, capture_output=True)
    port = any_free_port()
    run = (str(python), "-m", "rasa", "run", "--port", str(port), "--interface", "127.0.0.1")
    return Part("stock", run, f"http://127.0.0.1:{port}/webhooks/rest/", QUIET, folder / "run.log")
