"""Labelled vignettes beside the repository, with the facts that a careful reader notes, and what the bot reads in them."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
EVAL = Path(os.environ.get("FRONTDOOR_EVAL", ROOT.parent / "shared" / "eval"))
READINGS = ROOT / "tests" / "policies" / "packs" / "readings.yml"
BOT_PYTHON = ROOT / ".venv-bot" / "bin" / "python"
UNDERSTAND = (
    "import json, sys\nfrom bot.text.understand import understand\n"
    "for line in sys.stdin:\n    print(json.dumps(understand(json.loads(line))), flush=True)"
)


@dataclass(frozen=True, slots=True)
class Vignette:
    """A labelled message, with the facts that a careful reader would note."""

    id: str
    text: str
    accepted: tuple[str, ...]
    requester: str
    facts: Mapping[str, Any]
    ages: tuple[int, ...]

    @property
    def audience(self) -> str:
        return "professional" if self.requester in {"professional", "own_worker"} else "family"


def vignettes() -> list[Vignette]:
    readings: dict[str, list[Any]] = yaml.safe_load(READINGS.read_text("utf-8"))
    lines = [json.loads(line) for line in (EVAL / "vignettes.jsonl").read_text("utf-8").splitlines()]
    return [_vignette(line, readings[line["id"]]) for line in lines if line["id"] in readings]


def _vignette(line: Mapping[str, Any], reading: Sequence[Any]) -> Vignette:
    accepted, requester, facts = reading
    ages = tuple(-1 if age == "unborn" else int(age) for age in line["child_ages"])
    return Vignette(line["id"], line["text"], tuple(accepted), requester, facts, ages)


def understood(texts: Iterable[str]) -> list[dict[str, Any]]:
    """What the bot reads out of each text, in its own environment."""
    lines = "\n".join(json.dumps(text) for text in texts)
    command = [str(BOT_PYTHON), "-c", UNDERSTAND]
    done = subprocess.run(command, input=lines, stdout=subprocess.PIPE, text=True, cwd=ROOT, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]
