"""How many lines the learned parts were trained on, counted in the files: the model card prints it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import yaml

BEGIN, END = "<!-- counted -->", "<!-- end -->"


def renewed(page: str, data: Path) -> str:
    """The page with the counts between its markers as the files have them."""
    before, rest = page.split(BEGIN, 1)
    _, after = rest.split(END, 1)
    return before + BEGIN + counted(data) + END + after


def counted(data: Path) -> str:
    danger, (lines, intents), (messages, clauses) = _danger(data), _intents(data), _labelled(data)
    return (
        f"`data/safety/` ({danger['immediate_danger']:,} messages of danger now, {danger['safeguarding_concern']:,} of concern, "
        f"{danger['none']:,} look-alikes), `data/nlu/*.yml` ({lines:,} lines in {intents} intents) and "
        f"`data/nlu/labelled/` ({messages:,} written messages and {clauses:,} clauses, each with its people named in three ways)"
    )


def _danger(data: Path) -> Counter[str]:
    found: Counter[str] = Counter()
    for file in (data / "safety").glob("*.yml"):
        kind = _read(file)
        found[kind["label"]] += sum(len(of_speaker) for of_speaker in kind["messages"].values())
    return found


def _intents(data: Path) -> tuple[int, int]:
    entries = [entry for file in (data / "nlu").glob("*.yml") for entry in _read(file)["nlu"]]
    lines = [line for entry in entries for line in entry["examples"].splitlines() if line.lstrip().startswith("- ")]
    return len(lines), len({entry["intent"] for entry in entries})


def _labelled(data: Path) -> tuple[int, int]:
    folder = data / "nlu" / "labelled"
    clauses = _read(folder / "clauses.yaml")
    return sum(len(_read(file)) for file in folder.glob("*.yml")), sum(map(len, clauses.values()))


def _read(file: Path):
    return yaml.load(file.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
